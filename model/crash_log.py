"""Keep a record of what went wrong inside the program, without the contents of reports.

For ``sys.excepthook`` only: an expected failure words itself and needs no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from model import __version__
from model.places import user_data_folder

if TYPE_CHECKING:
    from traceback import TracebackException

MOST_BYTES = 1_000_000
"""A log that has grown beyond this is begun anew; the former one is kept beside it."""

_MOST_FRAMES = 60
"""Calls told of a failure, the innermost ones."""
_CAUSED = "\nThe above exception was the direct cause of the following exception:\n\n"
_MEANWHILE = "\nDuring handling of the above exception, another exception occurred:\n\n"
_NO_LETTERS = re.compile(r"[^\n -~]+")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_OWN_NAME = re.compile(r"['\"][A-Za-z_][A-Za-z_.]*['\"]")
_NUMBER = re.compile(r"(?<!\[Errno )(?<!\[WinError )(?<![A-Za-z_0-9])[0-9][0-9.,]*")


def log_file() -> Path:
    """Return where the record is kept (it may not exist yet)."""
    return user_data_folder() / "logs" / "xxgk.log"


def record(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> Path | None:
    """Add an unexpected failure to the log; return the log, or None where it cannot be written."""
    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > MOST_BYTES:
            file.replace(file.with_suffix(".old.log"))
        with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(describe(kind, failure, trace))
    except OSError:  # there is nobody left to tell: the caller says that it could not be kept
        return None
    return file


def describe(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> str:
    """Return time, versions and the trace of a failure, as it stands in the log and in a crash dialog.

    Of what the failure itself says nothing is left that may come from a report or the name of a file.
    """
    import platform  # only for a fault: they would slow every start
    from traceback import TracebackException

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    head = f"{now} 版本 {__version__} Python {platform.python_version()} {platform.platform()}\n"
    return head + "".join(_lines(TracebackException(kind, failure, trace, limit=-_MOST_FRAMES))) + "\n"


def _lines(failure: TracebackException) -> Iterator[str]:
    """Yield the lines of a failure and of those before it, the oldest first."""
    if failure.__cause__ is not None:
        yield from (*_lines(failure.__cause__), _CAUSED)
    elif failure.__context__ is not None and not failure.__suppress_context__:
        yield from (*_lines(failure.__context__), _MEANWHILE)
    yield "Traceback (most recent call last):\n"
    yield from (f'  File "{at.filename}", line {at.lineno}, in {at.name}\n' for at in failure.stack)
    yield from (_masked(line) for line in failure.format_exception_only())


def _masked(line: str) -> str:
    """Return what a failure says without words in quotes, numbers and any but plain letters.

    Kept are the system's own number of an error and the names that the program itself gives.
    """
    line = _NO_LETTERS.sub("…", line)
    line = _QUOTED.sub(lambda quoted: quoted[0] if _OWN_NAME.fullmatch(quoted[0]) else "…", line)
    return _NUMBER.sub("…", line)
