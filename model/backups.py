"""Versions of report files, dated, in the user's data folder: bounded in number, age and in all.

Every save leaves a copy, and so does what was found changed before it. A number in the name orders
them, since clocks are set back. A file's own folder bears its name and a mark of its whole path.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from model.leftovers import sweep, temporary_name
from model.long_paths import followed, reachable
from model.places import REPORT_SUFFIX

KEPT = 20
"""Versions kept of one file."""
KEPT_ALWAYS = 3
"""Versions of one file that age does not remove: a clock that ran ahead must not cost them."""
MOST = 1000
"""Versions kept of all files together."""
OLDEST_DAYS = 800
"""Days after which a version is removed: last year's report is needed for this year's."""

_ORIGIN = "origin.txt"
_NAME = re.compile(r"(?P<number>[0-9]{6,})-(?P<at>[0-9]{8}-[0-9]{6})\..*", re.DOTALL)


class Backup(NamedTuple):
    """One kept version."""

    path: Path
    number: int
    """Counts the versions of a file; a greater one was kept later, whatever the clock said."""
    at: datetime
    """When the version had been written, by the clock of that day."""


class Origin(NamedTuple):
    """A file of which versions are kept; it may be gone by now."""

    path: Path
    backups: tuple[Backup, ...]


def keep(path: Path, folder: Path, now: Callable[[], datetime] | None = None) -> Path | None:
    """Copy a report file as it stands into the backups; return the copy, None where there is no file.

    A version that is the newest one already is not copied again. It is dated by the file's own time,
    unless ``now`` gives another. Raise OSError where the system refuses.
    """
    source = followed(path)
    if not source.exists():
        return None
    own = _folder_of(path, folder)
    former = list_backups(path, folder)
    if former and _same_content(former[0].path, source):
        return former[0].path
    own.mkdir(parents=True, exist_ok=True)
    _note_origin(own, path)
    at = now() if now else _written_at(source)
    copy = _copy_durably(source, own, former[0].number + 1 if former else 1, at)
    for old in list_backups(path, folder)[KEPT:]:
        old.path.unlink(missing_ok=True)
    return copy


def list_backups(path: Path, folder: Path) -> tuple[Backup, ...]:
    """Return the kept versions of a report file, the newest first."""
    return _backups_in(_folder_of(path, folder))


def versions(path: Path, folder: Path) -> tuple[Path, ...]:
    """Return the files of the kept versions of a report file, the newest first."""
    return tuple(backup.path for backup in list_backups(path, folder))


def list_origins(folder: Path) -> tuple[Origin, ...]:
    """Return every file that has kept versions, those of the newest ones first; files long gone too."""
    found = (_origin_in(own) for own in _folders(folder))
    return tuple(sorted((o for o in found if o.backups), key=lambda o: o.backups[0].at, reverse=True))


def tidy(folder: Path, now: float | None = None) -> int:
    """Remove versions that are too old or too many in all, and what a crash left; return how many."""
    moment = time.time() if now is None else now
    removed = 0
    rest: list[tuple[float, Path]] = []
    for own in _folders(folder):
        removed += sweep(own)
        for place, backup in enumerate(_backups_in(own)):
            written = _written(backup.path)
            if place >= KEPT or (place >= KEPT_ALWAYS and moment - written > OLDEST_DAYS * 86400):
                removed += _remove(backup.path)
            elif place > 0:
                rest.append((written, backup.path))
    for _, path in sorted(rest, reverse=True)[MOST:]:
        removed += _remove(path)
    return removed


def purge(folder: Path) -> int:
    """Remove every kept version of every file; return how many there were. Raise OSError."""
    count = sum(len(_backups_in(own)) for own in _folders(folder))
    if folder.is_dir():
        shutil.rmtree(folder)
    return count


def _folder_of(path: Path, folder: Path) -> Path:
    """Return the folder for one file's versions: told apart by the whole path, readable by its name."""
    whole = os.path.normcase(os.path.realpath(path))
    mark = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return reachable(folder.absolute() / f"{path.stem[:40].rstrip(' .')}-{mark}")


def _folders(folder: Path) -> tuple[Path, ...]:
    return tuple(own for own in folder.iterdir() if own.is_dir()) if folder.is_dir() else ()


def _backups_in(own: Path) -> tuple[Backup, ...]:
    return tuple(sorted(_read_names(own), key=lambda backup: backup.number, reverse=True))


def _read_names(own: Path) -> Iterator[Backup]:
    for path in own.iterdir() if own.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        try:
            at = datetime.strptime(match["at"], "%Y%m%d-%H%M%S")
        except ValueError:  # a name that only looks like one of ours
            continue
        yield Backup(path, int(match["number"]), at)


def _origin_in(own: Path) -> Origin:
    try:
        named = (own / _ORIGIN).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # the versions are still good; only their file's path is not known
        named = ""
    return Origin(Path(named or own.name), _backups_in(own))


def _note_origin(own: Path, path: Path) -> None:
    note = own / _ORIGIN
    named = os.path.realpath(path).encode("utf-8", "surrogateescape")
    if note.exists() and note.read_bytes() == named:
        return
    temporary = own / temporary_name()
    try:
        temporary.write_bytes(named)
        temporary.replace(note)
    finally:
        temporary.unlink(missing_ok=True)


def _copy_durably(source: Path, own: Path, number: int, at: datetime) -> Path:
    """Copy a file under a name that no other version has, whole or not at all."""
    temporary = own / temporary_name()
    try:
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        copy = _free_name(own, number, at, source.suffix)
        return temporary.replace(copy)
    finally:
        temporary.unlink(missing_ok=True)


def _free_name(own: Path, number: int, at: datetime, suffix: str) -> Path:
    taken = {backup.number for backup in _backups_in(own)}
    while number in taken:
        number += 1
    return own / f"{number:06d}-{at:%Y%m%d-%H%M%S}{suffix or REPORT_SUFFIX}"


def _same_content(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
    except FileNotFoundError:
        return False


def _written_at(source: Path) -> datetime:
    """Return when a file was written; now, where its disk gives a time of no calendar."""
    try:
        at = datetime.fromtimestamp(source.stat().st_mtime)
    except (ValueError, OverflowError):
        at = datetime.now()
    return at if at.year > 1000 else datetime.now()


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # removed meanwhile
        return 0.0


def _remove(path: Path) -> int:
    try:
        path.unlink()
    except OSError:  # gone already, or held open on Windows: the next tidying comes by
        return 0
    return 1
