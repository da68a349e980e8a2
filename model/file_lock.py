"""One report, one window that writes it: a lock file beside the report says who, where and since when.

Made by creating a file that must not exist yet, which works on local disks and on SMB and NFS shares
alike; locks of the operating system are not relied on. A lock that a crash left behind is replaced
without asking; a folder that cannot be written to is worked in without a lock, and that is said.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path

from model.atomic import replace_patiently
from model.errors import FileError, explain
from model.leftovers import temporary_name
from model.lock_record import (
    BEAT,
    QUIET_AFTER,
    UNFINISHED,
    Holder,
    content_of,
    hide,
    lock_place,
    read_holder,
    token_of,
)

__all__ = [
    "BEAT",
    "QUIET_AFTER",
    "Beat",
    "FileLock",
    "Holder",
    "LockLost",
    "OpenElsewhere",
    "acquire",
    "holder_of",
    "remove_if_gone",
    "take_over",
]

_PATIENCE = 3.0
"""Seconds to wait for one who is just making, replacing or removing a lock file."""
_SETTLE = 0.1
"""Seconds that a taken-over lock is left alone before it is looked at again: the last writer has it."""


class OpenElsewhere(FileError):
    """Someone has the report open; ``holder`` says who."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(
            path,
            f"“{path.name}”正由{holder.who}打开编辑。可以只读打开、另存一份副本；确知对方已不再编辑时，可以接管。",
        )
        self.holder = holder


