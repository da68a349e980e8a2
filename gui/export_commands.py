"""Exporting from the window: off the GUI thread, with progress and cancel, and a record of it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gui import dialogs
from gui.bridge import DocumentBridge
from gui.dialogs import RetryChoice
from gui.export_record import ExportRecord
from gui.folders import documents_folder
from gui.message_bar import MessageBar
from gui.settings import Settings
from model.errors import AppError, ExportCancelled
from model.forms import Form
from model.report import Report

if TYPE_CHECKING:
    from export.exporting import Exported

_STEPS = 4
"""Steps an export announces, with one for getting there."""
_OPEN_FILE, _OPEN_FOLDER = "file", "folder"


class Order(NamedTuple):
    """What is to be exported where."""

    form: Form
    report: Report
    target: Path
    kind: str
    draft: str | None


class _Signals(QObject):
    """Carries news from the worker to the GUI thread."""

    stepped = Signal(str, int)
    ended = Signal(object, object)
    """The order, and what came of it: an Exported, an AppError or another exception."""


class _Export(QRunnable):
    """Writes one document in a worker thread."""

    def __init__(self, order: Order, moment: datetime) -> None:
        super().__init__()
        self.signals = _Signals()
        self.order = order
        self.cancelled = Event()
        self._moment = moment
        self._steps = 0
        self.setAutoDelete(False)

    def step(self, text: str) -> None:
        """Tell what is done now."""
        self._steps += 1
        self.signals.stepped.emit(text, 100 * self._steps // _STEPS)

    def is_cancelled(self) -> bool:
        """Tell whether the person wants to stop."""
        return self.cancelled.is_set()

    def run(self) -> None:
        """Write the document and hand over what came of it."""
        try:
            outcome: object = self._export()
        except Exception as failure:  # noqa: BLE001 - the worker's one boundary: forwarded to the hook
            outcome = failure
        self.signals.ended.emit(self.order, outcome)

    def _export(self) -> Exported:
        from export.exporting import Watch, export_report

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
            order.target,
            draft=order.draft,
            moment=self._moment,
            watch=Watching(),
        )


class ExportCommands(QObject):
    """Exports the report of a window, one document at a time."""

    record_changed = Signal()

    def __init__(self, window: QWidget, settings: Settings, bar: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._bar = bar
        self._bridge: DocumentBridge | None = None
        self._record = ExportRecord()
        self._running: _Export | None = None
        self._written: Path | None = None
        bar.cancel_requested.connect(self.cancel)
        bar.answer_chosen.connect(self._on_answer_chosen)

    def follow(self, bridge: DocumentBridge) -> None:
        """Export this report from now on."""
        self._bridge = bridge
        path = bridge.document.path
        self._record = ExportRecord(self._settings.exports(path) if path else None)
        self._bar.hide()
        self.record_changed.emit()

    @property
    def is_running(self) -> bool:
        """Tell whether an export is on its way."""
        return self._running is not None

    def outdated(self) -> tuple[Path, ...]:
        """Return the exported documents that are older than the report."""
        return self._record.outdated(self._bridge.document.report) if self._bridge else ()

    def remember(self) -> None:
        """Keep the record with the report's file, once it has one."""
        path = self._bridge.document.path if self._bridge else None
        if path and self._record.documents:
            self._settings.set_exports(path, self._record.documents)

    def export(self, suffix: str) -> None:
        """Ask where to, and export the report in the format of a suffix."""
        if self._bridge is None or self.is_running:
            return
        from export.drafts import draft_mark
        from export.exporting import FORMATS
        from export.targets import default_file_name

        document = self._bridge.document
        near = document.path.parent if document.path else documents_folder()
        name = default_file_name(document.form, document.report, suffix)
        suggestion = self._settings.folder("export", near) / name
        kind = FORMATS[suffix].name
        target = dialogs.ask_document_to_write(self._window, suggestion, kind)
        if target is not None:
            draft = draft_mark(self._bridge.findings, forced=False)
            self._start(Order(document.form, document.report, target, kind, draft))

    def cancel(self) -> None:
        """Stop the export that is on its way as soon as it can be stopped."""
        if self._running:
            self._running.cancelled.set()

    def finish(self) -> None:
        """Stop what is on its way and wait for its end, before the window goes."""
        self.cancel()
        QThreadPool.globalInstance().waitForDone()

    # ------------------------------------------------------------ within

    def _start(self, order: Order) -> None:
        self._settings.set_folder("export", order.target.parent)
        self._running = _Export(order, datetime.now().astimezone())
        self._running.signals.stepped.connect(self._bar.show_progress)
        self._running.signals.ended.connect(self._on_export_ended)
        self._bar.show_progress(f"正在导出{order.kind}", 0)
        QThreadPool.globalInstance().start(self._running)

    def _on_export_ended(self, order: Order, outcome: Exported | Exception) -> None:
        self._running = None
        self._bar.hide()
        if isinstance(outcome, ExportCancelled):
            self._bar.show_result(str(outcome), {})
        elif isinstance(outcome, AppError):
            self._ask_again(order, outcome)
        elif isinstance(outcome, Exception):
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
        else:
            self._report_success(order, outcome)

    def _ask_again(self, order: Order, failure: AppError) -> None:
        choice = dialogs.ask_retry(self._window, str(failure))
        if choice is RetryChoice.RETRY:
            self._start(order)
        elif choice is RetryChoice.ELSEWHERE:
            target = dialogs.ask_document_to_write(self._window, order.target, order.kind)
            if target is not None:
                self._start(Order(order.form, order.report, target, order.kind, order.draft))

    def _report_success(self, order: Order, exported: Exported) -> None:
        self._written = exported.path
        self._record.note(exported.path, order.report)
        self.remember()
        draft = "" if exported.is_final else f"（有强制错误，带“{exported.draft}”标记）"
        text = " ".join((f"已导出 {exported.path.name}{draft}。", *exported.notes))
        self._bar.show_result(text, {_OPEN_FILE: "打开文件", _OPEN_FOLDER: "打开所在文件夹"})
        self.record_changed.emit()

    def _on_answer_chosen(self, name: str) -> None:
        if self._written is not None:
            open_outside(self._written if name == _OPEN_FILE else self._written.parent)


def open_outside(path: Path) -> None:
    """Have the system open a file or a folder with the program it has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
