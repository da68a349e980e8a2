"""A ring round the control that has the keyboard, the same everywhere.

Fusion outlines the default button and the focused one alike, and shows some controls no focus at all.
Tables and the main buttons show it themselves.

The ring is a frame of Qt's, without code of ours: none is called while it is taken down with the place in
which it stands. Only the follower, which is there as long as the application, is told of events.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget
from shiboken6 import isValid

_RINGED = (
    "QComboBox",
    "QLineEdit",
    "QListWidget",
    "QPlainTextEdit",
    "QSpinBox",
    "QTabBar",
    "QTableWidget",
    "QTextBrowser",
    "PagesView",
)
_SHOW_IT_THEMSELVES = ("NumberEditor", "PrimaryButton", "ReasonEditor")
"""By name: to load these classes costs a start more than to ask for them."""
_WIDTH = 2
_MARGIN = 3
"""Pixels between the edge of the control and that of the ring."""
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize)


def follow_focus(application: QApplication) -> None:
    """Show the ring wherever the focus goes."""
    follower = _Follower(application)
    application.focusObjectChanged.connect(follower.on_focus_changed)


class _Follower(QObject):
    """Puts the ring round a control in the turn after the focus has moved, and keeps it there."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._ring = _make_ring()
        self._control: QWidget | None = None
        self._moving = QTimer(self, singleShot=True, interval=0)
        self._moving.timeout.connect(self._move)

    def on_focus_changed(self) -> None:
        """Look soon where the focus is: Qt says so before it is there."""
        self._moving.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the control; what it is told besides, it may be told while it is taken down."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _move(self) -> None:
        """Leave the control that had the ring, unless it has it still, for the one that has the focus."""
        popup = QApplication.activePopupWidget()
        now = QApplication.focusWidget()
        if popup is not None and (now is None or popup.isAncestorOf(now)):
            return  # a list that drops down gives the focus back
        if self._control is not None and isValid(self._control):
            self._control.removeEventFilter(self)
        self._control = now if now is not None and _needs_ring(now) else None
        if self._control is not None:
            self._control.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        """Stand round the control, in what holds it so as to scroll with it, as far as there is room."""
        if not isValid(self._ring):  # it went with the place in which it stood
            self._ring = _make_ring()
        control = self._control if self._control is not None and isValid(self._control) else None
        holder = control.parentWidget() if control is not None else None
        if control is None or holder is None:
            self._ring.hide()
            return
        if self._ring.parentWidget() is not holder:
            self._ring.setParent(holder)
        wanted = control.geometry().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self._ring.setGeometry(wanted & holder.rect())
        self._ring.raise_()
        self._ring.show()


def _make_ring() -> QFrame:
    ring = QFrame(frameShape=QFrame.Shape.Box, frameShadow=QFrame.Shadow.Plain, lineWidth=_WIDTH)
    ring.setForegroundRole(QPalette.ColorRole.Accent)
    ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return ring


def _needs_ring(widget: QWidget) -> bool:
    if any(widget.inherits(name) for name in _SHOW_IT_THEMSELVES):
        return False
    if widget.inherits("QAbstractButton"):
        return QApplication.mouseButtons() == Qt.MouseButton.NoButton  # else the mouse shows where one is
    if isinstance(widget, QListView) and not widget.currentIndex().isValid():
        return True  # no row has a frame
    return any(widget.inherits(name) for name in _RINGED)
