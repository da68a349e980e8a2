"""What the window does on a mistake of its own: a record in the log and one plain dialog a run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QThread, QTimer

from gui import dialogs
from gui.rescue import Rescued
from model.crash_log import describe, record

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


class Care(Protocol):
    """Looks after the open reports when there was a fault."""

    def rescue(self, *, copies: bool) -> Rescued:
        """Check the open reports, and write copies of them if so told."""

    def abandon(self) -> None:
        """End the program without asking anything, leaving the copies to the next start."""


def install(care: Care | None = None) -> None:
    """Have uncaught exceptions recorded, and the first of a run shown."""
    sys.excepthook = make_hook(care)


def make_hook(care: Care | None = None) -> Hook:
    """Return a hook for ``sys.excepthook`` that shows its dialog once: a failing paint must open no storm.

    Only a fault after which a report is not intact is shown again: with it the program ends.
    """
    faults = _Faults(care)

    def hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, failure, trace)
            return
        log = record(kind, failure, trace)
        faults.follow_up(partial(describe, kind, failure, trace), log)

    return hook


class _Faults:
    """What comes after a fault: one look at the reports for all faults of one turn of the event loop."""

    def __init__(self, care: Care | None) -> None:
        self._care = care
        self._is_pending = False
        self._was_shown = False

    def follow_up(self, details: Callable[[], str], log: Path | None) -> None:
        """Look at the reports in the GUI thread, and say what happened if that was not said yet."""
        if not self._is_pending:
            self._is_pending = True
            _in_its_turn(partial(self._look, details, log))

    def _look(self, details: Callable[[], str], log: Path | None) -> None:
        is_first, self._was_shown = not self._was_shown, True
        rescued = self._care.rescue(copies=is_first) if self._care else Rescued(intact=True)
        self._is_pending = not rescued.intact  # then nothing more is said or done
        if is_first or not rescued.intact:
            dialogs.show_crash(details(), log, rescued.sentence)
        if self._care and not rescued.intact:
            self._care.abandon()


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
