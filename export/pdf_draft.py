"""The pale mark across every page of a draft.

It is drawn as outlines, not as text, so that it does not mix with the words and numbers over it
when they are copied or read aloud; the small mark in the margin is text.
"""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen
from reportlab.pdfgen.pathobject import PDFPathObject

from export.pdf_page import PAGE_HEIGHT, PAGE_WIDTH
from export.typefaces import Typeface

_ANGLE = 50
_LENGTH, _LARGEST = 520.0, 180.0
_GREY = 0.93


class Watermark:
    """Text across the middle of a page, pale enough to read everything over it; made once for all pages."""

    def __init__(self, text: str, typeface: Typeface) -> None:
        shown = [character for character in text if typeface.face_for(character)]
        self._width = sum(typeface.advance(character) for character in shown)
        self._size = min(_LARGEST, _LENGTH / self._width) if self._width else 0.0
        self._path = PDFPathObject()
        left = 0.0
        for character in shown:
            _add_character(self._path, character, typeface, self._size, left)
            left += typeface.advance(character) * self._size

    def draw(self, canvas: Any) -> None:
        """Draw it on the page at hand."""
        if not self._width:
            return
        canvas.saveState()
        canvas.setFillGray(_GREY)
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(_ANGLE)
        canvas.translate(-self._width * self._size / 2, -0.38 * self._size)
        canvas.drawPath(self._path, stroke=0, fill=1)
        canvas.restoreState()


def _add_character(path: Any, character: str, typeface: Typeface, size: float, left: float) -> None:
    face = typeface.face_for(character)
    if face is not None:
        face.draw(character, _PathPen(path, size / face.units_per_em, left))


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools' pens have no types
    """Draws a glyph into a path of reportlab."""

    def __init__(self, path: Any, scale: float, left: float) -> None:
        super().__init__(None)
        self._path = path
        self._scale = scale
        self._left = left

    def _scaled(self, *points: tuple[float, float]) -> list[float]:
        scale, left = self._scale, self._left
        return [coordinate for x, y in points for coordinate in (left + x * scale, y * scale)]

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
