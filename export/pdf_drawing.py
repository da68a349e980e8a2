"""Draws composed pages with reportlab, marking each piece for the structure tree.

Text is drawn as plain strings at computed places; nothing in it is ever read as markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

from reportlab.lib.colors import HexColor, black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from export.characters import printable
from export.fonts import FaceRole
from export.layout import Description, Role
from export.lines import Measure, break_lines
from export.outlines import Face
from export.pdf_draft import Watermark
from export.pdf_fonts import EmbeddedFont
from export.pdf_page import (
    FOLIO_DROP,
    FOLIO_SIZE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_BOTTOM,
    TEXT_LEFT,
    TEXT_RIGHT,
    TEXT_TOP,
    Page,
    SetLine,
    TablePiece,
    Tag,
    TextPiece,
)
from export.pdf_structure import Element, Structure, table_elements
from export.typefaces import Typeface, Typefaces
from model.forms import BAND_COLOUR

_BAND_COLOUR = HexColor(f"#{BAND_COLOUR}")
_RULE = 0.75
_STAMP_SIZE = 9.0
"""小五: less than any text of the document."""
_SAME = 1e-3
"""Differences in spacing, in points, below which characters are drawn in one go."""
_DASH_HEIGHT = 0.36
"""How high the dashes beside a page number stand above their baseline, in em."""


class Drawing(NamedTuple):
    """A drawn document: its bytes, still without metadata, and the structure of its marks."""

    data: bytes
    structure: Structure


class _Run(NamedTuple):
    """Characters of one face, equally spaced."""

    face: Face
    shapes: str
    x: float
    spacing: float


def draw(description: Description, pages: tuple[Page, ...], typefaces: Typefaces) -> Drawing:
    """Draw the pages of a description.

    reportlab keeps fonts by name in one place for all threads: draw one document at a time.
    """
    pen = _Pen(typefaces)
    try:
        return pen.draw(description, pages)
    finally:
        pen.unregister_fonts()


class _Pen:
    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._structure = Structure()
        self._elements: dict[int, Element] = {}
        self._watermarks: dict[str, Watermark] = {}
        self._output = io.BytesIO()
        self._page = 0
        self._has_bookmark = False
        first = typefaces[FaceRole.BODY].face_for(" ") or typefaces[FaceRole.BODY].face_for("一")
        assert first is not None, "the declared fallback has both"
        self._canvas = Canvas(
            self._output,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=0,  # what is finished is compressed then, and the preview never
            pdfVersion=(1, 7),
            initialFontName=self._font(first).fontName,  # else an unembedded Helvetica slips in
        )

    def unregister_fonts(self) -> None:
        for font in self._fonts.values():
            font.unregister()

    def draw(self, description: Description, pages: tuple[Page, ...]) -> Drawing:
        for page in pages:
            self._page = page.number - 1
            self._draw_page(page, description.draft)
            if page is pages[-1] and description.stamp:
                self._draw_stamp(page.number, description.stamp)
            self._canvas.showPage()
        self._canvas.save()
        return Drawing(self._output.getvalue(), self._structure)

    def _draw_page(self, page: Page, draft: str | None) -> None:
        if draft:
            self._draw_draft(draft)
        for piece in page.pieces:
            if isinstance(piece, TablePiece):
                self._draw_table(piece)
            else:
                self._draw_text(piece)
        self._draw_folio(page.number)

    # Marked content

    @contextmanager
    def _content_of(self, element: Element) -> Iterator[None]:
        number = self._structure.mark(self._page, element)
        self._canvas.addLiteral(f"/{element.type} <</MCID {number}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def _artifact(self, properties: str) -> Iterator[None]:
        self._canvas.addLiteral(f"/Artifact <<{properties}>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    # Pieces

    def _draw_text(self, piece: TextPiece) -> None:
        if piece.element not in self._elements:
            self._elements[piece.element] = self._structure.add(Element(piece.tag.value))
            self._bookmark(piece)
        with self._content_of(self._elements[piece.element]):
            for line in piece.lines:
                self._draw_line(line)

    def _bookmark(self, piece: TextPiece) -> None:
        levels = {Tag.HEADING_1: 0, Tag.HEADING_2: 1}
        if piece.tag in levels and piece.lines:
            level = levels[piece.tag] if self._has_bookmark else 0  # the introduction has no heading above it
            self._has_bookmark = True
            key = f"heading-{piece.element}"
            top = piece.lines[0].baseline + 2 * piece.lines[0].size
            self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=top)
            self._canvas.addOutlineEntry(piece.text, key, level, closed=False)

    def _draw_table(self, piece: TablePiece) -> None:
        table, cells = table_elements(piece.table)
        self._structure.add(table)
        self._draw_frame(piece)
        for box in piece.boxes:
            # A blank cell is marked as well, else readers would not find it.
            with self._content_of(cells[box.cell.row, box.cell.column]):
                for line in box.lines:
                    self._draw_line(line)

    def _draw_frame(self, piece: TablePiece) -> None:
        with self._artifact("/Type /Layout"):
            self._canvas.setFillColor(_BAND_COLOUR)
            for box in piece.boxes:
                if box.cell.role is Role.BAND:
                    self._canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
            self._canvas.setFillColor(black)
            self._canvas.setLineWidth(_RULE)
            for box in piece.boxes:
                self._canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)

    def _draw_folio(self, number: int) -> None:
        """Draw — 1 — outside: odd pages at the right, even pages at the left, one character in (7.5)."""
        text = f"— {number} —"
        width = self._typefaces[FaceRole.TABLE].width(FOLIO_SIZE)
        line = break_lines(text, Measure(width, FOLIO_SIZE, TEXT_RIGHT, justified=False))[0]
        x = TEXT_RIGHT - FOLIO_SIZE - line.end if number % 2 else TEXT_LEFT + FOLIO_SIZE
        baseline = TEXT_BOTTOM - FOLIO_DROP - _DASH_HEIGHT * FOLIO_SIZE
        with self._artifact("/Type /Pagination /Subtype /Footer"):
            self._draw_line(SetLine(line, x, baseline, FOLIO_SIZE, FaceRole.TABLE))

    def _draw_stamp(self, number: int, stamp: str) -> None:
        """Draw the 定稿 small at the foot, on the side where the page number is not."""
        width = self._typefaces[FaceRole.TABLE].width(_STAMP_SIZE)
        line = break_lines(stamp, Measure(width, _STAMP_SIZE, TEXT_RIGHT, justified=False))[0]
        x = TEXT_LEFT if number % 2 else TEXT_RIGHT - line.end
        baseline = TEXT_BOTTOM - FOLIO_DROP - _DASH_HEIGHT * FOLIO_SIZE
        with self._artifact("/Type /Pagination /Subtype /Footer"):
            self._draw_line(SetLine(line, x, baseline, _STAMP_SIZE, FaceRole.TABLE))

    def _draw_draft(self, draft: str) -> None:
        """Draw the mark twice: pale and large behind everything, and small at the top to be read."""
        typeface = self._typefaces[FaceRole.HEADING_1]
        text = typeface.with_codes(printable(draft).text.replace("\n", " "))
        with self._artifact("/Type /Pagination /Subtype /Watermark"):
            self._watermark(text).draw(self._canvas)
        line = break_lines(text, Measure(typeface.width(12), 12, TEXT_RIGHT, justified=False))[0]
        with self._artifact("/Type /Pagination /Subtype /Header"):
            self._draw_line(SetLine(line, TEXT_LEFT, TEXT_TOP + 24, 12, FaceRole.HEADING_1))

    def _watermark(self, text: str) -> Watermark:
        if text not in self._watermarks:
            self._watermarks[text] = Watermark(text, self._typefaces[FaceRole.HEADING_1])
        return self._watermarks[text]

    # Lines

    def _draw_line(self, line: SetLine) -> None:
        typeface = self._typefaces[line.role]
        text = self._canvas.beginText()
        if typeface.thickening:
            self._canvas.setLineWidth(typeface.thickening * line.size)
            text.setTextRenderMode(2)
        for run in _runs(line, typeface):
            text.setTextOrigin(run.x, line.baseline)
            text.setFont(self._font(run.face).fontName, line.size)
            text.setCharSpace(run.spacing)
            text.textOut(run.shapes)
        if typeface.thickening:
            text.setTextRenderMode(0)
        self._canvas.drawText(text)

    def _font(self, face: Face) -> EmbeddedFont:
        if face not in self._fonts:
            font = EmbeddedFont(f"{face.sfnt.postscript_name} {len(self._fonts)}", face)
            pdfmetrics.registerFont(font)
            self._fonts[face] = font
        return self._fonts[face]


def _runs(line: SetLine, typeface: Typeface) -> Iterator[_Run]:
    """Cut a line into runs that one show operator each can draw at its exact place."""
    shapes, places = line.line.shapes, line.line.places
    faces: list[Any] = [typeface.face_for(shape) for shape in shapes]
    ends = [place + typeface.advance(shape) * line.size for shape, place in zip(shapes, places, strict=True)]
    gaps = [after - end for end, after in zip(ends, places[1:], strict=False)]
    start = 0
    while start < len(shapes):
        spacing = gaps[start] if start < len(gaps) and faces[start] is faces[start + 1] else 0.0
        end = next(
            place
            for place in count(start + 1)
            if place == len(shapes)
            or faces[place] is not faces[start]
            or abs(gaps[place - 1] - spacing) > _SAME
        )
        yield _Run(faces[start], shapes[start:end], line.x + places[start], spacing)
        start = end
