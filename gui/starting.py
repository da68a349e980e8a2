"""Which of several starts at one moment becomes the program: a mark in a file, until it listens.

Somebody who opens five files at once starts the program five times. Loads no Qt.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

from model.places import user_data_folder
from model.processes import Life, life_of, parse_mark, this_process

_LONGEST = 60.0
"""Seconds after which a start counts as one that will not listen any more."""
_UNFINISHED = 2.0
"""Seconds that a mark may be empty."""


def begin(place: str) -> bool:
    """Tell whether this start is to become the program; False where another one is on its way."""
    mark = _mark_of(place)
    for _ in range(2):
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            with mark.open("x", encoding="ascii") as file:
                file.write(this_process().mark)
        except FileExistsError:
            if _is_on_its_way(mark):
                return False
            with suppress(OSError):  # another start has removed it already
                mark.unlink()
        except OSError:  # nowhere to leave a mark: each start is a program of its own, which is safe
            return True
        else:
            return True
    return True


def end(place: str) -> None:
    """Remove the mark of this start: it listens now, or ends."""
    mark = _mark_of(place)
    with suppress(OSError):  # it was not made, or counts for nothing soon
        if mark.read_bytes() == this_process().mark.encode("ascii"):
            mark.unlink()


def _mark_of(place: str) -> Path:
    return user_data_folder() / f"{place}.start" if sys.platform == "win32" else Path(f"{place}.start")


def _is_on_its_way(mark: Path) -> bool:
    try:
        process = parse_mark(mark.read_bytes()[:200].decode("ascii", "replace"))
        age = abs(time.time() - mark.stat().st_mtime)
    except OSError:  # gone meanwhile
        return False
    if process is None:
        return age < _UNFINISHED
    return age < _LONGEST and life_of(process) is Life.ALIVE
