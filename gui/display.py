"""Find out whether windows can be shown, by trying: Qt itself ends a process that has no display.

Nothing here may import Qt at the top, for Qt may be what is missing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

NO_DISPLAY = (
    "无法打开窗口：没有可用的显示器，或者缺少图形界面需要的系统库。不用窗口也可以工作："
    "python main.py check 年报.xxgk；python main.py export 年报.xxgk 输出.xlsx 输出.pdf"
)
EXIT_CODE = 2


@contextmanager
def required() -> Iterator[None]:
    """Load Qt and make the QApplication in here: where that cannot be, one line says so and the process ends.

    Ends with code 2. What Qt says meanwhile is held back and passed on when all went well.
    """
    try:
        from PySide6.QtCore import QtMsgType, qInstallMessageHandler
    except ImportError:
        _leave()
    held: list[str] = []

    def listen(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            _leave()
        held.append(text or "")

    former = qInstallMessageHandler(listen)
    try:
        yield
    except ImportError as failure:
        if not _is_part_of_qt(failure):
            raise
        _leave()
    finally:
        qInstallMessageHandler(former)
    _pass_on(held)


def _is_part_of_qt(failure: ImportError) -> bool:
    """Tell Qt and the system libraries it needs from a module of ours that is missing."""
    return (failure.name or "PySide6").partition(".")[0] in ("PySide6", "shiboken6")


def _pass_on(messages: list[str]) -> None:
    from PySide6.QtCore import qWarning

    for message in messages:
        qWarning(message)


def _leave() -> NoReturn:
    """Say that there is no window and end at once: Qt would abort, and its threads may hang."""
    from export.console import prepare, say_error

    prepare()
    say_error(NO_DISPLAY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(EXIT_CODE)
