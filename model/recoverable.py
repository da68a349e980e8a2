"""What can be recovered at a start: the copies of runs that ended without closing their reports.

Copies of a run that still lives are not offered. Those that are taken or declined are set aside for a
while, bounded in number and age. Reading may touch folders on a network: call it in a worker.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from model.errors import FileError
from model.file_lock import remove_if_gone
from model.file_stamp import take
from model.leftovers import sweep
from model.lock_record import QUIET_AFTER
from model.long_paths import followed, path_named, reachable
from model.processes import Life, life_of
from model.recovery import DOCUMENT_NOTE, GIVEN_UP, TARGETS_NOTE, Copy, list_copies, process_of, remove_tree
from model.report import Report
from model.restoring import Differences, differences
from model.storage import encode, load, read_content

SET_ASIDE = "declined"
MOST_ASIDE = 20
"""Documents whose copies stay set aside."""
OLDEST_DAYS = 30
"""Days after which they are removed, and after which copies nobody decided on are set aside."""
MOST_OFFERED = 20
"""Documents offered at a start; older ones are set aside."""


@dataclass(frozen=True)
class Recoverable:
    """One document whose work was not saved, with the newest of its copies that is good."""

    folder: Path
    path: Path | None
    """The report's own file, None for one that was never saved."""
    at: datetime
    """When the copy was written."""
    report: Report
    copies: tuple[Copy, ...]
    """Every generation from the good one on, the newest first."""
    unreadable: int
    """Newer generations that could not be read."""
    saved: Report | None
    """What the report's own file holds now; None where there is none or it cannot be read."""
    saved_later: bool
    """The report's own file is not what it was when the copy was written: saved since, here or elsewhere."""
    differences: Differences
    """From the saved file to the copy."""

    @property
    def unit(self) -> str:
        """The unit's name, or what stands for it."""
        return self.report.unit_name.strip() or "（未填机关名称）"

    @property
    def year(self) -> int | None:
        """The report's year."""
        return self.report.year


def find(folder: Path) -> tuple[Recoverable, ...]:
    """Return what runs that ended without closing left behind, the latest first; nothing is changed.

    A document whose newest copy is what its file holds has lost nothing and is left out.
    """
    places = (place for session in _ended_sessions(folder) for place in _documents(session))
    return _read_all(places)


def find_set_aside(folder: Path) -> tuple[Recoverable, ...]:
    """Return what was taken or declined and is still there, the latest first."""
    return _read_all(_subfolders(reachable(folder.absolute() / SET_ASIDE)))


def set_aside(folder: Path, recoverable: Recoverable) -> None:
    """Offer a document's copies no more, but keep them for a while; raise OSError.

    For what was declined, and for what was taken once the first copy of the new run is written.
    """
    _move_aside(folder, recoverable.folder)


def tidy(folder: Path, backup_folder: Path | None = None) -> int:
    """Remove what runs that ended left behind and nobody needs; return how many things that were.

    These are temp files and locks beside the reports they wrote, copies that lost nothing, and copies
    set aside beyond the bounds. To be called once a start, in a worker, after :func:`find`.
    """
    root = reachable(folder.absolute())
    removed = sum(_remove(place) for place in _subfolders(root) if place.name.endswith(GIVEN_UP))
    removed += sum(_tidy_session(session) for session in _ended_sessions(root))
    removed += _bound_offered(root)
    removed += _bound_set_aside(root / SET_ASIDE)
    if backup_folder is not None:
        removed += sum(sweep(own) for own in _subfolders(backup_folder))
    return removed


def purge(folder: Path) -> int:
    """Remove all copies but those of runs that live; return of how many documents. Raise OSError."""
    root = reachable(folder.absolute())
    sessions = tuple(_ended_sessions(root))
    count = sum(len(_documents(session)) for session in sessions) + len(_subfolders(root / SET_ASIDE))
    for place in (*sessions, root / SET_ASIDE):
        remove_tree(place)
    return count


# ---------------------------------------------------------------- reading


def _ended_sessions(folder: Path) -> Iterator[Path]:
    for session in _subfolders(reachable(folder.absolute())):
        process = process_of(session)
        if process is None:
            continue
        life = life_of(process)
        if life is Life.DEAD or (life is Life.UNKNOWN and _age(session) > QUIET_AFTER):
            yield session


def _subfolders(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(entry for entry in folder.iterdir() if entry.is_dir()))
    except OSError:  # nothing was ever kept there, or it is out of reach: nothing to offer
        return ()


def _documents(session: Path) -> tuple[Path, ...]:
    return tuple(place for place in _subfolders(session) if place.name.isdecimal())


def _age(place: Path) -> float:
    """Return the seconds since a file or folder was touched; 0 for one of the future."""
    try:
        return max(0.0, time.time() - place.stat().st_mtime)
    except OSError:  # gone meanwhile
        return 0.0