class LockLost(FileError):
    """Someone took the report over while it was open here."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(
            path,
            f"“{path.name}”已由{holder.who}接管。您填写的内容还在窗口里；要保存的话请另存一份，免得互相覆盖。",
        )
        self.holder = holder


class Beat(Enum):
    """What giving a sign of life came to."""

    KEPT = "kept"
    UNREACHABLE = "unreachable"
    """The folder could not be reached or written this time; try again at the next beat."""
    NONE = "none"
    """There is no lock to keep: it was released or could never be made."""


class FileLock:
    """The right to write one report. ``failure`` says in Chinese why there is none to be had here.

    Safe to use from several threads: the beats may run in a worker, where a share that is away
    does not hold up the window.
    """

    def __init__(self, path: Path, token: str, since: datetime, failure: str = "") -> None:
        self.path = path
        self.failure = failure
        self._place = lock_place(path)
        self._token = token
        self._since = since
        self._beats = 0
        self._held = not failure
        self._mutex = threading.Lock()

    @property
    def is_held(self) -> bool:
        """Tell whether the lock file is ours; without one the report may be edited, but unguarded."""
        return self._held

    def beat(self) -> Beat:
        """Give a sign of life, every BEAT seconds; raise LockLost where someone took the report over."""
        with self._mutex:
            if not self._held:
                return Beat.NONE
            try:
                self._sign()
            except OSError:  # told to the caller as what it is: a share that is away for a while
                return Beat.UNREACHABLE
            return Beat.KEPT

    def release(self) -> None:
        """Let others write the report; nothing is left behind. May be called again."""
        with self._mutex:
            if not self._held:
                return
            self._held = False
            with suppress(OSError):  # out of reach: others see by the missing signs that we are gone
                if token_of(self._place) == self._token:
                    self._place.unlink(missing_ok=True)

    def _sign(self) -> None:
        """Write the next beat over the last one, in place and of the same length."""
        self._beats += 1
        content = content_of(self._token, self._since, self._beats)
        held_by = token_of(self._place)
        if held_by is None and _create(self._place, content):
            return
        if held_by != self._token:
            self._lose()
        with self._place.open("r+b") as file:
            file.write(content)

    def _lose(self) -> None:
        holder = read_holder(self._place)
        if holder is None or holder.token == self._token:
            return
        self._held = False
        raise LockLost(self.path, holder)


def acquire(path: Path) -> FileLock:
    """Lock a report for writing; raise OpenElsewhere where someone living has it.

    Where no lock file can be made the lock that is returned is not held and says why.
    """
    return _obtain(path, None)


def take_over(path: Path, holder: Holder) -> FileLock:
    """Lock a report although ``holder`` has it; raise OpenElsewhere where it is another by now."""
    return _obtain(path, holder)


def holder_of(path: Path) -> Holder | None:
    """Return who has a report open, None where nobody living has or the folder is out of reach."""
    try:
        holder = read_holder(lock_place(path))
    except OSError:  # nothing can be known; opening the report itself will say what is wrong
        return None
    return None if holder is None or holder.is_gone else holder


def remove_if_gone(path: Path) -> bool:
    """Remove the lock that a crash left beside a report; tell whether there was one."""
    place = lock_place(path)
    try:
        holder = read_holder(place)
        if holder is None or not holder.is_gone:
            return False
        with _guard(place) as is_ours:
            if not is_ours or token_of(place) != holder.token:
                return False
            place.unlink()
    except OSError:  # read-only or away: it will be replaced when the report is next opened
        return False
    return True


def _obtain(path: Path, unwanted: Holder | None) -> FileLock:
    lock = FileLock(path, os.urandom(8).hex(), datetime.now().astimezone())
    try:
        _compete(lock, unwanted)
    except OSError as failure:
        return FileLock(path, "", lock._since, f"没有加上“正在编辑”的标记：{explain(failure)}")
    return lock


def _compete(lock: FileLock, unwanted: Holder | None) -> None:
    """Put the lock file in place, once those before are gone; raise OpenElsewhere or OSError."""
    content = content_of(lock._token, lock._since)
    deadline = time.monotonic() + _PATIENCE
    while not _create(lock._place, content):
        holder = read_holder(lock._place)
        if holder is None:
            continue
        if holder.token == lock._token:  # made, but a share lost the answer that it was
            return
        left = deadline - time.monotonic()
        is_rubbish = holder.process is None and left < _PATIENCE - UNFINISHED
        is_wanted = unwanted is None or holder.token != unwanted.token
        is_in_the_way = is_wanted and not holder.is_gone and not is_rubbish
        if not is_in_the_way and _replace(lock._place, holder, lock._token, content):
            return
        if (is_in_the_way and holder.process is not None) or left < 0:
            raise OpenElsewhere(lock.path, holder)
        time.sleep(_SETTLE)


def _create(place: Path, content: bytes) -> bool:
    """Make a lock file that is whole from its first moment; False where there is one."""
    temporary = place.with_name(temporary_name())
    try:
        temporary.write_bytes(content)
        place.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # FAT and some shares know no second name for a file
        return _create_in_place(place, content)
    finally:
        with suppress(OSError):  # not made, or swept by the next start
            temporary.unlink()
    hide(place)
    return True


def _create_in_place(place: Path, content: bytes) -> bool:
    """Make a lock file where nothing else works: killed at it, we leave an empty one for a moment."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(place, flags, 0o666)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError:
        place.unlink(missing_ok=True)
        raise
    hide(place)
    return True


def _replace(place: Path, holder: Holder, token: str, content: bytes) -> bool:
    """Put our lock in the place of ``holder``'s; False where someone else was quicker."""
    with _guard(place) as is_ours:
        if not is_ours or token_of(place) != holder.token:
            return False
        temporary = place.with_name(temporary_name())
        try:
            temporary.write_bytes(content)
            replace_patiently(temporary, place)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        hide(place)
        time.sleep(_SETTLE)
        return token_of(place) == token


@contextmanager
def _guard(place: Path) -> Iterator[bool]:
    """Let one process at a time replace a lock; yield whether it is this one.

    A guard whose maker was killed at it is removed. Should two do so at once, the pause before a
    taken-over lock is read again tells which of them has it.
    """
    guard = place.with_name(place.name + "+")
    token = os.urandom(8).hex()
    content = content_of(token, datetime.now().astimezone())
    is_ours = _create(guard, content)
    if not is_ours:
        other = read_holder(guard)
        if other is not None and other.is_gone:
            guard.unlink(missing_ok=True)
            is_ours = _create(guard, content)
    try:
        yield is_ours
    finally:
        if is_ours and token_of(guard) == token:
            guard.unlink(missing_ok=True)
