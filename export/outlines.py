"""A face ready for embedding: which characters it has, how wide they are, their quadratic outlines.

TrueType outlines are taken as stored, without their hints; CFF and variable ones are drawn through
fontTools and converted. Each glyph is converted once a run.
"""

from __future__ import annotations

import io
import mmap
import struct
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from export.font_files import FaceFile
from export.marks import CLOSING, FULL_WIDTH, OPENING, is_joined, plain, width_of_shape
from export.outline_cache import cache_path, load_outlines, store_outlines
from export.sfnt import Sfnt, open_sfnt
from export.small_forms import SmallForm, small_form

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_FULL_ENOUGH = 0.95
_ANY = "一"
_CURVE_ERROR = 0.001
"""How far, in em, a converted curve may stray: 0.016 pt in body text."""


class Outline(NamedTuple):
    """A simple glyph as the ``glyf`` table stores it, empty for a blank, and its advance in font units."""

    data: bytes
    advance: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Return the box around the ink: left, bottom, right, top."""
        return struct.unpack_from(">4h", self.data, 2) if self.data else (0, 0, 0, 0)


class Fit(NamedTuple):
    """How an outline goes into a cell it was not drawn for, in font units.

    x' = scale * x + shift, y' = height * y + rise.
    """

    scale: float
    shift: int
    advance: int
    height: float = 1.0
    rise: int = 0


class Face:
    """One face at one weight."""

    def __init__(self, path: Path, index: int, weight: int) -> None:
        self.sfnt: Sfnt = open_sfnt(path, index)
        self._path = path
        self._index = index
        self._weight = weight
        self._is_stored_quadratic = self.sfnt.has("glyf") and not self.sfnt.has("fvar")
        self._outlines: dict[str, Outline] = {}
        self._advances: dict[str, float] = {}
        self._cached: dict[Path, int] = {}

    @property
    def units_per_em(self) -> int:
        """Return how many font units an em has."""
        return self.sfnt.units_per_em

    def covers(self, character: str) -> bool:
        """Tell whether the face has a glyph for a character."""
        return self.sfnt.glyph(ord(character)) != 0

    def makes(self, character: str) -> bool:
        """Tell whether the face can make up for the want of a glyph: ₂ is drawn as a small 2."""
        return self._small_form(character) is not None

    def _small_form(self, character: str) -> SmallForm | None:
        form = None if self.covers(character) else small_form(character)
        return form if form is not None and self.covers(form.base) else None

    def base(self, shape: str) -> str:
        """Return the character whose outline is drawn for a character or for a private shape of it."""
        form = self._small_form(plain(shape))
        return plain(shape) if form is None else form.base

    def fills_em(self, character: str) -> bool:
        """Tell whether the face itself draws a mark as wide as a Chinese character."""
        return self._stored_advance(character) >= _FULL_ENOUGH * self.units_per_em

    def advance(self, shape: str) -> float:
        """Return the width in em of a character or of a private shape of it."""
        if shape not in self._advances:
            self._advances[shape] = self._cell(shape) / self.units_per_em
        return self._advances[shape]

    def _cell(self, shape: str) -> int:
        if plain(shape) in FULL_WIDTH:
            return round(width_of_shape(shape) * self.units_per_em)
        form = self._small_form(shape)
        return (
            self._stored_advance(shape)
            if form is None
            else round(form.scale * self._stored_advance(form.base))
        )

    def _stored_advance(self, character: str) -> int:
        glyph = self.sfnt.glyph(ord(character))
        if not self.sfnt.has("fvar"):
            return self.sfnt.advance(glyph)
        kept = self._outlines.get(character)
        return kept.advance if kept else self._drawing.advance(glyph)

    def outline(self, character: str) -> Outline:
        """Return the outline of a character, with quadratic curves."""
        if character not in self._outlines:
            data = self._outline_data(self.sfnt.glyph(ord(character)))
            self._outlines[character] = Outline(data, self._stored_advance(character))
        return self._outlines[character]

    def _outline_data(self, glyph: int) -> bytes:
        if self._is_stored_quadratic:
            stored = self.sfnt.stored_outline(glyph)
            if not stored or stored[0] < 0x80:  # else a negative count of contours: made of other glyphs
                return without_hints(stored)
        return self._drawing.quadratic(glyph)

    def make_ready(self) -> None:
        """Open what outlines are converted with before a character needs it; nothing where none need it."""
        if not self._is_stored_quadratic:
            self._drawing.quadratic(self.sfnt.glyph(ord(_ANY)))

    def load_cache(self, folder: Path) -> None:
        """Take over the outlines that an earlier run converted; nothing where none need converting."""
        if self._is_stored_quadratic or folder in self._cached:
            return
        with suppress(OSError):  # the font file is gone: it was opened while it was there
            kept = load_outlines(cache_path(folder, self._path, self._index, self._weight))
            taken = {character: Outline(*outline) for character, outline in kept.items()}
            self._outlines = taken | self._outlines
            self._cached[folder] = len(kept)

    def store_cache(self, folder: Path) -> None:
        """Keep the outlines converted so far for later runs, if there are more than the last time."""
        if self._cached.get(folder, len(self._outlines)) < len(self._outlines):
            with suppress(OSError):
                store_outlines(cache_path(folder, self._path, self._index, self._weight), self._outlines)
            self._cached[folder] = len(self._outlines)

    def fit(self, shape: str) -> Fit | None:
        """Return how a shape is made from the outline of its base; None where it is that outline."""
        outline, cell = self.outline(self.base(shape)), self._cell(shape)
        form = self._small_form(plain(shape))
        if form is not None:
            return Fit(form.scale, 0, cell, form.scale, round(form.rise * self.units_per_em))
        if is_joined(shape) and outline.data:
            left, _, right, _ = outline.box
            scale = cell / (right - left)
            return Fit(scale, -round(left * scale), cell)
        spare = cell - outline.advance
        if not spare and shape == plain(shape):
            return None
        return Fit(1.0, self._shift(shape, outline, cell), cell)

    def _shift(self, shape: str, outline: Outline, cell: int) -> int:
        """Return how far to move a mark: its blank goes to its own side, and its ink stays in the cell."""
        spare = cell - outline.advance
        shift = spare if plain(shape) in OPENING else 0 if plain(shape) in CLOSING else spare // 2
        left, _, right, _ = outline.box
        if left + shift >= 0 and right + shift <= cell:
            return shift
        return (cell - left - right) // 2  # some faces draw ？ and ； in the middle

    @cached_property
    def _drawing(self) -> _Drawing:
        return _Drawing(self.sfnt, self._index, self._weight)

    def draw(self, character: str, pen: Any) -> None:
        """Draw the outline that is embedded for a character, in font units, with a fontTools pen."""
        from fontTools.ttLib.tables._g_l_y_f import Glyph

        data = self.outline(self.base(character)).data
        if data:
            Glyph(data).draw(pen, None)


class _Drawing:
    """A face opened with fontTools, for outlines that have to be drawn."""

    def __init__(self, sfnt: Sfnt, index: int, weight: int) -> None:
        from fontTools.ttLib import TTFont

        number = index if sfnt.data[:4] == b"ttcf" else -1
        self._font: TTFont = TTFont(_as_file(sfnt.data), lazy=True, fontNumber=number)
        self._is_cubic = "glyf" not in self._font
        self._glyphs: Any = self._font.getGlyphSet(
            location={"wght": weight} if "fvar" in self._font else None
        )
        self._curve_error = sfnt.units_per_em * _CURVE_ERROR

    def advance(self, glyph: int) -> int:
        width: float = self._glyphs[self._font.getGlyphName(glyph)].width
        return round(width)

    def draw(self, glyph: int, pen: Any) -> None:
        from fontTools.pens.filterPen import DecomposingFilterPen

        self._glyphs[self._font.getGlyphName(glyph)].draw(DecomposingFilterPen(pen, self._glyphs))

    def quadratic(self, glyph: int) -> bytes:
        """Return a glyph as a ``glyf`` entry, its cubic curves turned into quadratic ones."""
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen = TTGlyphPen(None)
        self.draw(glyph, Cu2QuPen(pen, self._curve_error) if self._is_cubic else pen)
        converted = pen.glyph()
        return bytes(converted.compile(None)) if converted.numberOfContours else b""


def _as_file(data: bytes | mmap.mmap) -> BinaryIO:
    """Return a font's bytes as a file; a mapped file is one already."""
    return io.BytesIO(data) if isinstance(data, bytes) else cast("BinaryIO", data)


def without_hints(entry: bytes) -> bytes:
    """Return a simple ``glyf`` entry without its instructions, which need tables we do not embed."""
    if not entry:
        return entry
    contours = struct.unpack_from(">h", entry)[0]
    place = 10 + 2 * contours
    length = struct.unpack_from(">H", entry, place)[0]
    return entry[:place] + b"\0\0" + entry[place + 2 + length :]


@lru_cache(maxsize=32)
def open_face(file: FaceFile, weight: int = 400) -> Face:
    """Return the face of a file, opened once a run. ``weight`` counts for variable faces only."""
    return Face(file.path, file.index, weight)
