"""What the window does on a mistake of its own: a record in the log and a plain dialog."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QThread, QTimer

from gui import dialogs
from gui.rescue import Rescued
from model.crash_log import describe, record

_Place = tuple[type[BaseException], str, int]
_QUIET = 5.0
"""Seconds after which a fault that comes back is shown again; one that paints comes back at once."""
_MOST_SHOWN = 3
"""Dialogs for one and the same fault in a run."""

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


class Care(Protocol):
    """Looks after the open reports when there was a fault."""

    def rescue(self, *, copies: bool) -> Rescued:
        """Check the open reports, and write copies of them if so told."""

    def abandon(self) -> None:
        """End the program without asking anything, leaving the copies to the next start."""


def install(care: Care | None = None) -> None:
    """Have uncaught exceptions recorded and shown."""
    sys.excepthook = make_hook(care)


def make_hook(care: Care | None = None) -> Hook:
    """Return a hook for ``sys.excepthook``: a failing paint must open no storm of dialogs.

    A fault is shown again where it comes back after a while, for then the person has done something
    again; while one is shown no other is. One after which a report is not intact is always shown: with
    it the program ends.
    """
    faults = _Faults(care)

    def hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, failure, trace)
            return
        log = record(kind, failure, trace)
        faults.follow_up(_place_of(kind, trace), partial(describe, kind, failure, trace), log)

    return hook


class _Faults:
    """What comes after a fault: one look at the reports for all faults of one turn of the event loop."""

    def __init__(self, care: Care | None) -> None:
        self._care = care
        self._is_pending = False
        self._is_showing = False
        self._last: dict[_Place, float] = {}
        self._shown: Counter[_Place] = Counter()

    def follow_up(self, place: _Place, details: Callable[[], str], log: Path | None) -> None:
        """Look at the reports in the GUI thread, and say what happened if that was not said just now."""
        now = monotonic()
        is_news = now - self._last.get(place, -_QUIET) >= _QUIET and self._shown[place] < _MOST_SHOWN
        self._last[place] = now
        if not self._is_pending:
            self._is_pending = True
            _in_its_turn(partial(self._look, place if is_news else None, details, log))

    def _look(self, news: _Place | None, details: Callable[[], str], log: Path | None) -> None:
        is_told = news is not None and not self._is_showing
        rescued = self._care.rescue(copies=is_told) if self._care else Rescued(intact=True)
        self._is_pending = not rescued.intact  # then nothing more is said or done
        if news is not None and is_told:
            self._shown[news] += 1
        if is_told or not rescued.intact:
            self._show(details(), log, rescued.sentence)
        if self._care and not rescued.intact:
            self._care.abandon()

    def _show(self, details: str, log: Path | None, sentence: str) -> None:
        self._is_showing = True
        try:
            dialogs.show_crash(details, log, sentence)
        finally:
            self._is_showing = False


def _place_of(kind: type[BaseException], trace: TracebackType | None) -> _Place:
    """Return what tells one fault from another: its kind and the line that raised it."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return kind, *((trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ("", 0))


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
