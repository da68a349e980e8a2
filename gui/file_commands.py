"""New, open, save, close: the report's file, and never a change lost without a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

import resources
from gui import dialogs
from gui.dialogs import REPORT_SUFFIX, SaveChoice
from gui.folders import Folders, documents_folder
from gui.pages import reporting_year
from gui.settings import Settings
from model import storage
from model.catalogue import load_form, newest_form
from model.document import Document
from model.errors import AppError, FileMissing
from model.report import Report

UNTITLED = "未命名年报"


class FileCommands(QObject):
    """The report of one window and its file."""

    document_opened = Signal(object)
    """A :class:`model.document.Document` takes the place of the one before."""
    document_saved = Signal(str)
    """Saved; what else there is to say of it, mostly nothing."""
    recent_changed = Signal()

    def __init__(
        self, window: QWidget, settings: Settings, folders: Folders, finish_typing: Callable[[], None]
    ) -> None:
        """Take what brings into the report a text or number that is still being typed."""
        super().__init__(window)
        self._window = window
        self._finish_typing = finish_typing
        self._settings = settings
        self._folders = folders
        self.document: Document | None = None

    @property
    def name(self) -> str:
        """What the report is called for the person."""
        path = self.document.path if self.document else None
        return path.stem if path else UNTITLED

    # ------------------------------------------------------------ another report

    def new(self, today: date) -> None:
        """Begin a report in the newest edition."""
        if self.may_leave():
            form = newest_form()
            self._put(Document(form, Report(form.id, reporting_year(form, today))))

    def open_sample(self) -> None:
        """Open the sample as an untitled copy."""
        if self.may_leave():
            name = resources.names("samples", REPORT_SUFFIX)[0]
            self._read(resources.path("samples", f"{name}{REPORT_SUFFIX}"), as_copy=True)

    def ask_and_open(self) -> None:
        """Ask for a file and open it."""
        path = dialogs.ask_report_to_open(self._window, self._settings.folder("report", documents_folder()))
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Open a file in the place of the report before; tell whether it is open now.

        The program's own sample opens as an untitled copy, which nothing can overwrite.
        """
        path = path.absolute()
        return self.may_leave() and self._read(path, as_copy=resources.holds(path))

    def may_leave(self) -> bool:
        """Tell whether the report may be closed, asking about changes that are not saved."""
        self._finish_typing()
        if self.document is None or not self.document.is_modified:
            return True
        choice = dialogs.ask_save_changes(self._window, self.name)
        return choice is SaveChoice.DISCARD or (choice is SaveChoice.SAVE and self.save())

    def close(self) -> None:
        """Let go of the report."""
        self.document = None

    # ------------------------------------------------------------ saving

    def save(self) -> bool:
        """Save to the report's file, asking for one where there is none; tell whether it is saved."""
        self._finish_typing()
        if self.document is None:
            return False
        return self._write(self.document.path) if self.document.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save there; tell whether it is saved."""
        self._finish_typing()
        if self.document is None:
            return False
        path = dialogs.ask_report_to_save(self._window, self._suggestion(self.document))
        return path is not None and self._write(path)

    # ------------------------------------------------------------ within

    def _suggestion(self, document: Document) -> Path:
        if document.path:
            return document.path
        from export.targets import default_file_name

        folder = self._settings.folder("report", documents_folder())
        return folder / default_file_name(document.form, document.report, REPORT_SUFFIX)

    def _read(self, path: Path, *, as_copy: bool) -> bool:
        try:
            report = storage.load(path)
            form = load_form(report.form)
        except AppError as failure:
            if isinstance(failure, FileMissing):
                self._settings.remove_recent_file(path)
                self.recent_changed.emit()
            dialogs.show_error(self._window, str(failure))
            return False
        self._put(Document(form, report, None if as_copy else path))
        return True

    def _write(self, path: Path) -> bool:
        assert self.document is not None
        try:
            saved = storage.save(self.document.report, path, self._folders.backups)
        except AppError as failure:
            dialogs.show_error(self._window, str(failure))
            return False
        self.document.mark_saved(path)
        self._remember(path)
        self.document_saved.emit(saved.backup_failure)
        return True

    def _put(self, document: Document) -> None:
        self.document = document
        if document.path:
            self._remember(document.path)
        self.document_opened.emit(document)

    def _remember(self, path: Path) -> None:
        self._settings.add_recent_file(path)
        self._settings.set_folder("report", path.parent)
        self.recent_changed.emit()
