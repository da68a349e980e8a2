"""New, open, save, close: the report's file, and never a change lost without a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import resources
from gui import dialogs
from gui.autosave import Autosave
from gui.dialogs import REPORT_SUFFIX, SaveChoice
from gui.file_hold import FileHold, is_same_file
from gui.folders import documents_folder
from gui.opening import Opened, Opener
from gui.pages import reporting_year
from gui.run import Run
from gui.saving import SaveElsewhere, Saver
from model import file_stamp, storage
from model.catalogue import form_for_year, load_form
from model.document import Document
from model.errors import AppError, FileMissing
from model.report import Report

if TYPE_CHECKING:
    from model.recoverable import Recoverable

UNTITLED = "未命名年报"


class FileCommands(QObject):
    """The report of one window and its file."""

    document_opened = Signal(object)
    """A :class:`model.document.Document` takes the place of the one before."""
    document_saved = Signal(str)
    """Saved; what else there is to say of it, mostly nothing."""
    recent_changed = Signal()
    message_reported = Signal(str)
    """What there is to say of the file: opened only to be read, without the mark of being edited."""
    copies_failed = Signal(str)
    """No copy could be written, and why: a crash would now cost work."""

    def __init__(self, window: QWidget, run: Run, finish_typing: Callable[[], None]) -> None:
        """Take what brings into the report a text or number that is still being typed."""
        super().__init__(window)
        self._window = window
        self._finish_typing = finish_typing
        self._run = run
        self._settings = run.settings
        self._opener = Opener(run, window)
        self._saver = Saver(run, window)
        self._autosave: Autosave | None = None
        self.document: Document | None = None
        self.hold: FileHold | None = None

    @property
    def name(self) -> str:
        """What the report is called for the person."""
        path = self.document.path if self.document else None
        name = path.stem if path else UNTITLED
        return f"{name}（只读）" if self.document and self.document.is_read_only else name

    # ------------------------------------------------------------ another report

    def new(self, today: date) -> None:
        """Begin a report in the edition in force."""
        if self.may_leave():
            year = reporting_year(today)
            form = form_for_year(year)
            self.put(Document(form, Report(form.id, year)))

    def open_sample(self) -> None:
        """Open the sample as an untitled copy."""
        if self.may_leave():
            name = resources.names("samples", REPORT_SUFFIX)[0]
            self._attempt(resources.path("samples", f"{name}{REPORT_SUFFIX}"), self._open_copy)

    def ask_and_open(self) -> None:
        """Ask for a file and open it."""
        path = dialogs.ask_report_to_open(self._window, self._settings.folder("report", documents_folder()))
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Open a file in the place of the report before; tell whether it is open now.

        The program's own sample opens as an untitled copy, which nothing can overwrite. A file that
        another window of this program has is shown there.
        """
        path = path.absolute()
        if self._has(path):
            return self._open_again(path)
        if self._run.show_existing(path) or not self.may_leave():
            return False
        return self._attempt(path, self._open_copy if resources.holds(path) else self._opener.open)

    def recover(self, item: Recoverable) -> bool:
        """Open what a crash left, as an edit of what is saved; tell whether it is open now."""
        if item.path is not None and self._has(item.path):
            return self._recover_here(item)
        if item.path is not None and self._run.show_existing(item.path):
            self._run.recovery.found_changed.emit()  # that window offers it
            return False
        if not self.may_leave():
            return False
        self._run.recovery.hide(item)
        if not self._attempt(item.path or Path(), lambda _: self._opener.recover(item)):
            self._run.recovery.offer_again(item)
            return False
        assert self._autosave is not None
        self._autosave.take(then=lambda: self._run.recovery.set_aside(item))
        return True

    def restore_version(self, load: Callable[[], Report]) -> None:
        """Take a kept version into the report that is open, as one edit of it."""
        self._attempt_report(load, self._restore_here)

    def open_version(self, load: Callable[[], Report]) -> None:
        """Open a kept version of another file as an untitled report that is not saved yet."""
        from model.restoring import open_as_edit

        if self.may_leave():
            self._attempt_report(load, lambda report: self.put(open_as_edit(report, None, None)))

    def may_leave(self) -> bool:
        """Tell whether the report may be closed, asking about changes that are not saved."""
        self._finish_typing()
        if self.document is None or not self.document.is_modified:
            return True
        choice = dialogs.ask_save_changes(self._window, self.name)
        return choice is SaveChoice.DISCARD or (choice is SaveChoice.SAVE and self.save())

    def close(self) -> None:
        """Let go of the report and its file."""
        if self._autosave is not None:
            self._autosave.close()
            self._autosave.deleteLater()
        if self.hold is not None:
            self._run.heartbeat.forget(self.hold)
            self.hold.release()
        self._autosave = self.hold = self.document = None

    # ------------------------------------------------------------ after a fault of the program

    def is_intact(self) -> bool:
        """Tell whether the report is what it should be; one that is not may raise any exception."""
        from model.intact import is_intact

        return self.document is None or is_intact(self.document)

    def copy_now(self) -> bool:
        """Write a copy of a report with changes at once; tell whether there are any. Raise AppError."""
        document, hold = self.document, self.hold
        if document is None or hold is None or not document.is_modified:
            return False
        hold.copies.write(hold.copies.snapshot(document.report, document.path, hold.stamp))
        return True

    # ------------------------------------------------------------ saving

    def save(self) -> bool:
        """Save to the report's file, asking for one where there is none; tell whether it is saved."""
        self._finish_typing()
        if self.document is None:
            return False
        if self.document.path is None or self.document.is_read_only:
            return self.save_as()
        return self._write(self.document.path)

    def save_as(self) -> bool:
        """Ask for a file and save there; tell whether it is saved."""
        self._finish_typing()
        if self.document is None:
            return False
        path = dialogs.ask_report_to_save(self._window, self._suggestion(self.document))
        return path is not None and self._write(path.absolute())

    # ------------------------------------------------------------ within

    def _suggestion(self, document: Document) -> Path:
        if document.path:
            return document.path
        from export.targets import default_file_name

        folder = self._settings.folder("report", documents_folder())
        return folder / default_file_name(document.form, document.report, REPORT_SUFFIX)

    def _has(self, path: Path) -> bool:
        own = self.document.path if self.document else None
        return own is not None and is_same_file(own, path)

    def _open_again(self, path: Path) -> bool:
        """Stay with the report that is open, unless its file was written by someone else meanwhile."""
        assert self.document is not None
        assert self.hold is not None
        document, hold = self.document, self.hold
        if hold.stamp is not None and file_stamp.seems_untouched(path, hold.stamp):
            return True
        return self.may_leave() and self._attempt(path, lambda _: self._opener.reopen(document, hold))

    def _recover_here(self, item: Recoverable) -> bool:
        """Take what a crash left of the very report that is open as one more edit of it.

        Where it is only to be read, or of another edition, it becomes an untitled report in its place.
        """
        from model.restoring import open_as_edit, restore

        assert self.document is not None
        if self.document.is_read_only or self.document.form.id != item.report.form:
            if not self.may_leave():
                return False
            self.put(open_as_edit(item.report, None, None))
        else:
            self._finish_typing()
            restore(self.document, item.report)
        assert self._autosave is not None
        self._autosave.take(then=lambda: self._run.recovery.set_aside(item))
        return True

    def _attempt_report(self, load: Callable[[], Report], take: Callable[[Report], None]) -> None:
        try:
            report = load()
        except AppError as failure:
            dialogs.show_error(self._window, str(failure))
            return
        take(report)

    def _restore_here(self, report: Report) -> None:
        from model.restoring import open_as_edit, restore

        document = self.document
        if document is None or document.is_read_only or document.form.id != report.form:
            if self.may_leave():
                self.put(open_as_edit(report, None, None))
            return
        self._finish_typing()
        if restore(document, report) is None:
            self.message_reported.emit("这一版与窗口里的内容相同")
        else:
            self.message_reported.emit("已恢复，可以撤销；保存以前文件不变")

    def _open_copy(self, path: Path) -> Opened:
        report = storage.load(path)
        return self._opener.untitled(Document(load_form(report.form), report))

    def _attempt(self, path: Path, open_: Callable[[Path], Opened | None]) -> bool:
        try:
            opened = open_(path)
        except AppError as failure:
            if isinstance(failure, FileMissing):
                self._settings.remove_recent_file(path)
                self.recent_changed.emit()
            dialogs.show_error(self._window, str(failure))
            return False
        if opened is not None:
            self._take(opened)
        return opened is not None

    def _write(self, path: Path) -> bool:
        assert self.document is not None
        assert self.hold is not None
        try:
            done = self._saver.save(self.document, self.hold, path)
        except SaveElsewhere:
            return self.save_as()
        except AppError as failure:
            dialogs.show_error(self._window, str(failure))
            return False
        if done is None:
            return False
        self.document.is_read_only = False
        self.document.mark_saved(path)
        if self._autosave is not None:
            self._autosave.note_saved()
        self._remember(path)
        self.document_saved.emit(done.saved.backup_failure)
        return True

    def put(self, document: Document) -> None:
        """Take a report without a file in the place of the one before."""
        self._take(self._opener.untitled(document))

    def _take(self, opened: Opened) -> None:
        if opened.hold.lock is not None and self.hold is not None and opened.hold.lock is self.hold.lock:
            self.hold.lock = None  # the same file, read anew: its lock goes on
        self.close()
        self.document, self.hold = opened.document, opened.hold
        self._autosave = Autosave(opened.document, opened.hold, self._run.copying, self)
        self._autosave.failed.connect(self.copies_failed)
        self._run.heartbeat.follow(opened.hold)
        if opened.document.path:
            self._remember(opened.document.path)
        self.document_opened.emit(opened.document)
        if opened.remark:
            self.message_reported.emit(opened.remark)

    def _remember(self, path: Path) -> None:
        self._settings.add_recent_file(path)
        self._settings.set_folder("report", path.parent)
        self.recent_changed.emit()
