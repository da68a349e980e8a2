"""Classes of characters that line breaking and faces must agree on (GB/T 15834-2011, 5.1).

Also the private characters that stand for another shape of a mark: half as wide at the end of a
squeezed line, or joined to its neighbour in a two-em dash. They never leave the drawing code.
"""

from __future__ import annotations

OPENING = frozenset("“‘（《〈「『【〔〖｛［")
"""Full-width marks with their blank on the left. None may end a line."""

CLOSING = frozenset("。，、；：？！．”’）》〉」』】〕〗｝］")
"""Full-width marks with their blank on the right. None may begin a line."""

FULL_WIDTH = OPENING | CLOSING | frozenset("…⋯—―·")
"""Marks that take a whole em in Chinese text, though some faces draw them narrow."""

_UNITS = frozenset(map(chr, range(0x3380, 0x33E0))) | frozenset("%％‰℃℉°′″")
"""㎡, ㎞ and the like, which follow a number."""

NOT_FIRST = CLOSING | _UNITS | frozenset("·—―…⋯～〜–ー／々,.;:!?)]}>/-")
"""Characters that may not begin a line."""

NOT_LAST = OPENING | frozenset("([{<￥＄￡＃§№／/$£¥€#-")
"""Characters that may not end a line. Readers of a PDF drop a hyphen there when text is copied."""

FULL_WIDTH_LETTERS = frozenset("０１２３４５６７８９") | frozenset(
    chr(code) for first in "Ａａ" for code in range(ord(first), ord(first) + 26)
)
"""Digits and letters set like Chinese characters; numbers and words of them are not cut either."""


_HALF, _JOINED = 0xF0000, 0x100000


def half(mark: str) -> str:
    """Return the private character for a mark without its blank half."""
    return chr(_HALF + ord(mark))


def joined(mark: str) -> str:
    """Return the private character for a dash that touches its neighbours."""
    return chr(_JOINED + ord(mark))


def width_of_shape(shape: str) -> float:
    """Return the width in em of a full-width mark or of a private shape of it."""
    return 0.5 if _HALF <= ord(shape) < _JOINED else 1.0


def is_joined(shape: str) -> bool:
    """Tell whether a character stands for a dash that touches its neighbours."""
    return ord(shape) >= _JOINED


def plain(shape: str) -> str:
    """Return the character that a shape is a form of: itself, mostly."""
    return chr(ord(shape) & 0xFFFF) if ord(shape) >= _HALF else shape
