"""Work off the GUI thread: in turn, in one thread that never keeps the program from ending.

A daemon thread of Python and not Qt's pool, which would wait for a shared folder that hangs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal

from model.errors import AppError

_T = TypeVar("_T")
_Task = tuple[Callable[[], object], Callable[[object], None]]


class Background(QObject):
    """One thread, begun with the first work."""

    _ended = Signal(object, object)
    """What takes the outcome, and the outcome: brought to the GUI thread."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._ended.connect(self._on_ended)

    def run(self, work: Callable[[], _T], then: Callable[[_T | AppError], None]) -> None:
        """Do ``work`` in its turn, and hand what it returns, or the AppError it raises, to ``then``.

        ``then`` is called in the GUI thread. Any other exception goes to ``sys.excepthook`` there.
        """
        if self._thread is None:
            self._thread = Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._tasks.put((work, cast("Callable[[object], None]", then)))

    def finish(self, seconds: float) -> bool:
        """Wait so long for what was asked for; tell whether all of it is done. Outcomes are dropped."""
        if self._thread is None:
            return True
        self._tasks.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            work, then = task
            try:
                outcome = work()
            except Exception as failure:  # noqa: BLE001 - the worker's one boundary: forwarded to the hook
                outcome = failure
            self._ended.emit(then, outcome)

    def _on_ended(self, then: Callable[[object], None], outcome: object) -> None:
        if isinstance(outcome, Exception) and not isinstance(outcome, AppError):
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
        else:
            then(outcome)
