"""Sets an official table: rows as high as their text needs, numbers as small as their column asks.

It knows roles and extents of cells, never what a row is called.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import accumulate

from export.fonts import FaceRole
from export.layout import TableBlock, TableCell
from export.lines import Line, Measure, balanced_lines, break_lines
from export.pdf_page import TEXT_LEFT, TEXT_WIDTH, SetBox, SetLine, TablePiece
from export.printed_tables import stands_left, text_size, words_of
from export.typefaces import Typeface

_LEAST_SIZE = 6.0
"""What can still be read."""
_LEADING = 1.25
_PADDING, _ROW_PADDING, _LEAST_ROW_PADDING = 2.0, 3.4, 1.6
_NUMBER_PADDING = 0.8
"""What a long number leaves free on either side."""
_LEFT_SHIFT = 0.6
"""How much more of the padding is on the left of text that stands at the left."""
_STEP = 0.5


@dataclass(frozen=True)
class _Content:
    """The text of a cell, set."""

    cell: TableCell
    lines: tuple[Line, ...]
    size: float
    is_left: bool

    @property
    def text_height(self) -> float:
        return len(self.lines) * self.size * _LEADING

    @property
    def height(self) -> float:
        return self.text_height + 2 * _ROW_PADDING


@dataclass(frozen=True)
class SetTable:
    """A table set at one size, not yet put anywhere."""

    table: TableBlock
    contents: tuple[_Content, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Return the height of the whole table in points."""
        return sum(self.heights)

    @property
    def least_height(self) -> float:
        """Return the height with the rows as low as they may be, for a table that all but fits a page."""
        return self.height - len(self.heights) * self._spare()

    def _spare(self) -> float:
        """Return how much every row can give up."""
        return min((self._spare_of(content) for content in self.contents), default=0.0)

    def _spare_of(self, content: _Content) -> float:
        cell = content.cell
        height = sum(self.heights[cell.row : cell.row + cell.row_span])
        return max(0.0, height - content.text_height - 2 * _LEAST_ROW_PADDING) / cell.row_span

    def fitted(self, room: float) -> SetTable:
        """Return the table with its rows lowered, all by the same, if it is higher than ``room``."""
        lowered = max(0.0, self.height - room) / len(self.heights)
        return replace(self, heights=tuple(height - lowered for height in self.heights))

    def at(self, top: float) -> TablePiece:
        """Return the table put across the 版心 with its upper edge at ``top``."""
        lefts = [TEXT_LEFT, *(TEXT_LEFT + width for width in accumulate(self.widths))]
        tops = [top, *(top - height for height in accumulate(self.heights))]
        return TablePiece(self.table, tuple(_box(content, lefts, tops) for content in self.contents))


def set_table(table: TableBlock, typeface: Typeface, room: float) -> SetTable:
    """Set a table as large as the form's own type, or smaller if it would not stay whole in ``room``."""
    size = text_size(table)
    result = _set_at(table, typeface, size)
    while result.height > room and size > _LEAST_SIZE:
        size -= _STEP
        result = _set_at(table, typeface, size)
    return result


def _set_at(table: TableBlock, typeface: Typeface, size: float) -> SetTable:
    total = sum(table.widths)
    widths = tuple(width * TEXT_WIDTH / total for width in table.widths)
    contents = tuple(_content(cell, widths, typeface, size) for cell in table.cells)
    return SetTable(table, contents, widths, _row_heights(table.row_count, contents, size))


def _content(cell: TableCell, widths: tuple[float, ...], typeface: Typeface, size: float) -> _Content:
    width = sum(widths[cell.column : cell.column + cell.column_span])
    is_left = stands_left(cell)
    room = width - 2 * _PADDING
    if cell.cell is not None:
        room = width - 2 * _NUMBER_PADDING
        size = _size_to_fit(cell.text, typeface, size, room)
    measure = Measure(typeface.width(size), size, room, justified=False)
    lines = _left(cell.text, measure) if is_left else _centred(cell.text, measure)
    return _Content(cell, tuple(lines), size, is_left)


def _left(text: str, measure: Measure) -> list[Line]:
    """Break a label between words where they are known, else as running text."""
    pieces = [""]
    for word in words_of(text):
        if pieces[-1] and sum(map(measure.width, pieces[-1] + word)) > measure.line:
            pieces.append("")
        pieces[-1] += word
    return [line for piece in pieces for line in break_lines(piece, measure)]


def _centred(text: str, measure: Measure) -> list[Line]:
    """Break a column header between words, into lines of as many words each as can be."""
    words = words_of(text)
    fitting = int(measure.line / (2 * measure.em))
    if not 0 < fitting < len(words):
        return balanced_lines(text, measure)
    most = math.ceil(len(words) / math.ceil(len(words) / fitting))
    return break_lines(text, replace(measure, line=2 * most * measure.em))


def _size_to_fit(number: str, typeface: Typeface, size: float, room: float) -> float:
    """Return a size at which a number stays on one line: a number is never cut."""
    width = sum(typeface.advance(character) for character in number) * size
    return size if width <= room else size * room / width


def _row_heights(rows: int, contents: tuple[_Content, ...], size: float) -> tuple[float, ...]:
    heights = [size * _LEADING + 2 * _ROW_PADDING] * rows
    for content in sorted(contents, key=lambda content: content.cell.row_span):
        first, span = content.cell.row, content.cell.row_span
        lack = content.height - sum(heights[first : first + span])
        if lack > 0:
            for row in range(first, first + span):
                heights[row] += lack / span
    return tuple(heights)


def _box(content: _Content, lefts: list[float], tops: list[float]) -> SetBox:
    cell = content.cell
    left, right = lefts[cell.column], lefts[cell.column + cell.column_span]
    top, bottom = tops[cell.row], tops[cell.row + cell.row_span]
    leading = content.size * _LEADING
    first = (top + bottom) / 2 + len(content.lines) * leading / 2 - leading / 2 - 0.38 * content.size
    lines = tuple(
        SetLine(
            line,
            _line_left(content, line, left, right),
            first - number * leading,
            content.size,
            FaceRole.TABLE,
        )
        for number, line in enumerate(content.lines)
    )
    return SetBox(cell, left, bottom, right - left, top - bottom, lines)


def _line_left(content: _Content, line: Line, left: float, right: float) -> float:
    return left + _PADDING + _LEFT_SHIFT if content.is_left else (left + right - line.end) / 2
