"""Put a file in its place whole or not at all: temp file beside it, flush, fsync, replace."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from model.errors import CannotWrite
from model.leftovers import temporary_name
from model.long_paths import followed, reachable

_BUSY = (5, 32, 33)
"""What Windows answers while another program, such as a virus scanner, looks at a file."""
_PATIENCE = (0.02, 0.05, 0.1, 0.2)
"""Seconds between the attempts to replace a busy file."""


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Replace ``path`` by what ``write`` puts into a temp file; a link is followed, not replaced.

    ``write`` gets the path of an empty file in the same folder, to be filled and, if it likes, read
    back: what it raises leaves ``path`` as it was. Raise CannotWrite where the system refuses.
    """
    temporary: Path | None = None
    try:
        target = followed(path)
        _require_replaceable(target)
        temporary = _create_beside(target)
        write(temporary)
        _flush_to_disk(temporary)
        _take_over_mode(target, temporary)
        replace_patiently(temporary, target)
        temporary = None
        _flush_folder(target.parent)
    except OSError as failure:
        raise CannotWrite(path, failure) from failure
    finally:
        if temporary is not None:
            with suppress(OSError):  # the failure that is on its way says more; a later sweep removes it
                temporary.unlink()


def _require_replaceable(target: Path) -> None:
    """Raise OSError for what a file must not take the place of; Windows refuses marked files by itself."""
    if target.is_symlink():
        raise OSError(errno.ELOOP, "links go in a circle", str(target))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory", str(target))
    if target.exists() and not target.is_file():
        raise OSError(errno.ENODEV, "is no regular file", str(target))
    if target.exists() and not os.access(target, os.W_OK):
        target.open("r+b").close()  # raises with the system's own reason: the file or the whole disk
        raise PermissionError(errno.EACCES, "is read-only", str(target))


def replace_patiently(source: Path, target: Path) -> None:
    """Rename ``source`` over ``target``, waiting a little where Windows finds one of them busy."""
    for pause in _PATIENCE:
        try:
            source.replace(target)
        except OSError as failure:
            if getattr(failure, "winerror", None) not in _BUSY:
                raise
            time.sleep(pause)
        else:
            return
    source.replace(target)


def _create_beside(target: Path) -> Path:
    temporary = reachable(target.parent / temporary_name())
    temporary.touch(exist_ok=False)
    return temporary


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        file.flush()
        os.fsync(file.fileno())


def _take_over_mode(target: Path, temporary: Path) -> None:
    """Give the new file the mode of the former one and, where we may, its group: others work with it too."""
    if not target.exists():
        return
    status = target.stat()
    with suppress(OSError):  # FAT and some shares keep no modes: the content matters more
        if sys.platform != "win32" and temporary.stat().st_gid != status.st_gid:
            os.chown(temporary, -1, status.st_gid)
    with suppress(OSError):
        temporary.chmod(status.st_mode & 0o777)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable where the system has a way to (Windows has none)."""
    if os.name != "posix":
        return
    with suppress(OSError):  # shares refuse it; the file is in place, and either version of it is whole
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
