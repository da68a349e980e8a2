"""Work off the GUI thread: in turn, in one thread that never keeps the program from ending.

A daemon thread of Python and not Qt's pool, which would wait for a shared folder that hangs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal

from model.errors import AppError

_T = TypeVar("_T")
_Task = tuple[Callable[[], object], Callable[[object], None]]


class _Relay(QObject):
    """Brings outcomes to the GUI thread. It is there as long as the thread, whoever asked for the work."""

    ended = Signal(object, object)
    """What takes the outcome, and the outcome."""


class Background(QObject):
    """One thread, begun with the first work; it may be taken down while that goes on."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None

    def run(self, work: Callable[[], _T], then: Callable[[_T | AppError], None]) -> None:
        """Do ``work`` in its turn, and hand what it returns, or the AppError it raises, to ``then``.

        ``then`` is called in the GUI thread. Any other exception goes to ``sys.excepthook`` there.
        """
        if self._thread is None:
            relay = _Relay(QCoreApplication.instance())
            relay.ended.connect(self._on_ended)
            self.destroyed.connect(partial(self._tasks.put, None))
            self._thread = Thread(target=_work, args=(self._tasks, relay), name=self._name, daemon=True)
            self._thread.start()
        self._tasks.put((work, cast("Callable[[object], None]", then)))

    def finish(self, seconds: float) -> bool:
        """Wait so long for what was asked for; tell whether all of it is done. Outcomes are dropped."""
        if self._thread is None:
            return True
        self._tasks.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _on_ended(self, then: Callable[[object], None], outcome: object) -> None:
        if isinstance(outcome, Exception) and not isinstance(outcome, AppError):
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
        else:
            then(outcome)


def _work(tasks: SimpleQueue[_Task | None], relay: _Relay) -> None:
    while (task := tasks.get()) is not None:
        work, then = task
        try:
            outcome = work()
        except Exception as failure:  # noqa: BLE001 - the worker's one boundary: forwarded to the hook
            outcome = failure
        relay.ended.emit(then, outcome)
    relay.deleteLater()
