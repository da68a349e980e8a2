"""Buttons with a rank: the one main button of a place, and quiet ones beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.style import GRID, Colours, colours_of


class PrimaryButton(QPushButton):
    """The one obvious thing to do in a place."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.setStyleSheet(primary_sheet(colours_of(self.palette())))


def primary_sheet(colours: Colours) -> str:
    """Return the look of a main button."""
    return f"""
        QPushButton {{
            background: {colours.accent}; color: {colours.on_accent};
            border: 1px solid {colours.accent}; border-radius: 4px;
            padding: {GRID}px {GRID + GRID // 2}px;
        }}
        QPushButton:hover {{ border-color: {colours.text}; }}
        QPushButton:pressed {{ background: {colours.text}; color: {colours.paper}; }}
        QPushButton:focus {{ border: 2px solid {colours.text}; padding: {GRID - 1}px; }}
    """
