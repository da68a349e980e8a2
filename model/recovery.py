"""Copies of reports being edited, in the user's data folder: what a crash leaves to be recovered.

The window drives it: it notes edits with an :class:`AutosavePolicy`, and when a copy is due hands a
:class:`Snapshot` to a worker that writes it. Each run of the program has a folder of its own whose
name tells the process, so that a later start knows whether that process still runs. Knows nothing of
the report's own file but its path, and never touches it. Reading is done by :mod:`model.recoverable`.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from model.atomic import write_atomically
from model.errors import FileError, WrittenDiffers, explain
from model.file_stamp import FileStamp
from model.long_paths import reachable
from model.places import REPORT_SUFFIX
from model.processes import Process, parse_mark, this_process
from model.report import Report
from model.storage import encode, load

MOST_SECONDS = 10.0
"""How far behind the last edit a copy may be, in seconds."""
MOST_EDITS = 20
"""How far behind it may be, in edits."""
_SECONDS, _EDITS = MOST_SECONDS / 2, MOST_EDITS // 2
"""When a copy is due: the other half is left to a slow disk."""
NEWEST_KEPT = 3
"""Generations kept whatever their age; of the others one for each span between AGES_KEPT."""
AGES_KEPT = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2))

DOCUMENT_NOTE = "document.json"
TARGETS_NOTE = "targets.txt"
GIVEN_UP = ".gone"
"""Ends the names of folders that are being removed."""
_SESSION = re.compile(r"(?P<mark>[0-9a-f.]+)-[0-9a-f]{8}")
_COPY = re.compile(r"(?P<number>[0-9]{6,})-(?P<at>[0-9]{8}T[0-9]{6})" + re.escape(REPORT_SUFFIX))


class CannotAutosave(FileError):
    """A copy could not be written; the report's own file is untouched, the work is in the window."""

    def __init__(self, path: Path, failure: OSError) -> None:
        super().__init__(
            path, f"自动保存没有成功：{explain(failure)}。年报文件没有被改动，内容都在窗口里，请尽快保存。"
        )


class AutosavePolicy:
    """When the next copy is due. Times are seconds of any clock that only goes forward."""

    def __init__(self) -> None:
        self._first: float | None = None
        self._count = 0
        self._taken: tuple[float | None, int] = (None, 0)

    def note_edit(self, now: float) -> None:
        """Count one edit, undo or redo."""
        if self._first is None:
            self._first = now
        self._count += 1

    def seconds_left(self, now: float) -> float | None:
        """Return how long a copy may wait, 0 where it is due; None while there is nothing to copy."""
        if self._first is None:
            return None
        if self._count >= _EDITS:
            return 0.0
        return max(0.0, _SECONDS - (now - self._first))

    def note_taken(self) -> None:
        """Begin to count anew: the report as it stands is on its way to the disk, or saved."""
        self._taken = (self._first, self._count)
        self._first, self._count = None, 0

    def note_failed(self, now: float) -> None:
        """Take back what ``note_taken`` did: that copy was not written. The next one is due in a while."""
        first, count = self._taken
        self._taken = (None, 0)
        if first is not None:
            self._first = now
            self._count = min(self._count + count, _EDITS - 1)


class Snapshot(NamedTuple):
    """A report to be copied: immutable, so that a worker may write it while editing goes on."""

    report: Report
    path: Path | None
    digest: str | None
    """Of the report's own file, as last read or saved; None where there was none."""
    epoch: int


