"""The pale mark across every page of a draft.

It is drawn as outlines, not as text, so that it does not mix with the words and numbers over it
when they are copied or read aloud; the small mark in the margin is text.
"""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen

from export.pdf_page import PAGE_HEIGHT, PAGE_WIDTH
from export.typefaces import Typeface

_ANGLE = 50
_LENGTH, _LARGEST = 520.0, 180.0
_GREY = 0.93


def draw_watermark(canvas: Any, text: str, typeface: Typeface) -> None:
    """Draw text across the middle of a page, pale enough to read everything over it."""
    shown = [character for character in text if typeface.face_for(character)]
    width = sum(typeface.advance(character) for character in shown)
    if not width:
        return
    size = min(_LARGEST, _LENGTH / width)
    canvas.saveState()
    canvas.setFillGray(_GREY)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(_ANGLE)
    canvas.translate(-width * size / 2, -0.38 * size)
    for character in shown:
        _draw_character(canvas, character, typeface, size)
        canvas.translate(typeface.advance(character) * size, 0)
    canvas.restoreState()


def _draw_character(canvas: Any, character: str, typeface: Typeface, size: float) -> None:
    face = typeface.face_for(character)
    if face is not None:
        path = canvas.beginPath()
        face.draw(character, _PathPen(path, size / face.units_per_em))
        canvas.drawPath(path, stroke=0, fill=1)


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools' pens have no types
    """Draws a glyph into a path of reportlab."""

    def __init__(self, path: Any, scale: float) -> None:
        super().__init__(None)
        self._path = path
        self._scale = scale

    def _scaled(self, *points: tuple[float, float]) -> list[float]:
        return [coordinate * self._scale for point in points for coordinate in point]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._path.moveTo(*self._scaled(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._path.lineTo(*self._scaled(pt))

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._path.curveTo(*self._scaled(pt1, pt2, pt3))

    def _closePath(self) -> None:
        self._path.close()
