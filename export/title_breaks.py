"""Breaks a long unit name where its meaning allows it (GB/T 9704-2012, 7.3.1: 词意完整, 排列对称)."""

from __future__ import annotations

from collections.abc import Callable

_ENDS = frozenset("省市区县州盟旗镇乡府会局厅部委办处队院所校")
"""Characters with which the parts of a unit's name end."""
_GO_ON = frozenset("委场民政级辖直属长内中会员办室")
"""Characters that follow these inside a part: 市委, 市场, 政府办公室."""
_LEAST = 0.25
"""No line is shorter than this share of the name."""


def break_name(name: str, width: Callable[[str], float], line: float) -> list[str]:
    """Return a name in lines no longer than ``line``: two that mean something, or else the name whole.

    The break is the one nearest the middle. A name that no such break makes fit comes back as it is.
    """
    widths = [width(character) for character in name]
    total = sum(widths)
    if total <= line:
        return [name]
    fitting = [
        (abs(total - 2 * sum(widths[:place])), place)
        for place in range(1, len(name))
        if _may_end(name, place) and _fits(sum(widths[:place]), total, line)
    ]
    if not fitting:
        return [name]
    place = min(fitting)[1]
    return [name[:place], name[place:]]


def _may_end(name: str, place: int) -> bool:
    last, first = name[place - 1], name[place]
    return last in _ENDS and first not in _GO_ON and (last == "会" or first not in _ENDS)


def _fits(first: float, total: float, line: float) -> bool:
    return max(first, total - first) <= line and min(first, total - first) >= _LEAST * total
