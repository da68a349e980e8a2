"""How official tables look wherever they are printed, told from roles, texts and extents alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from export.layout import Role, TableBlock, TableCell

TEXT_SIZE, SMALL_SIZE = 10.5, 9.0
"""Points: 五号, and 小五 for a table of so many rows that it would fill more than a page."""

_MANY_ROWS = 20
_LONGEST_SHORT = 8
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LISTED = re.compile("（|\\(|[0-9]+[.．、]|[一二三四五六七八九十]+、")
"""How labels begin that form a list and stand at the left; other labels are centred."""

_NUMBER = re.compile("(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)本?")


def stands_left(box: TableCell) -> bool:
    """Tell whether a box's text stands at the left: bands, numbered labels, remarks in brackets."""
    return box.role is Role.BAND or (box.cell is None and _LISTED.match(box.text) is not None)


def words_of(label: str) -> tuple[str, ...]:
    """Return what a short label may be broken into: two characters each, as Chinese words mostly have two.

    法律服务机构 is never 法律服 and 务机构, nor （三）不予公开 （三）不 and 予公开. A label with an odd
    number of characters, or with others than Chinese ones behind its number, is one piece.
    """
    numbered = _NUMBER.match(label)
    number = numbered[0] if numbered else ""
    rest = label.removeprefix(number)
    if len(rest) > _LONGEST_SHORT or len(rest) % 2 or not _CHINESE.fullmatch(rest):
        return (label,)
    pairs = (rest[place : place + 2] for place in range(0, len(rest), 2))
    return (number, *pairs) if number else tuple(pairs)


def text_size(table: TableBlock) -> float:
    """Return the size in points that a table's text is set in."""
    return SMALL_SIZE if table.row_count > _MANY_ROWS else TEXT_SIZE


def scale(proportions: Sequence[int], width: int) -> list[int]:
    """Return whole numbers in these proportions that add up to ``width`` or nearly; equal ones stay equal."""
    whole = sum(proportions)
    return [round(width * proportion / whole) for proportion in proportions]