def _read_all(places: Iterable[Path]) -> tuple[Recoverable, ...]:
    found = [recoverable for recoverable in map(_read, places) if recoverable is not None]
    return tuple(sorted(found, key=lambda recoverable: recoverable.at, reverse=True))


def _read(place: Path) -> Recoverable | None:
    """Return what a document's folder has to offer; None where that is nothing."""
    try:
        copies = list_copies(place)
    except OSError:  # another start has just set it aside
        return None
    doubtful: tuple[int, Report] | None = None
    for newest, copy in enumerate(copies):
        try:
            report = load(copy.path)
        except FileError:  # this generation is damaged: an older one is good
            continue
        if not report.modified_outside:
            return _describe(place, report, copies[newest:], newest)
        doubtful = doubtful or (newest, report)
    if doubtful is None:
        return None
    newest, report = doubtful
    return _describe(place, report, copies[newest:], newest)


def _describe(place: Path, report: Report, copies: tuple[Copy, ...], unreadable: int) -> Recoverable | None:
    path, digest = _own_file(place)
    saved = _saved(path)
    if saved is not None and encode(saved) == encode(report):
        return None
    return Recoverable(
        folder=place,
        path=path,
        at=copies[0].at,
        report=report,
        copies=copies,
        unreadable=unreadable,
        saved=saved,
        saved_later=path is not None and _digest(path) not in (None, digest),
        differences=differences(saved, report),
    )


def _own_file(place: Path) -> tuple[Path | None, str | None]:
    """Return the report's own file and the digest it had; None where that is not known."""
    try:
        note = _understand(read_content(place / DOCUMENT_NOTE))
    except FileError:  # the copies are good all the same
        return None, None
    if not isinstance(note, dict):
        return None, None
    digest = note.get("digest")
    return path_named(note.get("path")), digest if isinstance(digest, str) else None


def _understand(note: bytes) -> object:
    """Return what a line of a run's notes says, None for what a crash or a bad disk made of it."""
    try:
        return json.loads(note)
    except (ValueError, RecursionError):
        return None


def _saved(path: Path | None) -> Report | None:
    if path is None:
        return None
    try:
        return load(path)
    except FileError:  # the copy stands in for it
        return None


def _digest(path: Path) -> str | None:
    try:
        stamp = take(path)
    except FileError:  # out of reach: reading it has said so already
        return None
    return stamp.digest if stamp else None


# ---------------------------------------------------------------- tidying


def _tidy_session(session: Path) -> int:
    removed = sum(_tidy_beside(target) for target in _targets(session))
    kept = 0
    for place in _documents(session):
        removed += sweep(place)
        own, _ = _own_file(place)
        removed += _tidy_beside(own) if own else 0
        kept += _read(place) is not None
    if kept == 0:
        return removed + _remove(session)
    gone = (place for place in _subfolders(session) if place.name.endswith(GIVEN_UP))
    return removed + sum(_remove(place) for place in gone)


def _tidy_beside(path: Path) -> int:
    folders = {path.parent, followed(path).parent}  # through a link the temp file lies beside the file itself
    return sum(sweep(folder) for folder in folders) + remove_if_gone(path)


def _targets(session: Path) -> list[Path]:
    try:
        lines = read_content(session / TARGETS_NOTE).splitlines()
    except FileError:  # the run wrote no file
        return []
    named = (path_named(_understand(line)) for line in lines)
    return [path for path in named if path is not None]


def _bound_offered(root: Path) -> int:
    places = [place for session in _ended_sessions(root) for place in _documents(session)]
    places.sort(key=_age)
    old = [
        place
        for number, place in enumerate(places)
        if number >= MOST_OFFERED or _age(place) > OLDEST_DAYS * 86400
    ]
    for place in old:
        with suppress(OSError):  # out of reach or held open: it stays on offer till the next start
            _move_aside(root, place)
    return len(old)


def _move_aside(root: Path, place: Path) -> None:
    aside = reachable(root.absolute()) / SET_ASIDE
    aside.mkdir(parents=True, exist_ok=True)
    sweep(place)
    target = aside / f"{datetime.now():%Y%m%d-%H%M%S}-{os.urandom(4).hex()}"
    place.replace(target)
    os.utime(target)
    if not _documents(place.parent) and not (place.parent / TARGETS_NOTE).exists():
        with suppress(OSError):  # the next tidying removes what is left of that run
            place.parent.rmdir()


def _bound_set_aside(aside: Path) -> int:
    places = sorted(_subfolders(aside), key=_age)
    extra = [
        place
        for number, place in enumerate(places)
        if number >= MOST_ASIDE or _age(place) > OLDEST_DAYS * 86400
    ]
    return sum(sweep(place) for place in places) + sum(_remove(place) for place in extra)


def _remove(place: Path) -> int:
    try:
        remove_tree(place)
    except OSError:  # held open on Windows: the next start comes by
        return 0
    return 1
