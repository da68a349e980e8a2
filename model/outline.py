"""The sub-headings of a text, and whether anything stands below them. Pure."""

from __future__ import annotations

_NUMERALS = frozenset("一二三四五六七八九十")
_DIGITS = frozenset("0123456789")
_LONGEST_HEADING = 30
"""Characters; a longer line that begins with a number is a paragraph."""


def skeleton(text: str) -> str:
    """Return the lines of a text that are sub-headings: （一）主动公开, 1.完善制度."""
    return "\n".join(line for line in _lines(text) if _is_heading(line))


def has_body(text: str) -> bool:
    """Tell whether a text says anything besides sub-headings."""
    return any(not _is_heading(line) for line in _lines(text))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and "。" not in line and _is_numbered(line)


def _is_numbered(line: str) -> bool:
    """Tell whether a line begins with （一）, 一、, 1. or 1、."""
    if line.startswith("（"):
        return _is_number(line[1:].partition("）"), _NUMERALS)
    if line[0] in _NUMERALS:
        return _is_number(line.partition("、"), _NUMERALS)
    marks = (line.partition(mark) for mark in ".．、")
    return any(_is_number(parts, _DIGITS) for parts in marks)


def _is_number(parts: tuple[str, str, str], characters: frozenset[str]) -> bool:
    number, mark, _ = parts
    return bool(mark) and 0 < len(number) <= 3 and set(number) <= characters
