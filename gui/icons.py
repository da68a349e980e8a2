"""The program's line icons, drawn from SVG in the colours of the scheme.

Each is rendered at the very sizes that the screens show, so that it is crisp at any scaling. Whoever
holds icons makes them anew when the scheme or the screen's scaling changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from gui.style import Colours

SIZE = 20
"""Side of an icon in bars and buttons, before scaling."""
_SIZES = (16, SIZE)
_TINT = "currentColor"


class Icons:
    """The icons in one scheme's colours."""

    def __init__(self, colours: Colours) -> None:
        self._colours = colours
        self._made: dict[tuple[str, str], QIcon] = {}

    def get(self, name: str, colour: str = "") -> QIcon:
        """Return an icon by name; in the colour of text unless told otherwise."""
        normal = colour or self._colours.text
        key = (name, normal)
        if key not in self._made:
            self._made[key] = self._make(name, normal)
        return self._made[key]

    def _make(self, name: str, colour: str) -> QIcon:
        return _drawn(_source(name, colour), _device_sizes(_SIZES))


def application_icon() -> QIcon:
    """Return the program's own icon."""
    source = QByteArray(resources.path("icons", "application.svg").read_bytes())
    return _drawn(source, (16, 24, 32, 48, 128))


def _source(name: str, colour: str) -> QByteArray:
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QByteArray(text.replace(_TINT, colour).encode())


def _device_sizes(sizes: Iterable[int]) -> tuple[int, ...]:
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return tuple(sorted({round(size * ratio) for size in sizes for ratio in ratios}))


def _drawn(source: QByteArray, sides: Iterable[int]) -> QIcon:
    renderer = QSvgRenderer(source)
    icon = QIcon()
    for side in sides:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
