"""The sub-headings of a text, and whether anything stands below them. Pure."""

from __future__ import annotations

import re

_HEADING = re.compile(r"（[一二三四五六七八九十]+）|[0-9]{1,2}[.．、]|[一二三四五六七八九十]+、")
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
    return bool(_HEADING.match(line)) and len(line) <= _LONGEST_HEADING and "。" not in line
