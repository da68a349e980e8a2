"""Small pieces that several pages are made of."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gui.marks import HEIGHT as MARK
from gui.marks import paint_shape
from gui.style import GRID, colours_of
from model.findings import Finding
from model.forms import Severity


def heading_label(text: str, parent: QWidget) -> QLabel:
    """Return the heading of a page or of a part of one."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.15)
    font.setBold(True)
    label.setFont(font)
    return label


def body_label(text: str, parent: QWidget) -> QLabel:
    """Return running text that breaks its lines."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def muted_label(text: str, parent: QWidget) -> QLabel:
    """Return text of second rank."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def tint(widget: QWidget, colour: str) -> None:
    """Show a widget's words in a colour."""
    palette = QPalette()
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor(colour))
    widget.setPalette(palette)


class Paper(QFrame):
    """A sheet of paper on a page, with a hairline round it at any scaling."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper and hairline."""
        del event
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.paper))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))  # whole, also at 150 %


class FindingNote(QLabel):
    """Says on a page what the chosen finding says of it; hidden while there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._severity = Severity.HINT
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setContentsMargins(GRID + MARK, GRID // 2, GRID, GRID // 2)
        self.setVisible(False)

    def show_finding(self, finding: Finding | None) -> None:
        """Show a finding's sentence, or nothing."""
        self.setVisible(finding is not None)
        if finding is not None:
            self._severity = finding.severity
            self.setText(f"{finding.severity.label}：{finding.message}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sentence with the mark of its severity before it."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(GRID // 2, (self.height() - MARK) / 2, MARK, MARK)
        paint_shape(painter, box, self._severity, colours_of(self.palette()))


class ElidedLabel(QLabel):
    """A line of text that shortens itself with … where it lacks room; the tip has all of it."""

    def setText(self, text: str) -> None:
        """Show a text, and all of it as the tip."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Allow it to become narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)
