"""Writes documents off the GUI thread, one after the other, and tells how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRunnable, Signal

from model.errors import AppError, ExportCancelled
from model.findings import Finding
from model.forms import Form
from model.report import Report

if TYPE_CHECKING:
    from export.exporting import Exported

_STEPS = 4
"""Steps an export announces, with one for getting there."""


class Wanted(NamedTuple):
    """A document to write."""

    path: Path
    kind: str
    """What the format is called for the person."""
    is_audit: bool = False
    """It is the 审核报告 and not the report."""


class Order(NamedTuple):
    """What is to be exported where: a report as it stood when the person asked."""

    form: Form
    report: Report
    draft: str | None
    documents: tuple[Wanted, ...]
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    """Why the documents are final whatever was found."""
    faces: Mapping[str, str] = MappingProxyType({})
    """The faces that the person chose, as they are kept."""


class _Signals(QObject):
    """Carries news from the worker to the GUI thread."""

    stepped = Signal(object, str, int)
    """The document, what is done for it now, and how far the whole order is, in percent."""
    written = Signal(object, object)
    """The document, and what came of it: an Exported or an AppError."""
    ended = Signal(object)
    """None, or the fault that ended it."""


class ExportWorker(QRunnable):
    """Carries out one order in a worker thread."""

    def __init__(self, order: Order, moment: datetime) -> None:
        super().__init__()
        self.signals = _Signals()
        self.order = order
        self._moment = moment
        self._cancelled = Event()
        self._steps = 0
        self._current = order.documents[0]
        self.setAutoDelete(False)

    def cancel(self) -> None:
        """Stop as soon as it can be stopped."""
        self._cancelled.set()

    def step(self, text: str) -> None:
        """Tell what is done now."""
        self._steps += 1
        most = _STEPS * len(self.order.documents)
        self.signals.stepped.emit(self._current, text, min(100 * self._steps // most, 100))

    def is_cancelled(self) -> bool:
        """Tell whether the person wants to stop."""
        return self._cancelled.is_set()

    def run(self) -> None:
        """Write each document, whatever becomes of the others, and hand over what came of it."""
        fault: Exception | None = None
        try:
            for number, wanted in enumerate(self.order.documents):
                self._current, self._steps = wanted, number * _STEPS
                self._export(wanted)
        except Exception as failure:  # noqa: BLE001 - the worker's one boundary: forwarded to the hook
            fault = failure
        self.signals.ended.emit(fault)

    def _export(self, wanted: Wanted) -> None:
        try:
            outcome: object = self._write_audit(wanted) if wanted.is_audit else self._write_report(wanted)
        except AppError as failure:
            outcome = failure
        self.signals.written.emit(wanted, outcome)

    def _write_audit(self, wanted: Wanted) -> Exported:
        from export.audit_report import Audit, write_audit
        from export.exporting import Exported
        from export.face_choices import kept_choice

        if self.is_cancelled():
            raise ExportCancelled
        self.step(f"正在生成 {wanted.path.name}")
        order = self.order
        audit = Audit(order.form, order.report, order.findings, self._moment, order.reason)
        return Exported(wanted.path, None, write_audit(audit, wanted.path, kept_choice(order.faces)))

    def _write_report(self, wanted: Wanted) -> Exported:
        from export.exporting import Watch, export_report
        from export.face_choices import kept_choice

        worker = self

        class Watching(Watch):
            def step(self, text: str) -> None:
                worker.step(text)

            def is_cancelled(self) -> bool:
                return worker.is_cancelled()

        order = self.order
        return export_report(
            order.form,
            order.report,
            wanted.path,
            draft=order.draft,
            moment=self._moment,
            watch=Watching(),
            faces=kept_choice(order.faces),
        )
