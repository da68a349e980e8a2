"""Who a process is, and whether it still runs: on this PC and since this start of the system.

Told by process id, time of its start, start of the system and machine together: an id alone is given
out again, and on a shared folder the same id stands for another process on each PC. Opens no socket.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import re
import sys
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(
    r"(?P<machine>[0-9a-f]{12})\.(?P<boot>[0-9a-f]*)\.(?P<pid>[0-9]{1,10})\.(?P<started>[0-9]*)"
)


class Life(Enum):
    """What is known of a process."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"
    """It runs, or ran, on another machine."""


class Process(NamedTuple):
    """One run of a program; ``host`` and ``user`` are for people to read."""

    pid: int
    started: str
    """When it began, in the system's own measure; empty where the system does not tell."""
    boot: str
    """The start of the system it runs under; empty where the system does not name it."""
    machine: str
    host: str = ""
    user: str = ""

    @property
    def mark(self) -> str:
        """What tells this process from any other, in characters that every file name may hold."""
        return f"{self.machine}.{self.boot}.{self.pid}.{self.started}"


def this_process() -> Process:
    """Return the process that asks."""
    return _describe(os.getpid())


def parse_mark(text: str) -> Process | None:
    """Return the process that a mark stands for, None for any other text."""
    match = _MARK.fullmatch(text)
    if match is None:
        return None
    return Process(int(match["pid"]), match["started"], match["boot"], match["machine"])


def life_of(process: Process) -> Life:
    """Tell whether a process still runs; UNKNOWN where only another machine could say."""
    here = this_process()
    if process.machine != here.machine:
        return Life.UNKNOWN
    if process.boot != here.boot:
        return Life.DEAD
    started = started_at(process.pid)
    if started is None:
        return Life.DEAD
    is_same = not started or not process.started or started == process.started
    return Life.ALIVE if is_same else Life.DEAD


def user_name() -> str:
    """Return the name under which the person is logged in; empty where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user id without an entry, as in some containers
        return ""


@cache
def _describe(pid: int) -> Process:
    return Process(pid, started_at(pid) or "", _boot(), _machine(), _host(), user_name())


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _machine() -> str:
    """Return a short mark of this machine: PCs made from one disk image still differ in it."""
    if sys.platform == "win32":
        own = _windows_machine()
    else:
        own = _text_of("/etc/machine-id") + _network_card() + _process_space()
    return hashlib.sha256(f"{_host()}\n{own}".encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _text_of(file: str | Path) -> str:
    try:
        return Path(file).read_text(encoding="ascii", errors="replace").strip()
    except OSError:  # this system has no such file: it is one mark among several
        return ""


def _network_card() -> str:
    """Return the address of the first card that is built in; those in docks come and go."""
    cards = Path("/sys/class/net")
    names = sorted(cards.iterdir()) if cards.is_dir() else []
    for card in names:
        is_built_in = (card / "device").exists() and "/usb" not in str((card / "device").resolve())
        if is_built_in and not (card / "wireless").exists():
            return _text_of(card / "address")
    return ""


def _process_space() -> str:
    """Return the space that process ids are counted in: a sandbox does not see those outside."""
    space = Path("/proc/self/ns/pid")
    return str(space.stat().st_ino) if space.exists() else ""


def _boot() -> str:
    """Return a mark of this start of the system; empty on Windows, where start times are absolute."""
    return _text_of("/proc/sys/kernel/random/boot_id").replace("-", "")[:12]


def started_at(pid: int) -> str | None:
    """Return when a process of this machine began; None where none runs, empty where it is not told."""
    if sys.platform == "win32":
        from model.windows import process_start

        return process_start(pid)
    return _posix_start(pid)


def _posix_start(pid: int) -> str | None:
    told = _text_of(f"/proc/{pid}/stat").rpartition(")")[2].split()
    if len(told) > 19:
        return None if told[0] in "ZX" else told[19]
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return None
    except PermissionError:
        return ""
    return ""


def _windows_machine() -> str:
    from model.windows import machine_id

    return machine_id()
