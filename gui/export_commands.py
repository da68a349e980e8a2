"""Exporting from the window: off the GUI thread, with progress and cancel, and a record of it."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from gui import dialogs
from gui.bridge import REST, DocumentBridge
from gui.desk import Desk
from gui.dialogs import RetryChoice
from gui.export_record import ExportRecord
from gui.folders import documents_folder
from gui.outside import open_outside
from model.document import Change
from model.errors import AppError, ExportCancelled
from model.finalising import with_force
from model.report import Address, Part, Report

if TYPE_CHECKING:
    from export.exporting import Exported
    from gui.export_worker import ExportWorker, Order, Wanted
    from gui.pages_check import PagesCheck

_OPEN_FILE, _OPEN_FOLDER = "file", "folder"


class ExportCommands(QObject):
    """Exports the report of a window, one document at a time."""

    record_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._window, self._bar, self._settings = desk.window, desk.bar, desk.run.settings
        self._bridge: DocumentBridge | None = None
        self._record = ExportRecord()
        self.old: tuple[Path, ...] = ()
        """The exported documents that were older than the report when typing last rested."""
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._on_rest_ended)
        self._checking: PagesCheck | None = None
        self._running: ExportWorker | None = None
        self._outcome: Exported | AppError | None = None
        self._written: Path | None = None
        commands = {"export_excel": partial(self.export, ".xlsx"), "export_pdf": partial(self.export, ".pdf")}
        desk.actions.connect_all({"export": self.open_dialog, **commands})
        desk.bar.cancel_requested.connect(self.cancel)
        desk.bar.answer_chosen.connect(self._on_answer_chosen)

    def follow(self, bridge: DocumentBridge) -> None:
        """Export this report from now on."""
        self._bridge = bridge
        path = bridge.document.path
        self._record = ExportRecord(self._settings.exports(path) if path else None)
        self._bar.hide()
        bridge.changed.connect(self._on_document_changed)
        self._on_record_changed()

    def leave(self) -> None:
        """Say no longer what was written of a report that is closed."""
        if not self.is_running:
            self._bar.hide()

    @property
    def is_running(self) -> bool:
        """Tell whether an export is on its way."""
        return self._running is not None or self._checking is not None

    def outdated(self) -> tuple[Path, ...]:
        """Return the exported documents that are older than the report; it looks for them on the disk."""
        return self._record.outdated(self._bridge.document.report) if self._bridge else ()

    def remember(self) -> None:
        """Keep the record with the report's file, once it has one."""
        path = self._bridge.document.path if self._bridge else None
        if path and self._record.documents:
            self._settings.set_exports(path, self._record.documents)

    def export(self, suffix: str) -> None:
        """Ask where to, and export the report in the format of a suffix."""
        self._desk.finish_typing()
        if self._bridge is None or self.is_running:
            return
        from export.drafts import mark_of
        from export.exporting import FORMATS
        from export.targets import default_file_name
        from gui.export_worker import Order, Wanted

        document = self._bridge.document
        name = default_file_name(document.form, document.report, suffix)
        suggestion = self._settings.folder("export", self._near()) / name
        kind = FORMATS[suffix].name
        target = dialogs.ask_document_to_write(self._window, suggestion, kind)
        if target is not None:
            mark, faces = mark_of(document.report, self._bridge.findings), self._settings.faces
            order = Order(document.form, document.report, mark, (Wanted(target, kind),), faces=faces)
            self._check(order) if suffix == ".pdf" else self._start(order)

    def open_dialog(self) -> None:
        """Show the dialog that exports several formats at once."""
        self._desk.finish_typing()
        if self._bridge is None or self.is_running:
            return
        from gui.export_dialog import ExportDialog

        dialog = ExportDialog(self._bridge, self._desk.run, self._near(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.document_written.connect(self._note)
        dialog.reason_given.connect(self._keep_reason)
        dialog.open()

    def cancel(self) -> None:
        """Stop the export that is on its way as soon as it can be stopped."""
        if self._checking:
            self._checking.forget()
            self._checking = None
            self._bar.hide()
        if self._running:
            self._running.cancel()

    def finish(self) -> None:
        """Stop what is on its way and wait for its end, before the window goes."""
        self.cancel()
        QThreadPool.globalInstance().waitForDone()

    # ------------------------------------------------------------ within

    def _near(self) -> Path:
        """Return the folder to offer where none was used before."""
        path = self._bridge.document.path if self._bridge else None
        return path.parent if path else documents_folder()

    def _check(self, order: Order) -> None:
        """Say first what will not be printed as it was written."""
        from gui.pages_check import PagesCheck

        self._checking = check = PagesCheck(order.form, order.report, order.faces)
        check.signals.done.connect(lambda outcome: self._on_checked(order, check, outcome))
        self._bar.show_progress("正在检查页面", 0)
        check.start()

    def _on_checked(self, order: Order, check: PagesCheck, outcome: tuple[str, ...] | Exception) -> None:
        if self._checking is not check:  # cancelled
            return
        self._checking = None
        if isinstance(outcome, Exception):
            self._bar.hide()
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
        elif not outcome or dialogs.ask_despite(self._window, outcome, "仍然导出(&E)"):
            self._start(order)
        else:
            self._bar.hide()

    def _start(self, order: Order) -> None:
        from gui.export_worker import ExportWorker

        wanted = order.documents[0]
        self._desk.run.note_target(wanted.path)
        self._settings.set_folder("export", wanted.path.parent)
        self._running = ExportWorker(order, datetime.now().astimezone())
        self._running.signals.stepped.connect(self._on_stepped)
        self._running.signals.written.connect(self._on_written)
        self._running.signals.ended.connect(self._on_ended)
        self._bar.show_progress(f"正在导出{wanted.kind}", 0)
        QThreadPool.globalInstance().start(self._running)

    def _on_stepped(self, wanted: Wanted, text: str, percent: int) -> None:
        del wanted
        self._bar.show_progress(text, percent)

    def _on_written(self, wanted: Wanted, outcome: Exported | AppError) -> None:
        del wanted
        self._outcome = outcome

    def _on_ended(self, fault: Exception | None) -> None:
        assert self._running is not None
        order, outcome = self._running.order, self._outcome
        self._running = self._outcome = None
        self._bar.hide()
        if fault is not None:
            sys.excepthook(type(fault), fault, fault.__traceback__)
        elif isinstance(outcome, ExportCancelled):
            self._bar.show_result(str(outcome), {})
        elif isinstance(outcome, AppError):
            self._ask_again(order, outcome)
        elif outcome is not None:
            self._report_success(order, outcome)

    def _ask_again(self, order: Order, failure: AppError) -> None:
        wanted = order.documents[0]
        choice = dialogs.ask_retry(self._window, str(failure))
        if choice is RetryChoice.RETRY:
            self._start(order)
        elif choice is RetryChoice.ELSEWHERE:
            target = dialogs.ask_document_to_write(self._window, wanted.path, wanted.kind)
            if target is not None:
                self._start(order._replace(documents=(wanted._replace(path=target),)))

    def _report_success(self, order: Order, exported: Exported) -> None:
        self._written = exported.path
        self._note(exported.path, order.report)
        draft = "" if exported.is_final else f"（带“{exported.draft}”标记）"
        answers = {_OPEN_FILE: "打开文件", _OPEN_FOLDER: "打开所在文件夹"}
        self._bar.show_result(f"已导出 {exported.path.name}{draft}。", answers, remarks=exported.notes)

    def _note(self, path: Path, report: Report) -> None:
        """Keep what a document that was written just now shows."""
        self._record.note(path, report)
        self.remember()
        self._on_record_changed()

    def _on_record_changed(self) -> None:
        self.old = self.outdated()
        self.record_changed.emit()

    def _on_document_changed(self, _change: Change) -> None:
        self._rest.start()

    def _on_rest_ended(self) -> None:
        if self.outdated() != self.old:
            self._on_record_changed()

    def _keep_reason(self, reason: str) -> None:
        """Keep in the report why its documents were forced to be final."""
        if self._bridge is not None and not self._bridge.document.is_read_only:
            document, now = self._bridge.document, datetime.now().astimezone()
            document.apply("写明正式稿理由", {Address(Part.NOTES): with_force(document.report, reason, now)})

    def _on_answer_chosen(self, name: str) -> None:
        if self._written is not None:
            open_outside(self._written if name == _OPEN_FILE else self._written.parent)
