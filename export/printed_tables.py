"""How official tables look wherever they are printed, told from roles, texts and extents alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from export.layout import Role, TableBlock, TableCell
from model.cells import CellId, Value

BAND_COLOUR = "C6D9F1"
"""The light blue of the official template's bands."""
TEXT_SIZE, SMALL_SIZE = 10.5, 9.0
"""Points: 五号, and 小五 for a table of so many rows that it would fill more than a page."""

_MANY_ROWS = 20
_LISTED = re.compile("（|\\(|[0-9]+[.．、]|[一二三四五六七八九十]+、")
"""How labels begin that form a list and stand at the left; other labels are centred."""
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def stands_left(box: TableCell) -> bool:
    """Tell whether a box's text stands at the left: bands, numbered labels, remarks in brackets."""
    return box.role is Role.BAND or (box.cell is None and _LISTED.match(box.text) is not None)


def text_size(table: TableBlock) -> float:
    """Return the size in points that a table's text is set in."""
    return SMALL_SIZE if table.row_count > _MANY_ROWS else TEXT_SIZE


def scale(proportions: Sequence[int], width: int) -> list[int]:
    """Return whole numbers in these proportions that add up to ``width``."""
    whole = sum(proportions)
    edges = [round(width * sum(proportions[:number]) / whole) for number in range(len(proportions) + 1)]
    return [right - left for left, right in pairwise(edges)]


def numbers_in(texts: Iterable[tuple[CellId, str]]) -> Mapping[CellId, Value]:
    """Return the numbers that printed texts state: counts as int, amounts with a point as Decimal.

    A blank text is a blank value; a text that is no number is left out.
    """
    return dict(_numbers_in(texts))


def _numbers_in(texts: Iterable[tuple[CellId, str]]) -> Iterator[tuple[CellId, Value]]:
    for cell, text in texts:
        bare = text.strip()
        match = _NUMBER.fullmatch(bare)
        if match is not None:
            yield cell, Decimal(bare) if match[1] else int(bare)
        elif not bare:
            yield cell, None