class DocumentCopies:
    """The copies of one open document. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mutex = threading.Lock()
        self._epoch = 0
        self._number = 0
        self._noted: str | None = None

    def snapshot(self, report: Report, path: Path | None, stamp: FileStamp | None) -> Snapshot:
        """Return what :meth:`write` takes; ``path`` is the report's own file, None for an untitled one.

        ``stamp`` is that file's state when it was last read or saved, None where there was none: by it
        the next start knows whether the file has been saved since.
        """
        return Snapshot(report, path, stamp.digest if stamp else None, self._epoch)

    def write(self, snapshot: Snapshot, now: datetime | None = None) -> Path | None:
        """Write a copy and return its place; None where it was discarded meanwhile.

        Raise CannotAutosave. The copy is read back strictly before it gets its name.
        """
        with self._mutex:
            if snapshot.epoch != self._epoch:
                return None
            moment = now or datetime.now()
            try:
                return self._write(snapshot, moment)
            except (FileError, OSError) as failure:
                raise CannotAutosave(self._folder, _cause_of(failure)) from failure

    def discard(self) -> None:
        """Remove all copies: the report was saved, or closed on purpose. Snapshots taken before are void."""
        with self._mutex:
            self._epoch += 1
            self._noted = None
            with suppress(OSError):  # what cannot be removed now is removed by the next start
                remove_tree(self._folder)

    def _write(self, snapshot: Snapshot, moment: datetime) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._note_file(snapshot)
        self._number += 1
        copy = self._folder / f"{self._number:06d}-{moment:%Y%m%dT%H%M%S}{REPORT_SUFFIX}"
        content = encode(snapshot.report)
        write_atomically(copy, lambda temporary: _write_verified(temporary, content))
        self._thin_out(moment)
        return copy

    def _note_file(self, snapshot: Snapshot) -> None:
        path = str(snapshot.path.absolute()) if snapshot.path else None
        note = json.dumps({"path": path, "digest": snapshot.digest})
        if note != self._noted:
            place = self._folder / DOCUMENT_NOTE
            write_atomically(place, lambda temporary: _fill(temporary, note))
            self._noted = note

    def _thin_out(self, moment: datetime) -> None:
        copies = list_copies(self._folder)
        keep = generations_to_keep([copy.at for copy in copies], moment)
        for place, copy in enumerate(copies):
            if place not in keep:
                copy.path.unlink(missing_ok=True)


class Session:
    """One run of the program. Nothing is created before there is something to keep."""

    def __init__(self, folder: Path) -> None:
        mark = f"{this_process().mark}-{os.urandom(4).hex()}"
        self.folder = reachable(folder.absolute() / mark)
        self._documents: list[DocumentCopies] = []
        self._targets: set[Path] = set()

    def open_document(self) -> DocumentCopies:
        """Return the place for the copies of one more document."""
        copies = DocumentCopies(self.folder / str(len(self._documents) + 1))
        self._documents.append(copies)
        return copies

    def note_target(self, path: Path) -> None:
        """Remember a file before it is locked, saved or exported: a crash may leave something beside it.

        Raise CannotAutosave.
        """
        target = path.absolute()
        if target in self._targets:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / TARGETS_NOTE).open("a", encoding="ascii", newline="\n") as file:
                file.write(json.dumps(str(target)) + "\n")
        except OSError as failure:
            raise CannotAutosave(self.folder, failure) from failure
        self._targets.add(target)

    def beat(self) -> None:
        """Give a sign of life every half minute, for other PCs that share the user's data folder."""
        with suppress(OSError):  # nothing was written yet, or the folder is away: then nobody asks either
            os.utime(self.folder)

    def end(self) -> None:
        """Remove all that this run kept: every document was saved or closed on purpose."""
        for copies in self._documents:
            copies.discard()
        with suppress(OSError):  # what cannot be removed now is removed by the next start
            remove_tree(self.folder)


class Copy(NamedTuple):
    """One generation of a document's copies."""

    path: Path
    number: int
    """A greater one was written later, whatever the clock said."""
    at: datetime


def list_copies(folder: Path) -> tuple[Copy, ...]:
    """Return the copies of one document, the newest first; raise OSError."""
    found: list[Copy] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _COPY.fullmatch(path.name)
        if match is not None:
            found.append(Copy(path, int(match["number"]), _moment(match["at"])))
    return tuple(sorted(found, key=lambda copy: copy.number, reverse=True))


def generations_to_keep(times: Sequence[datetime], now: datetime) -> set[int]:
    """Return the places of the copies to keep, of ``times`` given the newest first.

    The newest ones; the oldest in each span between two of AGES_KEPT, which grows old enough for the next
    span; and beyond the last the youngest. Where the clock was set back, copies of the future count as
    new; the number is bounded all the same.
    """
    keep = set(range(min(NEWEST_KEPT, len(times))))
    spans: dict[int, list[int]] = {}
    for place, at in enumerate(times):
        spans.setdefault(sum(now - at >= age for age in AGES_KEPT), []).append(place)
    keep |= {min(places) if span == len(AGES_KEPT) else max(places) for span, places in spans.items()}
    return keep


def process_of(session: Path) -> Process | None:
    """Return the process whose session folder this is, None for any other folder."""
    match = _SESSION.fullmatch(session.name)
    return parse_mark(match["mark"]) if match else None


def remove_tree(folder: Path) -> None:
    """Remove a folder with all in it, or as much as can be; raise OSError where something is left.

    It first gets a name that marks it as given up, so that a process killed meanwhile leaves nothing
    that looks like copies without their note.
    """
    doomed = folder if folder.name.endswith(GIVEN_UP) else folder.with_name(folder.name + GIVEN_UP)
    with suppress(OSError):  # not there, or held open on Windows: then it is emptied under its own name
        folder.rename(doomed)
    for place in {folder, doomed}:
        shutil.rmtree(place, ignore_errors=True)
        if place.exists():
            raise OSError(errno.EBUSY, "not empty", str(place))


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S")
    except ValueError:  # a name changed by hand; its number still orders it
        return datetime.fromtimestamp(0)


def _cause_of(failure: FileError | OSError) -> OSError:
    """Return what the system said; for a copy that does not read back as written, that the disk errs."""
    if isinstance(failure, OSError):
        return failure
    cause = failure.__cause__
    return cause if isinstance(cause, OSError) else OSError(errno.EIO, str(failure))


def _write_verified(temporary: Path, content: bytes) -> None:
    temporary.write_bytes(content)
    if temporary.read_bytes() != content or encode(load(temporary)) != content:
        raise WrittenDiffers(temporary, ("整个文件",))


def _fill(temporary: Path, text: str) -> None:
    temporary.write_text(text, encoding="ascii")
