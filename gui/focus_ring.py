"""A ring round the control that has the keyboard, the same everywhere.

Fusion outlines the default button and the focused one alike, and shows some controls no focus at all.
Tables, fields to write in and the main buttons show it themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView, QWidget

_RINGED = (
    "QComboBox",
    "QListWidget",
    "QPlainTextEdit",
    "QTabBar",
    "QTableWidget",
    "QTextBrowser",
    "PagesView",
)
_SHOW_IT_THEMSELVES = ("PrimaryButton", "ReasonEditor")
"""By name: to load these classes costs a start more than to ask for them."""


def follow_focus(application: QApplication) -> None:
    """Show the ring wherever the focus goes."""
    follower = _Follower(application)
    application.focusObjectChanged.connect(follower.on_focus_changed)


class _Follower(QObject):
    """Puts the ring there in the turn after the focus has moved."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._moving = QTimer(self, singleShot=True, interval=0)
        self._moving.timeout.connect(self._move)

    def on_focus_changed(self) -> None:
        """Look soon where the focus is: Qt says so before it is there."""
        self._moving.start()

    def _move(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and _needs_ring(now):
            from gui.ring import put_round  # a table that is open needs none

            put_round(now)


def _needs_ring(widget: QWidget) -> bool:
    if any(widget.inherits(name) for name in _SHOW_IT_THEMSELVES):
        return False
    if widget.inherits("QAbstractButton"):
        return QApplication.mouseButtons() == Qt.MouseButton.NoButton  # else the mouse shows where one is
    if isinstance(widget, QListView) and not widget.currentIndex().isValid():
        return True  # no row has a frame
    return any(widget.inherits(name) for name in _RINGED)
