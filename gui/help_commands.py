"""The commands of 帮助 and the settings: what helps to know the program, and to mend it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui import dialogs
from gui.actions import Actions
from gui.folders import documents_folder
from gui.settings import Settings
from gui.status_line import StatusLine
from gui.view_commands import ViewCommands
from gui.workspace import Workspace
from model.crash_log import log_file
from model.errors import AppError
from model.places import user_data_folder

if TYPE_CHECKING:
    from gui.reading_window import ReadingWindow
    from model.forms import Form

_NOT_KEPT = (
    "设置现在有效，但没有存下来，下次启动还是原来的样子：数据文件夹写不进去，或者磁盘空间已满。"
    "数据文件夹在哪里，见“帮助 > 关于本程序”。"
)


class HelpCommands(QObject):
    """Windows to read in, settings, and what is sent to somebody who looks for a fault."""

    faces_changed = Signal()
    """Documents are to be drawn in other faces."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        settings: Settings,
        views: ViewCommands,
        status: StatusLine,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._settings = settings
        self._views = views
        self._status = status
        self._workspace: Workspace | None = None
        self._guide: ReadingWindow | None = None
        self._guide_form = ""
        self._shortcuts: ReadingWindow | None = None
        commands = {
            "guide": self.show_guide,
            "shortcuts": self.show_shortcuts,
            "settings": self.ask_settings,
            "diagnostics": self.export_diagnostics,
            "about": self.show_about,
        }
        actions.connect_all(commands)

    def follow(self, workspace: Workspace | None) -> None:
        """Help with this report from now on; None for no report."""
        self._workspace = workspace

    # ------------------------------------------------------------ to read

    def show_guide(self) -> None:
        """Show the 填报说明 at the place that is being filled in."""
        form = self._form()
        if self._guide is None or self._guide_form != form.id:
            self._guide, self._guide_form = self._make_guide(form), form.id
        self._guide.open_at(self._workspace.help_place() if self._workspace else "")

    def show_shortcuts(self) -> None:
        """Show every key there is."""
        from gui.reading_window import ReadingWindow
        from gui.shortcuts_text import shortcuts_html

        if self._shortcuts is None:
            self._shortcuts = ReadingWindow("快捷键一览", shortcuts_html, self._window, hint="查找按键或用途")
        self._shortcuts.open_at("")

    def _make_guide(self, form: Form) -> ReadingWindow:
        from gui.guide_text import guide_html
        from gui.reading_window import ReadingWindow
        from model.guide import entries

        title = f"填报说明（{form.name}）"
        return ReadingWindow(title, partial(guide_html, entries(form)), self._window, hint="在填报说明里查找")

    def _form(self) -> Form:
        from model.catalogue import form_for_year

        return self._workspace.document.form if self._workspace else form_for_year(date.today().year)

    # ------------------------------------------------------------ settings

    def ask_settings(self) -> None:
        """Ask how the program should look and behave, and have it so."""
        from gui.settings_dialog import Preferences

        settings = self._settings
        now = Preferences(
            settings.scheme,
            settings.zoom,
            settings.enter_moves_right,
            settings.last_year_shown,
            settings.last_year_beside,
            settings.faces,
        )
        wanted = dialogs.ask_preferences(self._window, now)
        if wanted is None:
            return
        self._actions[wanted.scheme.value].trigger()
        self._views.set_zoom(wanted.zoom)
        for name, on in (
            ("enter_right", wanted.enter_moves_right),
            ("show_last_year", wanted.last_year_shown),
            ("last_year_beside", wanted.last_year_beside),
        ):
            if self._actions[name].isChecked() is not on:
                self._switch(name)
        if wanted.faces != settings.faces:
            settings.faces = wanted.faces
            self.faces_changed.emit()
        if not settings.flush():
            dialogs.show_error(self._window, _NOT_KEPT)

    def _switch(self, name: str) -> None:
        """Switch a command over, also one that has nothing to do without a report."""
        action = self._actions[name]
        enabled = action.isEnabled()
        action.setEnabled(True)
        action.trigger()
        action.setEnabled(enabled)

    # ------------------------------------------------------------ to mend

    def show_about(self) -> None:
        """Say what this program is; open its log or export what helps to find a fault."""
        choice = dialogs.show_about(self._window)
        if choice is dialogs.AboutChoice.DATA_FOLDER:
            self._open_folder(user_data_folder(), "还没有存过数据")
        elif choice is dialogs.AboutChoice.LOG_FOLDER:
            self._open_folder(log_file().parent, "还没有日志：程序没有出过错")
        elif choice is dialogs.AboutChoice.DIAGNOSTICS:
            self.export_diagnostics()

    def export_diagnostics(self) -> None:
        """Ask for a place and write the 诊断包 there; nothing of any report is in it."""
        from model.diagnostics import write_pack

        path = dialogs.ask_diagnostics_to_write(self._window, documents_folder() / "年报工具诊断包.zip")
        if path is None:
            return
        try:
            write_pack(path, log_file().parent, self._settings.for_diagnosis())
        except AppError as failure:
            dialogs.show_error(self._window, str(failure))
            return
        self._status.show_message(f"已导出诊断包：{path}（不含年报内容）")

    def _open_folder(self, folder: Path, nothing: str) -> None:
        from gui.outside import open_outside

        if folder.is_dir():
            open_outside(folder)
        else:
            self._status.show_message(nothing)
