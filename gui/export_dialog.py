"""The export dialog: which formats into which folder, then how far it is and what was written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QThreadPool, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui import dialogs
from gui.bridge import DocumentBridge
from gui.buttons import PrimaryButton
from gui.export_rows import DocumentRow
from gui.export_worker import ExportWorker, Order, Wanted
from gui.fitted_dialog import FittedDialog
from gui.force_box import ForceBox
from gui.outside import open_outside
from gui.page_parts import ElidedLabel, body_label, muted_label, tint
from gui.pages_check import PagesCheck
from gui.run import Run
from gui.scroller import Scroller
from gui.style import GRID, colours_of
from model.errors import AppError, ExportCancelled
from model.finalising import kept_reason

if TYPE_CHECKING:
    from export.exporting import Exported

_WIDTH = 90 * GRID
_FIRST_CHOICE = (".pdf", ".xlsx")
"""What is ticked where nothing was chosen before."""

_AUDIT = "audit"
_AUDITS = {f"{_AUDIT}.pdf": "审核报告 PDF", f"{_AUDIT}.xlsx": "审核报告 Excel"}


class ExportDialog(FittedDialog):
    """Exports one report, as it stood when the dialog was opened."""

    document_written = Signal(object, object)
    """The path of a document that is there now, and the report it shows."""
    reason_given = Signal(str)
    """The person forced final documents, and why."""

    def __init__(self, bridge: DocumentBridge, run: Run, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        document = bridge.document
        self._run = run
        self._form, self._report = document.form, document.report
        self._findings = bridge.findings
        self._settings = settings = run.settings
        self._folder = settings.folder("export", folder)
        self._worker: ExportWorker | None = None
        self._notes: dict[str, None] = {}
        self._where = ElidedLabel(str(self._folder), self)
        self._room = QWidget(self)
        self._scroller = Scroller(self._room, self)
        self._scroller.setAccessibleName("格式和说明")
        self._rows = {key: self._row(key, kind) for key, kind in self._kinds().items()}
        self._force = ForceBox(bridge.findings, kept_reason(self._report), self)
        self._remarks = body_label("", self)
        self._problem = body_label("", self)
        self._progress = QProgressBar(self)
        self._export = PrimaryButton("导出(&E)", self)
        self._cancel = QPushButton("取消导出", self)
        self._close = QPushButton("关闭", self)
        self._open_folder = QPushButton("打开文件夹(&O)", self)
        self._choose = QPushButton("选择(&B)…", self)
        self._lay_out()
        self._connect()
        self._show_targets()
        self._show_busy(False)
        self._is_checked = self._is_waiting = False
        self._check = PagesCheck(self._form, self._report, settings.faces, self._findings)
        self._check.signals.done.connect(self._on_checked)
        self._check.start()

    @property
    def is_running(self) -> bool:
        """Tell whether documents are being written, or will be as soon as their pages are checked."""
        return self._worker is not None or self._is_waiting

    @property
    def remarks(self) -> str:
        """What there is to say of the documents, a line each."""
        return self._remarks.text()

    def reject(self) -> None:
        """Close; while documents are written, stop that first."""
        if self._worker is not None:
            self._worker.cancel()
        elif self._is_waiting:
            self._is_waiting = False
            self._show_busy(False)
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and check nothing any more."""
        self._check.forget()
        super().done(result)

    def show_remark(self, text: str) -> None:
        """Say something about the documents, below what was said before."""
        self._notes[text] = None
        self._remarks.setText("\n".join(self._notes))
        self._remarks.show()

    # ------------------------------------------------------------ exporting

    def start(self) -> None:
        """Export what is ticked, after one question about files that exist."""
        rows = [row for row in self._rows.values() if row.is_wanted]
        self._complain("" if rows else "请至少选择一种格式。")
        if not rows or not self._force.is_complete():
            return
        self._remember()
        existing = [self._target(row).name for row in rows if self._target(row).exists()]
        if existing and not dialogs.ask_replace(self, existing):
            return
        if not self._is_checked and any(row.key.endswith(".pdf") for row in rows):
            self._is_waiting = True
            self._show_busy(True)
            return
        self._begin(rows)

    def _on_checked(self, outcome: tuple[str, ...] | Exception) -> None:
        """Say what will not be printed as it was written; go on only where there is nothing to say."""
        self._is_checked, was_waiting, self._is_waiting = True, self._is_waiting, False
        if was_waiting:
            self._show_busy(False)
        if isinstance(outcome, Exception):
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)
            return
        for sentence in outcome:
            self.show_remark(sentence)
        if was_waiting and not outcome:
            self._begin([row for row in self._rows.values() if row.is_wanted])

    def _begin(self, rows: Sequence[DocumentRow]) -> None:
        if self._force.reason not in ("", kept_reason(self._report)):
            self.reason_given.emit(self._force.reason)
        self._write(tuple(_wanted(self._target(row), row) for row in rows))

    def _write(self, documents: tuple[Wanted, ...]) -> None:
        order = Order(
            self._form,
            self._report,
            self._force.mark(),
            documents,
            self._findings,
            self._force.reason,
            self._settings.faces,
        )
        self._worker = ExportWorker(order, datetime.now().astimezone())
        self._worker.signals.stepped.connect(self._on_stepped)
        self._worker.signals.written.connect(self._on_written)
        self._worker.signals.ended.connect(self._on_ended)
        for wanted in documents:
            self._run.note_target(wanted.path)
            self._rows[wanted.kind].show_step("等待")
        self._progress.setValue(0)
        self._show_busy(True)
        QThreadPool.globalInstance().start(self._worker)

    def _on_stepped(self, wanted: Wanted, text: str, percent: int) -> None:
        self._rows[wanted.kind].show_step(text)
        self._progress.setValue(percent)

    def _on_written(self, wanted: Wanted, outcome: Exported | AppError) -> None:
        row = self._rows[wanted.kind]
        if isinstance(outcome, AppError):
            row.show_failure(str(outcome), can_retry=not isinstance(outcome, ExportCancelled))
            return
        row.show_written(outcome.path, outcome.draft)
        for note in outcome.notes:
            self.show_remark(note)
        self._open_folder.show()
        if not wanted.is_audit:
            self.document_written.emit(outcome.path, self._report)

    def _on_ended(self, fault: Exception | None) -> None:
        self._worker = None
        self._show_busy(False)
        (self._open_folder if self._open_folder.isVisible() else self._export).setFocus()
        if fault is not None:
            sys.excepthook(type(fault), fault, fault.__traceback__)

    # ------------------------------------------------------------ one document again

    def _retry(self, row: DocumentRow) -> None:
        self._write((_wanted(self._target(row), row),))

    def _elsewhere(self, row: DocumentRow) -> None:
        target = dialogs.ask_document_to_write(self, self._target(row), row.kind)
        if target is not None:
            self._write((_wanted(target, row),))

    # ------------------------------------------------------------ what is wanted

    def _kinds(self) -> Mapping[str, str]:
        from export.exporting import FORMATS

        return {suffix: format_.name for suffix, format_ in FORMATS.items()} | _AUDITS

    def _target(self, row: DocumentRow) -> Path:
        from export.audit_report import audit_name
        from export.targets import default_file_name

        name_of = audit_name if row.key in _AUDITS else default_file_name
        return self._folder / name_of(self._form, self._report, row.key.removeprefix(_AUDIT))

    def _show_targets(self) -> None:
        self._where.setText(str(self._folder))
        for row in self._rows.values():
            row.show_target(self._target(row))

    def _remember(self) -> None:
        self._settings.export_choice = tuple(key for key, row in self._rows.items() if row.is_wanted)
        self._settings.set_folder("export", self._folder)

    def _on_choose_clicked(self) -> None:
        folder = dialogs.ask_folder(self, self._folder)
        if folder is not None:
            self._folder = folder
            self._show_targets()

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    # ------------------------------------------------------------ building

    def _row(self, key: str, kind: str) -> DocumentRow:
        row = DocumentRow(key, kind, self)
        row.want(key in (self._settings.export_choice or _FIRST_CHOICE))
        row.open_requested.connect(lambda: open_outside(row.written or self._target(row)))
        row.retry_requested.connect(lambda: self._retry(row))
        row.elsewhere_requested.connect(lambda: self._elsewhere(row))
        return row

    def _connect(self) -> None:
        self._export.clicked.connect(self.start)
        self._cancel.clicked.connect(self.reject)
        self._close.clicked.connect(self.reject)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._open_folder.clicked.connect(lambda: open_outside(self._folder))

    def _show_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._export.setVisible(not busy)
        self._close.setVisible(not busy)
        self._force.setEnabled(not busy)
        self._choose.setEnabled(not busy)
        for row in self._rows.values():
            row.set_busy(busy)

    def _lay_out(self) -> None:
        self.setWindowTitle("导出")
        self.setMinimumWidth(min(_WIDTH, self.screen().availableSize().width() - 4 * GRID))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID + GRID // 2)
        layout.addWidget(muted_label("选择格式，文件名由机关名称和年份组成。", self))
        layout.addWidget(self._scroller, 1)
        layout.addWidget(self._problem)
        layout.addLayout(self._button_line())
        self._fill_room()
        self._remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress.setTextVisible(False)
        tint(self._problem, colours_of(self.palette()).error)
        self._remarks.hide()
        self._problem.hide()
        self._open_folder.hide()

    def _fill_room(self) -> None:
        """Put what may become long where it scrolls, so that the buttons stay on the screen."""
        layout = QVBoxLayout(self._room)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID + GRID // 2)
        for row in self._rows.values():
            layout.addWidget(row)
        layout.addLayout(self._folder_line())
        layout.addWidget(self._force)
        layout.addWidget(self._remarks)
        layout.addStretch(1)
        self._scroller.verticalScrollBar().rangeChanged.connect(self._on_room_changed)

    def _on_room_changed(self, _least: int, most: int) -> None:
        """Show more where the screen has it; let Tab reach what still scrolls, for arrow keys."""
        self.grow_to(self.height() + most)
        scrolls = self._scroller.verticalScrollBar().maximum() > 0
        self._scroller.setFocusPolicy(Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus)

    def _folder_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(QLabel("文件夹", self))
        line.addWidget(self._where, 1)
        line.addWidget(self._choose)
        return line

    def _button_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self._open_folder)
        line.addStretch(1)
        line.addWidget(self._progress, 3)
        for button in self._plain_buttons():
            button.setAutoDefault(False)
        for button in (self._export, self._cancel, self._close):
            line.addWidget(button)
        self._export.setDefault(True)
        return line

    def _plain_buttons(self) -> Iterator[QPushButton]:
        yield from (self._cancel, self._close, self._open_folder, self._choose)


def _wanted(path: Path, row: DocumentRow) -> Wanted:
    return Wanted(path, row.key, is_audit=row.key in _AUDITS)
