"""What a window has of its report's file besides the report: its state, the right to write it, copies."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from model.file_lock import FileLock, LockLost
from model.file_stamp import FileStamp
from model.recovery import DocumentCopies


@dataclass
class FileHold:
    """Made when a report is opened, let go when it is closed."""

    copies: DocumentCopies
    path: Path | None = None
    """The file; None for a report that was never saved."""
    stamp: FileStamp | None = None
    """What the file held when it was last read or saved; None where there was none."""
    lock: FileLock | None = None
    """None for a report without a file, and for one that is only read."""
    lost: LockLost | None = None
    """Who took the file over while it was open here."""

    def release(self) -> None:
        """Let others write the file, and drop the copies: the report was saved or closed on purpose."""
        self.unlock()
        self.copies.discard()

    def unlock(self) -> None:
        """Let others write the file."""
        if self.lock is not None:
            self.lock.release()
        self.lock = None
        self.lost = None


def is_same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one place, links followed; neither need exist."""
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))
