"""A page that scrolls up and down where the window is too low for it, and is as without it elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.style import GRID
from gui.viewport import own_viewport

_LOWEST = 12 * GRID


class Scroller(QScrollArea):
    """Shows one widget, as wide as there is room, as high as it wants to be."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        own_viewport(self).setBackgroundRole(QPalette.ColorRole.NoRole)  # that of the page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Ask for all that the widget takes at the present width."""
        inside = self.widget()
        wanted = inside.sizeHint()
        if inside.hasHeightForWidth():
            wanted.setHeight(inside.heightForWidth(max(self.width(), inside.minimumSizeHint().width())))
        return wanted

    def minimumSizeHint(self) -> QSize:
        """Be content with little height."""
        least = self.widget().minimumSizeHint()
        return QSize(least.width(), min(_LOWEST, least.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass on that the widget wants another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


def fill(page: QWidget, inside: QWidget) -> None:
    """Let one widget take all the room of another."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
