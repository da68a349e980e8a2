"""The one main button of a place."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from gui.style import colours_of

_Role = QPalette.ColorRole


class PrimaryButton(QPushButton):
    """The one obvious thing to do in a place, in the accent's colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        palette = QPalette()
        colours = colours_of(palette)
        palette.setColor(_Role.Button, QColor(colours.accent))
        palette.setColor(_Role.ButtonText, QColor(colours.on_accent))
        self.setPalette(palette)
