"""What a file held when it was read or written, to notice that someone else changed it meanwhile.

The content decides, by its hash: shared folders give times of two seconds' grain and of another
clock, and a digit changed leaves the size as it was.
"""

from __future__ import annotations

import errno
import hashlib
import stat
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from model.errors import CannotRead, FileError
from model.long_paths import followed
from model.report import Report
from model.storage import MOST_BYTES, Saved, load, save


class DiskChange(Enum):
    """What became of a file since it was read or written."""

    NONE = "none"
    CHANGED = "changed"
    """It holds something else; for a file that was new it means that one has appeared."""
    GONE = "gone"


class FileStamp(NamedTuple):
    """The state of a file. ``digest`` decides; size and time tell at little cost that nothing moved."""

    size: int
    modified: int
    """In nanoseconds, by the clock of the disk."""
    digest: str


class ChangedOnDisk(FileError):
    """The file is not what was opened or last saved; nothing has been written over it."""

    def __init__(self, path: Path, change: DiskChange) -> None:
        happened = {
            DiskChange.GONE: "在打开以后被移走、改名或删除了",
            DiskChange.CHANGED: "在打开以后被别人或别的程序改过，没有覆盖它",
        }[change]
        super().__init__(
            path,
            f"“{path.name}”{happened}。您填写的内容都在窗口里，可以比较后再决定保存到原处，或者另存一份。",
        )
        self.change = change


class Opened(NamedTuple):
    """A report and the state of the file it was read from."""

    report: Report
    stamp: FileStamp


class SavedOver(NamedTuple):
    """What saving did, and the state of the file after it."""

    saved: Saved
    stamp: FileStamp | None


def take(path: Path) -> FileStamp | None:
    """Return the state of a file, None where there is none; raise CannotRead."""
    try:
        place = followed(path)
        status = place.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EISDIR if place.is_dir() else errno.ENODEV, "is no file", str(place))
        with place.open("rb") as file:
            digest = hashlib.sha256(file.read(MOST_BYTES + 1)).hexdigest()
        status = place.stat()
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise CannotRead(path, failure) from failure
    return FileStamp(status.st_size, status.st_mtime_ns, digest)


def seems_untouched(path: Path, known: FileStamp) -> bool:
    """Tell by size and time alone, for a look every few seconds, that a file was not written."""
    try:
        status = followed(path).stat()
    except OSError:  # gone or out of reach: worth a closer look
        return False
    return (status.st_size, status.st_mtime_ns) == (known.size, known.modified)


def change_since(path: Path, known: FileStamp | None) -> DiskChange:
    """Return what became of a file since ``known`` (None: there was no file); raise CannotRead."""
    current = take(path)
    if current is None:
        return DiskChange.GONE if known is not None else DiskChange.NONE
    if known is None or current.digest != known.digest:
        return DiskChange.CHANGED
    return DiskChange.NONE


def open_stamped(path: Path) -> Opened:
    """Read a report with the state of its file, both of one moment; raise FileError."""
    for _ in range(5):
        before = take(path)
        report = load(path)
        after = take(path)
        if before is not None and after is not None and before.digest == after.digest:
            return Opened(report, after)
    raise CannotRead(path, OSError(errno.EBUSY, "written again and again"))


def save_over(report: Report, path: Path, known: FileStamp | None, backup_folder: Path | None) -> SavedOver:
    """Save a report over a file that is still what it was when ``known`` was taken.

    ``known`` is None for a file that should not exist yet. Raise ChangedOnDisk, or what
    :func:`model.storage.save` raises. To overwrite all the same, pass ``take(path)`` as ``known``.
    """
    change = change_since(path, known)
    if change is not DiskChange.NONE:
        raise ChangedOnDisk(path, change)
    saved = save(report, path, backup_folder)
    return SavedOver(saved, take(path))
