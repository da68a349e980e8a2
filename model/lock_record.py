"""The lock file that stands beside an open report: its name, its content, and whether its maker lives.

Knows how one such file is read and written; who may put it there is decided in
:mod:`model.file_lock`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from model.leftovers import temporary_name
from model.long_paths import followed, reachable
from model.processes import Life, Process, life_of, parse_mark, this_process

BEAT = 30.0
"""Seconds after which the holder gives the next sign of life."""
QUIET_AFTER = 300.0
"""Seconds without a sign after which a holder on another PC counts as gone."""
UNFINISHED = 2.0
"""Seconds after which a lock file that cannot be read counts as left by a crash."""
_MOST_NAME = 200
"""Bytes of a report's name that a lock file repeats; systems allow 255 in all."""
_MOST_READ = 10_000
"""Bytes read of a lock file; ours have some 300."""
_KEYS = ("token", "mark", "host", "user", "since")


@dataclass(frozen=True)
class Holder:
    """Who has a report open, as the lock file beside it tells."""

    token: str
    """Names this one opening of the report; empty where the lock file cannot be read."""
    process: Process | None
    since: datetime | None
    quiet: float = field(default=0.0, compare=False)
    """Seconds since the last sign of life, by the clock of the disk the report lies on."""

    @property
    def is_gone(self) -> bool:
        """Tell whether the holder left the lock behind: crashed, switched off, or long without a sign."""
        if self.process is None:
            return self.quiet > UNFINISHED
        life = life_of(self.process)
        return life is Life.DEAD or (life is Life.UNKNOWN and self.quiet > QUIET_AFTER)

    @property
    def who(self) -> str:
        """Who, where and since when: 张三（电脑 FGW-07，1月20日 10:32 起）."""
        if self.process is None or self.since is None:
            return "另一个程序"
        user = self.process.user or "不知名的用户"
        where = "本机" if self.process.machine == this_process().machine else f"电脑 {self.process.host}"
        since = self.since.astimezone()
        return f"{user}（{where}，{since.month}月{since.day}日 {since:%H:%M} 起）"


def lock_place(path: Path) -> Path:
    """Return the lock file of a report: hidden, beside the file itself where ``path`` is a link."""
    target = followed(path)
    name = target.name
    if len(name.encode("utf-8", "surrogateescape")) > _MOST_NAME:
        mark = hashlib.sha256(name.casefold().encode("utf-8", "surrogateescape")).hexdigest()[:16]
        name = f"{name[:40]}-{mark}"
    return reachable(target.with_name(f".~{name}.lock"))


def content_of(token: str, since: datetime, beat: int = 0) -> bytes:
    """Return what this process writes into a lock file; of one length whatever ``beat`` is."""
    me = this_process()
    data = {
        "token": token,
        "mark": me.mark,
        "host": me.host,
        "user": me.user,
        "since": since.isoformat(timespec="seconds"),
        "beat": f"{beat % 10**9:09d}",
    }
    return (json.dumps(data) + "\n").encode("ascii")


def read_holder(place: Path) -> Holder | None:
    """Return who made a lock file, None where there is none; raise OSError where it cannot be read."""
    try:
        content = _read(place)
        modified = place.stat().st_mtime
    except FileNotFoundError:
        return None
    token, process, since = _understand(content)
    is_near = process is not None and life_of(process) is not Life.UNKNOWN
    quiet = 0.0 if is_near else max(0.0, _clock_of(place.parent) - modified)
    return Holder(token, process, since, quiet)


def token_of(place: Path) -> str | None:
    """Return the token in a lock file, None where there is no file; raise OSError."""
    try:
        return _understand(_read(place))[0]
    except FileNotFoundError:
        return None


def _read(place: Path) -> bytes:
    """Return what a lock file holds, of one that is none of ours the beginning."""
    mode = place.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ENODEV, "is no file", str(place))
    with place.open("rb") as file:
        return file.read(_MOST_READ)


def _understand(content: bytes) -> tuple[str, Process | None, datetime | None]:
    """Return token, maker and time; an empty token for what is cut off or not of ours."""
    try:
        data = json.loads(content)
        token, mark, host, user, moment = (str(data[key])[:200] for key in _KEYS)
        since = datetime.fromisoformat(moment)
        since.astimezone()  # a year that only some zones have
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return "", None, None
    told = parse_mark(mark)
    if told is None or since.tzinfo is None:
        return "", None, None
    return token, Process(told.pid, told.started, told.boot, told.machine, host, user), since


def _clock_of(folder: Path) -> float:
    """Return the time by the clock that stamps files in a folder: on a share it is the server's."""
    probe = folder / temporary_name()
    try:
        probe.touch(exist_ok=False)
        return probe.stat().st_mtime
    except OSError:  # a folder that we may only read: our own clock has to do
        return time.time()
    finally:
        with suppress(OSError):  # not made, or swept later
            probe.unlink()


def hide(place: Path) -> None:
    """Mark the lock file as hidden on Windows; elsewhere its name does so."""
    if os.name == "nt":
        from model.windows import hide as hide_on_windows

        hide_on_windows(place)
