"""How official tables look wherever they are printed, told from roles, texts and extents alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from export.layout import Role, TableBlock, TableCell

TEXT_SIZE, SMALL_SIZE = 10.5, 9.0
"""Points: 五号, and 小五 for a table of so many rows that it would fill more than a page."""

_MANY_ROWS = 20
_LISTED = re.compile("（|\\(|[0-9]+[.．、]|[一二三四五六七八九十]+、")
"""How labels begin that form a list and stand at the left; other labels are centred."""


def stands_left(box: TableCell) -> bool:
    """Tell whether a box's text stands at the left: bands, numbered labels, remarks in brackets."""
    return box.role is Role.BAND or (box.cell is None and _LISTED.match(box.text) is not None)


def text_size(table: TableBlock) -> float:
    """Return the size in points that a table's text is set in."""
    return SMALL_SIZE if table.row_count > _MANY_ROWS else TEXT_SIZE


def scale(proportions: Sequence[int], width: int) -> list[int]:
    """Return whole numbers in these proportions that add up to ``width`` or nearly; equal ones stay equal."""
    whole = sum(proportions)
    return [round(width * proportion / whole) for proportion in proportions]
