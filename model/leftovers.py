"""Temp files that bear their maker's mark, so that those of a process that was killed can be removed.

Beside a report they may lie in a folder shared by several PCs: what a living process or another
machine made is left alone until it is old.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from model.processes import Life, life_of, parse_mark, this_process

OLD = 24 * 3600.0
"""Seconds after which a temp file of another machine is nobody's any more."""

_NAME = re.compile(r"\.xxgk-(?P<mark>[0-9a-f.]*)-[0-9a-f]{8}\.tmp")


def temporary_name() -> str:
    """Return a name for a temp file of this process that no other file bears."""
    return f".xxgk-{this_process().mark}-{os.urandom(4).hex()}.tmp"


def sweep(folder: Path) -> int:
    """Remove the temp files in a folder that nobody will need; return how many."""
    removed = 0
    for file in tuple(_temporary_files(folder)):
        if _is_nobodys(file):
            removed += _remove(file)
    return removed


def _temporary_files(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.glob(".xxgk-*.tmp")
    except OSError:  # the folder is gone or out of reach: so is what was left in it
        return


def _is_nobodys(file: Path) -> bool:
    match = _NAME.fullmatch(file.name)
    process = parse_mark(match["mark"]) if match else None
    life = life_of(process) if process else Life.UNKNOWN
    return life is Life.DEAD or (life is Life.UNKNOWN and _age(file) > OLD)


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:  # removed meanwhile
        return 0.0


def _remove(file: Path) -> int:
    try:
        file.unlink()
    except OSError:  # another process swept it first, or the folder is read-only: it does no harm
        return 0
    return 1
