"""A dialog as high as its words need: Qt cuts a new one off at two thirds of the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog

from gui.style import GRID


class FittedDialog(QDialog):
    """Grows for words that come later too; never beyond the screen."""

    def event(self, event: QEvent) -> bool:
        """Measure the words whenever they may have changed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest) and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        layout = self.layout()
        assert layout is not None
        wanted = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            wanted = layout.totalHeightForWidth(self.width())
        self.grow_to(wanted)

    def grow_to(self, wanted: int) -> None:
        """Become as high as this, or as the screen."""
        room = self.screen().availableSize().height() - 6 * GRID
        if self.height() < min(wanted, room):
            self.resize(self.width(), min(wanted, room))
