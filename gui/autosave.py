"""Copies of the report while it is edited: a timer asks when, a worker writes, editing goes on.

Never touches the report's own file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.background import Background
from gui.file_hold import FileHold
from model.document import Change, Document
from model.errors import AppError
from model.recovery import AutosavePolicy

if TYPE_CHECKING:
    from gui.being_typed import Typed

AFTER_PAINT = 50
"""Milliseconds after an edit before which no copy is begun: what was typed is to be seen first."""

LOOK = 2000
"""Milliseconds between two looks at an editor that is open."""

Then = Callable[[], None]


class Autosave(QObject):
    """Follows one document."""

    failed = Signal(str)
    """The first copy after a good one or after a save that could not be written, in a sentence."""

    def __init__(self, document: Document, hold: FileHold, worker: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._hold = hold
        self._worker = worker
        self._policy = AutosavePolicy()
        self._is_writing = False
        self._is_failing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.take)
        self._copied: Typed | None = None
        """What the last copy holds of an open editor."""
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._look_at_typing)
        self._look.start()
        self._end: Callable[[], None] | None = document.subscribe(self._on_document_changed)

    def take(self, then: Then | None = None) -> None:
        """Hand the report as it stands to the worker; call ``then`` once the copy is written."""
        hold = self._hold
        self._copied = typed = self._typed()
        report = self._document.report if typed is None else typed.into(self._document.report)
        snapshot = hold.copies.snapshot(report, self._document.path, hold.stamp)
        self._timer.stop()
        self._policy.note_taken()
        self._is_writing = True
        self._worker.run(partial(hold.copies.write, snapshot), partial(self._on_written, then))

    def note_saved(self) -> None:
        """Drop the copies: the report is in its file."""
        self._timer.stop()
        self._is_failing = False
        self._copied = None
        self._policy.note_taken()
        self._hold.copies.discard()

    def close(self) -> None:
        """Follow the document no longer."""
        if self._end is not None:
            self._end()
        self._end = None
        self._timer.stop()
        self._look.stop()

    def _typed(self) -> Typed | None:
        from gui.being_typed import being_typed

        return being_typed(self._document)

    def _look_at_typing(self) -> None:
        """Count a number that stands in an open editor as an edit, and so its being given up."""
        if self._typed() != self._copied and self._policy.seconds_left(monotonic()) is None:
            self._policy.note_edit(monotonic())
            self._arm()

    def _on_document_changed(self, change: Change) -> None:
        if change.addresses:  # a save changes none
            self._policy.note_edit(monotonic())
            self._arm()

    def _arm(self) -> None:
        left = self._policy.seconds_left(monotonic())
        if left is None or self._is_writing:
            return
        wait = max(AFTER_PAINT, int(left * 1000))
        if not self._timer.isActive() or self._timer.remainingTime() > wait:
            self._timer.start(wait)

    def _on_written(self, then: Then | None, outcome: Path | AppError | None) -> None:
        self._is_writing = False
        if self._end is None:
            return
        if isinstance(outcome, AppError):
            self._policy.note_failed(monotonic())
            if not self._is_failing:
                self.failed.emit(str(outcome))
        self._is_failing = isinstance(outcome, AppError)
        self._arm()
        if then is not None and isinstance(outcome, Path):
            then()
