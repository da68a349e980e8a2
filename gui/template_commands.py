"""The 填报模板 for units without the program, and the import of a filled one."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui import dialogs
from gui.actions import Actions
from gui.background import Background
from gui.file_commands import FileCommands
from gui.folders import documents_folder
from gui.run import Run
from gui.status_line import StatusLine
from model.document import Document
from model.errors import AppError

if TYPE_CHECKING:
    from model.reading.import_patch import Patch
    from model.reading.template import Imported
    from model.report import Report

_LAST_WORK = 5.0
"""Seconds to wait for what is being read or written when the window is closed."""


class TemplateCommands(QObject):
    """Carries out 导出空白填报模板 and 导入; workbooks are read and written off the GUI thread."""

    def __init__(
        self, window: QWidget, actions: Actions, files: FileCommands, run: Run, status: StatusLine
    ) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._run = run
        self._settings = run.settings
        self._status = status
        self._work = Background("workbooks", self)
        self.is_running = False
        actions.connect_all({"template": self.write_template, "import": self.ask_and_import})

    def finish(self) -> None:
        """Wait for what is on its way, before the window goes."""
        self._work.finish(_LAST_WORK)

    # ------------------------------------------------------------ template

    def write_template(self) -> None:
        """Ask for year, unit and place, and write a blank workbook."""
        from export.template_file import default_template_name
        from gui.pages import reporting_year
        from model.catalogue import form_for_year

        document = self._files.document
        year = document.report.year if document else None
        unit = document.report.unit_name.strip() if document else ""
        answer = dialogs.ask_template(self._window, year or reporting_year(date.today()), unit)
        if answer is None:
            return
        year, unit = answer
        form = form_for_year(year)
        folder = self._settings.folder("export", documents_folder())
        suggestion = folder / default_template_name(form, year, unit)
        target = dialogs.ask_document_to_write(self._window, suggestion, "Excel 填报模板")
        if target is not None:
            self._settings.set_folder("export", target.parent)
            self._write(target, year, unit)

    def _write(self, target: Path, year: int, unit: str) -> None:
        now = datetime.now().astimezone()
        self._run.note_target(target)

        def work() -> Path:
            from export.template_file import save_template
            from model.catalogue import form_for_year

            save_template(form_for_year(year), target, year=year, unit=unit, moment=now)
            return target

        self._begin("正在生成填报模板")
        self._work.run(work, self._on_template_written)

    def _on_template_written(self, outcome: Path | AppError) -> None:
        self.is_running = False
        if isinstance(outcome, AppError):
            dialogs.show_error(self._window, str(outcome))
        else:
            self._status.show_message(f"已生成填报模板：{outcome.name}")

    # ------------------------------------------------------------ import

    def ask_and_import(self) -> None:
        """Ask for a workbook and read it into the report that is open, or into a new one."""
        if self.is_running:
            return
        folder = self._settings.folder("import", documents_folder())
        path = dialogs.ask_workbook_to_read(self._window, folder)
        if path is None:
            return
        self._settings.set_folder("import", path.parent)

        def work() -> Imported:
            from model.reading.template import read_template

            return read_template(path)

        self._begin(f"正在读取“{path.name}”")
        self._work.run(work, partial(self._on_read, path))

    def _on_read(self, path: Path, outcome: Imported | AppError) -> None:
        self.is_running = False
        document = self._files.document
        if isinstance(outcome, AppError):
            dialogs.show_error(self._window, str(outcome))
        elif document is None:
            self._begin_report(path, outcome)
        elif document.is_read_only:
            dialogs.show_error(self._window, "这份年报是只读打开的，不能导入。请先另存一份副本。")
        elif outcome.report.form != document.report.form:
            dialogs.show_error(
                self._window, f"“{path.name}”是另一版格式的，不能导入到这份年报。年报没有改动。"
            )
        else:
            self._import_into(document, path, outcome)

    def _begin_report(self, path: Path, imported: Imported) -> None:
        from model.catalogue import load_form
        from model.report import Report

        form, report = load_form(imported.report.form), imported.report
        changes = _changes(Report(form.id), report)
        if dialogs.ask_import(self._window, path.name, changes, [str(doubt) for doubt in imported.doubts]):
            self._files.put(Document(form, report))
            self._status.show_message(f"已由“{path.name}”新建年报，请核对后保存")

    def _import_into(self, document: Document, path: Path, imported: Imported) -> None:
        from model.reading.import_patch import as_patch

        patch = as_patch(imported, document.report)
        changes = _changes(document.report, _patched(document.report, patch))
        doubts = [str(doubt) for doubt in (*imported.doubts, *patch.doubts)]
        if not changes and not doubts:
            self._status.show_message(f"“{path.name}”与这份年报没有不同，没有改动")
        elif dialogs.ask_import(self._window, path.name, changes, doubts):
            document.apply(f"导入{path.stem}", patch.new)
            self._status.show_message(f"已导入“{path.name}”，改动 {len(changes)} 处，可以一次撤销")

    def _begin(self, sentence: str) -> None:
        self.is_running = True
        self._status.show_message(sentence)


def _patched(report: Report, patch: Patch) -> Report:
    from model.report import put

    return put(report, patch.new)


def _changes(old: Report, new: Report) -> list[str]:
    from model.catalogue import load_form
    from model.comparison import compare
    from model.finalising import word_change

    return [word_change(change) for change in compare(load_form(new.form), old, new)]
