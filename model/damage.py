"""A report file that does not open: copy it aside, name the newest good version, offer what can be read."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.backups import Backup, list_backups
from model.errors import CannotRead, CannotWrite, FileError, NewerVersion
from model.leftovers import sweep, temporary_name
from model.long_paths import followed, reachable
from model.report import Report
from model.salvage import Salvaged, salvage
from model.storage import load

MOST_COPIES = 20
"""Copies of damaged files kept in all."""


@dataclass(frozen=True)
class GoodBackup:
    """A kept version that opens."""

    backup: Backup
    report: Report


@dataclass(frozen=True)
class Damage:
    """What is known of a file that did not open."""

    path: Path
    failure: FileError
    salvaged: Salvaged | None
    """What can still be read of it; None where that is nothing, or a newer program wrote it."""
    backup: GoodBackup | None


def examine(path: Path, failure: FileError, backup_folder: Path) -> Damage:
    """Find out what can be had instead of a file that did not open; ``failure`` is what opening raised."""
    is_ours_to_mend = not isinstance(failure, NewerVersion | CannotRead)
    return Damage(
        path, failure, salvage(path) if is_ours_to_mend else None, newest_good_backup(path, backup_folder)
    )


def newest_good_backup(path: Path, backup_folder: Path) -> GoodBackup | None:
    """Return the newest kept version of a file that opens, None where there is none.

    One that is not as the program wrote it counts only where there is no other.
    """
    doubtful: GoodBackup | None = None
    for backup in list_backups(path, backup_folder):
        try:
            found = GoodBackup(backup, load(backup.path))
        except FileError:  # this version was damaged when it was kept: an older one may be good
            continue
        if not found.report.modified_outside:
            return found
        doubtful = doubtful or found
    return doubtful


def copy_aside(path: Path, folder: Path) -> Path:
    """Copy a damaged file, byte for byte, before anything is written over it; return the copy.

    Raise CannotRead or CannotWrite.
    """
    place = reachable(folder.absolute())
    name = f"{datetime.now():%Y%m%d-%H%M%S}-{path.stem[:60].rstrip(' .')}"
    try:
        content = followed(path).open("rb")
    except OSError as failure:
        raise CannotRead(path, failure) from failure
    temporary = place / temporary_name()
    try:
        with content as source:
            place.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as target:
                shutil.copyfileobj(source, target)
        copy = temporary.replace(_free_name(place, name, path.suffix))
    except OSError as failure:
        with suppress(OSError):  # the failure that is on its way says more; a later sweep removes it
            temporary.unlink()
        raise CannotWrite(place / name, failure) from failure
    _bound(place, copy)
    return copy


def _free_name(folder: Path, name: str, suffix: str) -> Path:
    copy = folder / f"{name}{suffix}"
    number = 1
    while copy.exists():
        number += 1
        copy = folder / f"{name}-{number}{suffix}"
    return copy


def _bound(folder: Path, newest: Path) -> None:
    """Remove the oldest copies; the one just made stays even where the clock was set back."""
    sweep(folder)
    others = [file for file in folder.iterdir() if file.is_file() and file != newest]
    others.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    for old in others[MOST_COPIES - 1 :]:
        old.unlink(missing_ok=True)
