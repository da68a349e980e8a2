"""Former versions of report files, dated, in the user's data folder: bounded in number."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

KEPT = 20
"""Versions kept of one file."""


def keep(path: Path, folder: Path, now: Callable[[], datetime] = datetime.now) -> Path | None:
    """Copy a report file as it stands into the backups; return the copy, None where there is no file.

    Raise OSError where the system refuses.
    """
    if not path.exists():
        return None
    own = _folder_of(path, folder)
    own.mkdir(parents=True, exist_ok=True)
    copy = _free_name(own / f"{now():%Y%m%d-%H%M%S}{path.suffix}")
    shutil.copyfile(path, copy)
    for old in versions(path, folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def versions(path: Path, folder: Path) -> tuple[Path, ...]:
    """Return the kept versions of a report file, the newest first."""
    return tuple(sorted(_folder_of(path, folder).glob(f"*{path.suffix}"), reverse=True))


def _folder_of(path: Path, folder: Path) -> Path:
    """Return the folder for one file's versions: told apart by the whole path, readable by its name."""
    mark = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return folder / f"{path.stem[:40]}-{mark}"


def _free_name(path: Path) -> Path:
    number = 0
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number:02d}")
    return free
