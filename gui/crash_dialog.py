"""What the window does on a mistake of its own: a record in the log and one plain dialog a run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QThread, QTimer

from gui import dialogs
from model.crash_log import describe, record

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def install() -> None:
    """Have uncaught exceptions recorded, and the first of a run shown."""
    sys.excepthook = make_hook()


def make_hook() -> Hook:
    """Return a hook for ``sys.excepthook`` that shows its dialog once: a failing paint must open no storm."""
    shown: list[bool] = []

    def hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, failure, trace)
            return
        log = record(kind, failure, trace)
        if not shown:
            shown.append(True)
            _in_its_turn(partial(dialogs.show_crash, describe(kind, failure, trace), log))

    return hook


def _in_its_turn(show: Callable[[], None]) -> None:
    """Show the dialog when the event at hand is done (it may be a paint), from the GUI thread.

    Before and after the event loop there is no later turn: then it is shown at once.
    """
    application = QCoreApplication.instance()
    if application is not None and (not _is_gui_thread(application) or application.thread().loopLevel()):
        QTimer.singleShot(0, application, show)
    else:
        show()


def _is_gui_thread(application: QCoreApplication) -> bool:
    return QThread.currentThread() is application.thread()
