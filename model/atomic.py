"""Put a file in its place whole or not at all: temp file beside it, flush, fsync, replace."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from model.errors import CannotWrite


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Replace ``path`` by what ``write`` puts into a temp file; a link is followed, not replaced.

    ``write`` gets the path of an empty file in the same folder, to be filled and, if it likes, read
    back: what it raises leaves ``path`` as it was. Raise CannotWrite where the system refuses.
    """
    temporary: Path | None = None
    try:
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(target))
        temporary = _create_beside(target)
        write(temporary)
        _flush_to_disk(temporary)
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
        temporary = None
        _flush_folder(target.parent)
    except OSError as failure:
        raise CannotWrite(path, failure) from failure
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def _create_beside(target: Path) -> Path:
    temporary = target.parent / f".xxgk-{secrets.token_hex(6)}.tmp"
    temporary.touch(exist_ok=False)
    return temporary


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable where the system has a way to (Windows has none)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
