"""Start the program: the window, or a command that needs no screen and loads no Qt."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

FAILED, FAULT = 2, 3
"""Exit codes: something was not done, or there is no display; the program itself is at fault."""


def main(arguments: Sequence[str]) -> int:
    """Run a command or the window and return the exit code."""
    sys.excepthook = _end_with_record
    threading.excepthook = _record_thread
    if not _asks_for_window(arguments):
        from export import command_line

        return command_line.main(arguments)
    gc.disable()  # hardly any of what a start makes is garbage; later gui/garbage.py looks for it
    paths = [Path(name) for name in arguments]
    from gui import display, handover

    answer = handover.meet(paths)
    if answer is handover.Answer.TAKEN:
        return 0
    with display.required():
        from gui import application
    return application.run(paths, replace_silent=answer is handover.Answer.SILENT)


def _asks_for_window(arguments: Sequence[str]) -> bool:
    """Tell whether there are no arguments but report files."""
    from model.places import REPORT_SUFFIX

    return all(not name.startswith("-") and name.lower().endswith(REPORT_SUFFIX) for name in arguments)


def _end_with_record(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    """Record a fault of the program and end it; the window puts its own hook in this place.

    Python would end with 1, which means 强制 findings; 2 would mean that no window can be shown.
    """
    from export.console import say_error
    from model.crash_log import describe, record

    if issubclass(kind, KeyboardInterrupt):
        os._exit(FAILED)
    log = record(kind, failure, trace)
    if log is None:
        say_error(describe(kind, failure, trace))
    kept = "" if log is None else f"，详细记录在“{log}”"
    say_error(f"程序内部出错，没有完成{kept}。年报文件没有被改动。")
    os._exit(FAULT)


def _record_thread(arguments: threading.ExceptHookArgs) -> None:
    """Hand a fault in a thread to the hook of the moment."""
    if arguments.exc_value is not None:
        sys.excepthook(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
