"""A calm remark beside a cell: why a text was refused, how a total comes about. Never modal."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from gui.announcing import announce

_POINTER = 7
_PADDING = 8
_WIDEST = 380


class Bubble(QWidget):
    """A remark with a pointer to its cell; lets the mouse through and stays until it is put away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room = parent
        self._text = ""
        self._edge = QColor()
        self._tip = QPoint()
        self.hide()

    @property
    def text(self) -> str:
        """The remark that is shown; empty while none is."""
        return self._text if self.isVisibleTo(self._room) else ""

    def show_at(self, anchor: QRect, text: str, edge: QColor) -> None:
        """Show a remark below (or above) a rectangle of the parent, and say it to screen readers."""
        self._text, self._edge = text, edge
        self.setAccessibleName(text)
        self._place(anchor)
        self.show()
        self.raise_()
        self.update()
        announce(self, text)

    def _place(self, anchor: QRect) -> None:
        room = self._room.rect()
        size = self._text_size(min(_WIDEST, room.width() - 4 * _PADDING)) + QSize(
            2 * _PADDING + 2, 2 * _PADDING
        )
        size.setHeight(size.height() + _POINTER)
        below = anchor.bottom() + size.height() <= room.bottom()
        top = anchor.bottom() if below else max(0, anchor.top() - size.height())
        left = max(0, min(anchor.center().x() - size.width() // 3, room.right() - size.width()))
        self.setGeometry(QRect(QPoint(left, top), size))
        self._tip = QPoint(anchor.center().x() - left, 0 if below else size.height())

    def _text_size(self, width: int) -> QSize:
        flags = Qt.TextFlag.TextWordWrap
        return self.fontMetrics().boundingRect(QRect(0, 0, width, 1000), flags, self._text).size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a sheet of paper with a thin edge and the pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = self._outline()
        painter.fillPath(outline, self.palette().toolTipBase())
        painter.setPen(QPen(self._edge, 1.2))
        painter.drawPath(outline)
        painter.setPen(self.palette().toolTipText().color())
        painter.drawText(self._body().adjusted(_PADDING, 0, -_PADDING, 0), _TEXT_FLAGS, self._text)
        painter.end()

    def _body(self) -> QRect:
        body = self.rect().adjusted(1, 1, -1, -1)
        if self._tip.y() == 0:
            return body.adjusted(0, _POINTER, 0, 0)
        return body.adjusted(0, 0, 0, -_POINTER)

    def _outline(self) -> QPainterPath:
        body = QRectF(self._body())
        sheet = QPainterPath()
        sheet.addRoundedRect(body, 4, 4)
        at_top = self._tip.y() == 0
        base = body.top() + 1 if at_top else body.bottom() - 1
        end = 1.0 if at_top else self.height() - 1.0
        x = min(max(self._tip.x(), 12), self.width() - 12)
        pointer = QPainterPath(QPointF(x - _POINTER, base))
        pointer.lineTo(x, end)
        pointer.lineTo(x + _POINTER, base)
        pointer.closeSubpath()
        return sheet.united(pointer)


_TEXT_FLAGS = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
