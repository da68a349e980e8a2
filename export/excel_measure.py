"""Estimate how text wraps in a worksheet, for a sheet does not say how high its rows must be.

Estimates lean to the high side: a little white below a text is better than a line cut off in print.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from export.layout import Role, TableBlock, TableCell

POINTS_PER_PIXEL = 0.75
LINE_HEIGHT = 1.45
"""Height of a line in em: the tallest of the faces that may stand in for 宋体 and 仿宋."""
CELL_PADDING = 7
"""Pixels of a cell that hold no text: inner margins and grid line."""
LEAST_ROW_HEIGHT = 18.0
"""Points; the official template has 17."""
UNLABELLED_ROW_HEIGHT = 34.0
"""Points of a row that holds nothing but numbers, as in the official template."""
MOST_ROW_HEIGHT = 409.0
"""Points; Excel has no higher row."""

_HALF_WIDTH_EM = 0.56
_BROAD_EM, _BROADEST_EM = 0.8, 1.0
"""Of Latin letters in faces that stand in for 宋体 and 仿宋, where every letter is half an em wide."""
_BROADEST = frozenset("MWm@%")
_ATOM = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)
_SENTENCE_END = re.compile("[。！？；][”’）》」』]*")


def columns_in(width: int, size: float) -> float:
    """Return how many full-width characters of ``size`` points a cell of ``width`` pixels takes."""
    return max((width - CELL_PADDING) * POINTS_PER_PIXEL / size, 1.0)


def measure(text: str) -> float:
    """Return the width of a text in em."""
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _BROADEST:
        return _BROADEST_EM
    return _BROAD_EM if character.isupper() or character == "w" else _HALF_WIDTH_EM


def count_lines(text: str, columns: float) -> int:
    """Return how many lines of so many full-width characters a text fills; words are not broken."""
    if measure(text) <= columns:
        return 1
    lines, used = 1, 0.0
    for atom in _ATOM.findall(text):
        width = _width(atom) if len(atom) == 1 else measure(atom)
        if used + width > columns and used:
            lines, used = lines + 1, 0.0
        while width > columns:
            lines, width = lines + 1, width - columns
        used += width
    return lines


def height_of(text: str, columns: float, size: float) -> float:
    """Return the height in points that a text of ``size`` points takes when it wraps."""
    return count_lines(text, columns) * size * LINE_HEIGHT + 2.0


def split_for_rows(text: str, columns: float, size: float) -> Iterator[str]:
    """Yield a paragraph in pieces that each fit into one row, cut behind a sentence where there is one."""
    most_lines = int((MOST_ROW_HEIGHT - 2.0) / (size * LINE_HEIGHT))
    longest = int(most_lines * columns / _HALF_WIDTH_EM) + 1
    while len(text) > longest or count_lines(text, columns) > most_lines:
        most = _fitting(text[:longest], columns, most_lines)
        ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, most)]
        end = ends[-1] if ends else most
        yield text[:end]
        text = text[end:]
    yield text


def _fitting(text: str, columns: float, most_lines: int) -> int:
    """Return how many characters at the beginning of a text fill no more than so many lines."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if count_lines(text[:middle], columns) <= most_lines:
            low = middle
        else:
            high = middle - 1
    return low


def row_heights(table: TableBlock, widths: Sequence[int], header_size: float, size: float) -> list[float]:
    """Return the height in points of each row of a table whose columns have these widths in pixels."""
    words = [box for box in table.cells if box.role not in (Role.INPUT, Role.TOTAL)]
    worded = {row for box in words for row in range(box.row, box.row + box.row_span)}
    heights = [LEAST_ROW_HEIGHT if row in worded else UNLABELLED_ROW_HEIGHT for row in range(table.row_count)]
    for box in sorted(words, key=_row_span):
        rows = range(box.row, box.row + box.row_span)
        width = sum(widths[box.column : box.column + box.column_span])
        own_size = header_size if box.role is Role.HEADER else size
        needed = height_of(box.text, columns_in(width, own_size), own_size)
        lacking = max(needed - sum(heights[row] for row in rows), 0.0)
        for row in rows:
            heights[row] += lacking / box.row_span
    return heights


def _row_span(box: TableCell) -> int:
    return box.row_span
