"""What the ring round a control looks like."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style import colours_of

_WIDTH = 2.0
_MARGIN = 3
"""Pixels between the edge of the control and that of the ring."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ParentChange, QEvent.Type.ZOrderChange})


class Ring(QWidget):
    """Stands beside its control, over it, so that it scrolls and goes with it."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control.parentWidget() or control)
        self._control = control
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        control.installEventFilter(self)
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring in the accent's colour."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours_of(self.palette()).accent), _WIDTH))
        half = _WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 4, 4)
        painter.end()

    def _place(self) -> None:
        """Stand round the control, as far as there is room round it."""
        room = self.parentWidget().rect()
        inside = self._control.rect() if self.parentWidget() is self._control else self._control.geometry()
        self.setGeometry(inside.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) & room)
        self.raise_()
