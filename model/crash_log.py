"""Keep a record of what went wrong inside the program, without the contents of reports.

For ``sys.excepthook`` only: an expected failure words itself and needs no record.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType

from model import __version__
from model.places import user_data_folder

MOST_BYTES = 1_000_000
"""A log that has grown beyond this is begun anew; the former one is kept beside it."""


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
    """Return time, versions and the trace of a failure, as it stands in the log and in a crash dialog."""
    import platform  # only for a fault: they would slow every start
    import traceback

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    head = f"{now} 版本 {__version__} Python {platform.python_version()} {platform.platform()}\n"
    return head + "".join(traceback.format_exception(kind, failure, trace)) + "\n"
