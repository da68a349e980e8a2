"""Buttons outside dialogs: the one main button of a place, and the others."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.style import GRID, Colours, colours_of


class PlainButton(QPushButton):
    """A button that Enter presses while it has the focus; Qt's own do so in dialogs only."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(True)


class PrimaryButton(PlainButton):
    """The one obvious thing to do in a place, flat in the accent's colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_leading = True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_leading(self, is_leading: bool) -> None:
        """Look like any other button while something else is to be done first."""
        self._is_leading = is_leading
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room round the words."""
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(words.width() + 3 * GRID, words.height() + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a flat button, with a ring inside while it has the focus."""
        if not self._is_leading:
            super().paintEvent(event)
            if self.hasFocus():
                self._paint_ring(QPainter(self), colours_of(self.palette()).accent)
            return
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground(colours))
        painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            self._paint_ring(painter, colours.on_accent)
        painter.setPen(QColor(colours.on_accent))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), int(flags), self.text())

    def _paint_ring(self, painter: QPainter, colour: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 2, 2)

    def _ground(self, colours: Colours) -> QColor:
        ground = QColor(colours.accent)
        if self.isDown():
            return ground.darker(125)
        return ground.darker(112) if self.underMouse() else ground
