r"""Paths that Windows finds too long: it takes 260 characters, or 32,767 behind the mark ``\\?\``."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

_LONG = 230
"""Characters from which the mark is set: a temp name beside the file may be longer than its own."""
_MARK = "\\\\?\\"


def reachable(path: Path) -> Path:
    """Return an absolute path in the form in which the system finds it; itself on other systems."""
    return Path(marked(str(path))) if os.name == "nt" else path


def followed(path: Path) -> Path:
    """Return the reachable path that links lead to; one that goes in a circle leads back to itself.

    ``Path.resolve`` raises RuntimeError there before Python 3.13.
    """
    return reachable(Path(os.path.realpath(path)))


def path_named(told: object) -> Path | None:
    """Return the path that a note of an earlier run names, None for what can be the path of no file."""
    if not isinstance(told, str):
        return None
    try:
        os.fsencode(told)
    except UnicodeEncodeError:
        return None
    path = Path(told)
    return path if path.is_absolute() and "\0" not in told else None


def marked(text: str) -> str:
    """Return a Windows path with the mark for long ones, where it is long, absolute and bears none."""
    path = PureWindowsPath(text)
    if len(text) < _LONG or text.startswith(_MARK) or not path.is_absolute():
        return text
    if text.startswith("\\\\"):
        return f"{_MARK}UNC{str(path)[1:]}"
    return f"{_MARK}{path}"
