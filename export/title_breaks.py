"""Breaks a long unit name where its meaning allows it (GB/T 9704-2012, 7.3.1: 词意完整, 排列对称)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, combinations, pairwise
from math import ceil, comb

from export.marks import NOT_FIRST, NOT_LAST
from export.name_words import CLOSING_WORDS, CONJUNCTIONS, WORDS

_LONGEST_WORD = max(map(len, WORDS | CLOSING_WORDS))
_WESTERN = re.compile(r"[0-9A-Za-z]+(?:[-.,/&+][0-9A-Za-z]+)*")
_AFTER_PART, _BETWEEN_PARTS, _BETWEEN_WORDS, _BESIDE_NAME = 0.0, 3.0, 6.0, 10.0
_BEFORE_ENDING, _BEFORE_LETTER, _BESIDE_CONJUNCTION = 10.0, 20.0, 20.0
_INSIDE_BRACKETS, _ANOTHER_LINE, _WAIST = 2.0, 8.0, 2.0
"""What breaks cost: weighed by hand on real names, so that meaning comes before shape."""
_UNEVEN = 0.5
"""What a difference of one em between the longest and the shortest line costs."""
_LEAST = 0.4
"""No line is shorter than this share of the mean."""
_MOST_TRIED = 5000
_MOST_LINES = 6


def break_title(lines: Sequence[str], width: Callable[[str], float], line: float) -> list[str]:
    """Return a title with each of its lines broken into some no longer than ``line``, all in points."""
    return [
        piece
        for text, below in zip(lines, [*lines[1:], ""], strict=True)
        for piece in _break_name(text, width, line, sum(map(width, below)))
    ]


def _break_name(name: str, width: Callable[[str], float], line: float, below: float) -> list[str]:
    """Return a name in lines no longer than ``line``, broken behind its parts and never inside a word.

    ``below`` is the width of the line that follows: a narrow waist between two long lines is avoided.
    A name that is not known well enough to be broken so comes back as it is.
    """
    ends = [0.0, *accumulate(map(width, name))]
    if ends[-1] <= line:
        return [name]
    costs = {place: cost for place, cost in _breaks(_words(name)) if _may_break(name, place)}
    least = ceil(ends[-1] / line)
    tried = [
        (sum(costs[place] for place in places) + shape, places)
        for count in range(least, min(least + 2, _MOST_LINES + 1))
        if comb(len(costs), count - 1) <= _MOST_TRIED
        for places in combinations(costs, count - 1)
        if (shape := _shape_cost([ends[place] for place in places], ends[-1], line, below, width("文")))
        is not None
    ]
    if not tried:
        return [name]
    return [name[start:end] for start, end in pairwise((0, *min(tried)[1], len(name)))]


def _shape_cost(ends: Sequence[float], total: float, line: float, below: float, em: float) -> float | None:
    """Return how bad lines that end there look. None where one is too long or too short."""
    widths = [end - start for start, end in pairwise((0.0, *ends, total))]
    if max(widths) > line or min(widths) < _LEAST * total / len(widths):
        return None
    shape = [*widths, below] if below else widths
    waists = sum(
        before - em > middle < after - em
        for before, middle, after in zip(shape, shape[1:], shape[2:], strict=False)
    )
    uneven = _UNEVEN * (max(widths) - min(widths)) / em
    return _ANOTHER_LINE * len(ends) + _WAIST * waists + uneven


def _words(name: str) -> list[str]:
    """Return a name in known words and, between them, names of which nothing is known; fewest pieces win."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(name) + 1):
        choices = [
            (best[start][0] + cost, start)
            for start in range(max(0, end - _LONGEST_WORD), end)
            if (cost := _word_cost(name[start:end])) is not None
        ]
        western = _WESTERN.fullmatch(name, _western_start(name, end), end)
        best.append(min([*choices, (best[western.start()][0] + 1, western.start())] if western else choices))
    return _joined_unknown(_pieces(name, best))


def _western_start(name: str, end: int) -> int:
    start = end
    while start and re.match(r"[-.,/&+0-9A-Za-z]", name[start - 1]):
        start -= 1
    return start


def _word_cost(word: str) -> float | None:
    if len(word) > 1:
        return 1.0 if word in WORDS or word in CLOSING_WORDS or word in CONJUNCTIONS else None
    return 1.2 if word in CLOSING_WORDS else 1.5


def _pieces(name: str, best: list[tuple[float, int]]) -> list[str]:
    pieces = []
    end = len(name)
    while end:
        start = best[end][1]
        pieces.append(name[start:end])
        end = start
    return pieces[::-1]


def _joined_unknown(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and _is_unknown(piece) and _is_unknown(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _is_unknown(word: str) -> bool:
    return not (word in WORDS or word in CLOSING_WORDS or word in CONJUNCTIONS or word in "（）()")


def _breaks(words: list[str]) -> list[tuple[int, float]]:
    """Return where a name may be broken between words, and how bad each place is."""
    places = accumulate(map(len, words))
    depths = accumulate((word in "（(") - (word in "）)") for word in words)
    return [
        (place, _badness(before, after) + _INSIDE_BRACKETS * depth)
        for place, depth, (before, after) in zip(places, depths, pairwise(words), strict=False)
    ]


def _badness(before: str, after: str) -> float:
    if after in CONJUNCTIONS or before in CONJUNCTIONS:
        return _BESIDE_CONJUNCTION + (_BEFORE_LETTER if after in CONJUNCTIONS else 0.0)
    if after in CLOSING_WORDS:
        if len(after) == 1:
            return _BEFORE_LETTER
        return _BETWEEN_PARTS if before in CLOSING_WORDS else _BEFORE_ENDING
    if before in CLOSING_WORDS:
        return _AFTER_PART
    is_name = _is_unknown(before) or _is_unknown(after) or before.endswith("族") or after in "（("
    return _BESIDE_NAME if is_name else _BETWEEN_WORDS


def _may_break(name: str, place: int) -> bool:
    return name[place] not in NOT_FIRST and name[place - 1] not in NOT_LAST
