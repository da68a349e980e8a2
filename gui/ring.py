"""The ring round a control: where it stands, what it looks like, when it goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style import colours_of

_WIDTH = 2.0
_MARGIN = 3
"""Pixels between the edge of the control and that of the ring."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize})


def put_round(control: QWidget) -> None:
    """Put the ring of what holds a control round it; made once for each such place, and kept."""
    holder = control.parentWidget()
    if holder is not None:
        kept = (child for child in holder.children() if isinstance(child, Ring))
        (next(kept, None) or Ring(holder)).surround(control)


class Ring(QWidget):
    """Lies over its control, in what holds that, so that it scrolls with it; hides with the focus."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self._holder = holder
        self._control: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, control: QWidget) -> None:
        """Go round a control."""
        self._control = control
        control.removeEventFilter(self)
        control.installEventFilter(self)
        self._place(control)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control, and hide when the keyboard goes elsewhere."""
        if watched is self._control and event.type() in _MOVES:
            self._place(self._control)
        elif isinstance(event, QFocusEvent) and not event.gotFocus() and _leaves(event):
            watched.removeEventFilter(self)
            if watched is self._control:
                self._control = None
                self.hide()
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

    def _place(self, control: QWidget) -> None:
        """Stand round the control, as far as there is room round it."""
        wanted = control.geometry().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self.setGeometry(wanted & self._holder.rect())
        self.raise_()


def _leaves(event: QFocusEvent) -> bool:
    """Tell whether the focus goes for good: a list that drops down gives it back."""
    return event.reason() is not Qt.FocusReason.PopupFocusReason
