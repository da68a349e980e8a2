"""The commands about another report: last year's, to begin from and to compare with, and any other one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gui import dialogs
from gui.actions import Actions
from gui.file_commands import FileCommands
from gui.folders import documents_folder
from gui.settings import Settings
from gui.status_line import StatusLine
from gui.workspace import Workspace
from model.cells import CellId
from model.document import Document
from model.errors import AppError
from model.report import Part, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.report import Address
    from model.restoring import Differences


class YearCommands(QObject):
    """Carries out what concerns a second report file; that file is only read."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        files: FileCommands,
        settings: Settings,
        status: StatusLine,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._files = files
        self._settings = settings
        self._status = status
        self._workspace: Workspace | None = None
        commands = {
            "new_from_last": self.begin_from_last_year,
            "take_last_year": self.take_last_year,
            "show_last_year": self._on_show_last_year_triggered,
            "last_year_beside": self._on_last_year_beside_triggered,
            "compare": self.compare,
        }
        actions.connect_all(commands)
        actions["show_last_year"].setChecked(settings.last_year_shown)
        actions["last_year_beside"].setChecked(settings.last_year_beside)

    def follow(self, workspace: Workspace | None) -> None:
        """Work on this report from now on; None for no report."""
        self._workspace = workspace
        if workspace:
            workspace.unlock_requested.connect(self._on_unlock_requested)
            if self._settings.last_year_shown:
                workspace.set_last_year_visible(True)
            if self._settings.last_year_beside:
                workspace.set_last_year_beside(True)

    def begin_from_last_year(self) -> None:
        """Ask for last year's report and begin this year's from it."""
        from model.carry_over import begin_next, refuse_previous
        from model.catalogue import form_for_year

        asked = self._ask_report("选择上年的年报文件")
        if asked is None:
            return
        path, last = asked
        refusal = refuse_previous(None, last)
        if refusal is not None:
            dialogs.show_error(self._window, f"不能由“{path.name}”新建：{refusal}。")
        elif self._files.may_leave():
            form = form_for_year((last.year or 0) + 1)
            begun = begin_next(form, last)
            self._files.put(Document(form, begun))
            taken = f"，带入上年结转 {len(begun.locks)} 格并锁定" if begun.locks else ""
            self._status.show_message(f"已由 {last.year} 年年报新建 {begun.year} 年年报{taken}")

    def take_last_year(self) -> None:
        """Ask for last year's report and keep its figures with this one, as one undo step."""
        from model.carry_over import refuse_previous, take_previous

        document = self._files.document
        asked = self._ask_report("选择上年的年报文件") if document else None
        if document is None or asked is None:
            return
        path, last = asked
        refusal = refuse_previous(document.report.year, last)
        if refusal is not None:
            dialogs.show_error(self._window, f"“{path.name}”没有提取：{refusal}。")
            return
        new = take_previous(document.form, document.report, last)
        document.apply("提取上年数", new)
        self._status.show_message(_describe_taken(document.report, last, new))

    def compare(self) -> None:
        """Ask for another report and list what differs from this one."""
        from model.restoring import differences

        document = self._files.document
        asked = self._ask_report("选择要比较的年报文件") if document else None
        if document is None or asked is None:
            return
        path, other = asked
        if other.form != document.report.form:
            dialogs.show_error(self._window, f"“{path.name}”是另一版格式的年报，不能逐项比较。")
            return
        found = differences(other, document.report)
        if found.items:
            self._show_differences(path.stem, found)
        else:
            self._status.show_message(f"与“{path.name}”没有不同")

    # ------------------------------------------------------------ within

    def _ask_report(self, title: str) -> tuple[Path, Report] | None:
        """Ask for a report file and read it; None where the person changed their mind or it does not open."""
        from model import storage

        folder = self._settings.folder("last_year", self._settings.folder("report", documents_folder()))
        path = dialogs.ask_report_to_read(self._window, title, folder)
        if path is None:
            return None
        self._settings.set_folder("last_year", path.parent)
        try:
            return path, storage.load(path)
        except AppError as failure:
            dialogs.show_error(self._window, str(failure))
            return None

    def _show_differences(self, name: str, found: Differences) -> None:
        """Show the list beside the report: a double click or Enter leads to the place."""
        from gui.comparison_dialog import ComparisonDialog

        window = ComparisonDialog(f"与“{name}”比较", (name, "本报告"), found, self._window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.list.cellActivated.connect(lambda row, _column: self._go_to(found.items[row].address))
        window.show()
        window.list.resizeRowsToContents()  # the columns have their widths only now

    def _go_to(self, address: Address) -> None:
        if self._workspace:
            self._workspace.go_to_address(address)

    def _on_show_last_year_triggered(self) -> None:
        shown = self._actions["show_last_year"].isChecked()
        self._settings.last_year_shown = shown
        if self._workspace:
            self._workspace.set_last_year_visible(shown)
            self._say_where_last_year_comes_from(shown)

    def _on_last_year_beside_triggered(self) -> None:
        shown = self._actions["last_year_beside"].isChecked()
        self._settings.last_year_beside = shown
        if self._workspace:
            self._workspace.set_last_year_beside(shown)
            self._say_where_last_year_comes_from(shown)

    def _say_where_last_year_comes_from(self, shown: bool) -> None:
        if shown and self._workspace and self._workspace.document.report.previous is None:
            self._status.show_message("还没有上年数，请用“数据 > 提取上年数”取来")

    def _on_unlock_requested(self, cell: CellId) -> None:
        from model.locks import unlock

        document = self._files.document
        if document is None:
            return
        name = document.form.describe_cell(cell)
        reason = dialogs.ask_unlock_reason(self._window, name)
        if reason:
            unlock(document, cell, reason)
            self._status.show_message(f"已解除锁定：{name}，可以修改")


def _describe_taken(report: Report, last: Report, new: Mapping[Address, object]) -> str:
    """Say what was taken over, and where the unit is another one."""
    filled = sum(address.part is Part.INPUT for address in new)
    sentence = f"已提取 {last.year} 年的数"
    if filled:
        sentence += f"，填入上年结转 {filled} 格并锁定"
    if last.unit_name.strip() and last.unit_name.strip() != report.unit_name.strip():
        sentence += f"。请注意：那份年报的机关名称是“{last.unit_name.strip()}”"
    return sentence
