"""Undo and redo over the whole report, and the clipboard for whatever has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from gui.actions import Actions
from gui.workspace import Workspace

if TYPE_CHECKING:
    from gui.table_page import TablePage

_TextField: TypeAlias = QLineEdit | QPlainTextEdit
_TEXT_FIELDS = (QLineEdit, QPlainTextEdit)


class EditCommands(QObject):
    """Carries out the commands of 编辑 and 数据 on the current page."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._workspace: Workspace | None = None
        actions.connect_all({name: partial(self._edit, name) for name in _EDIT_COMMANDS})
        actions.connect_all({n: partial(self._call_table, run) for n, run in _TABLE_COMMANDS.items()})
        actions.connect_all({"find": self._search, "replace": partial(self._search, replacing=True)})
        actions["undo"].triggered.connect(self._on_undo_triggered)
        actions["redo"].triggered.connect(self._on_redo_triggered)

    def follow(self, workspace: Workspace | None) -> None:
        """Work on this report's pages from now on; None for no report."""
        self._workspace = workspace
        self.show_state()

    def show_state(self) -> None:
        """Switch commands on and off by what there is to undo and which page is shown."""
        document = self._workspace.document if self._workspace else None
        self._actions.show_history(
            document.undo_label if document else None, document.redo_label if document else None
        )
        table = self._workspace is not None and self._workspace.table_page() is not None
        is_open = document is not None and not document.is_read_only
        for name in _TABLE_COMMANDS:
            self._actions[name].setEnabled(table and (is_open or name in _READS))
        self._actions.set_enabled(_EDITS, is_open)

    # ------------------------------------------------------------ within

    def _on_undo_triggered(self) -> None:
        if self._workspace:
            change = self._workspace.document.undo()
            if change:
                self._workspace.reveal(change)

    def _on_redo_triggered(self) -> None:
        if self._workspace:
            change = self._workspace.document.redo()
            if change:
                self._workspace.reveal(change)

    def _search(self, *, replacing: bool = False) -> None:
        if self._workspace:
            self._workspace.search(replacing=replacing)

    def _edit(self, name: str) -> None:
        """Have the focused field, or the table that has the focus, do an edit command."""
        focused = QApplication.focusWidget()
        if isinstance(focused, _TEXT_FIELDS):
            _TEXT_COMMANDS[name](focused)
        elif focused is not None and self._is_in_table(focused):
            self._call_table(_EDIT_COMMANDS[name])

    def _is_in_table(self, widget: QWidget) -> bool:
        table = self._workspace.table_page() if self._workspace else None
        return table is not None and (table is widget or table.isAncestorOf(widget))

    def _call_table(self, command: Callable[[TablePage], None]) -> None:
        table = self._workspace.table_page() if self._workspace else None
        if table is not None:
            command(table)


_EDIT_COMMANDS: Mapping[str, Callable[[TablePage], None]] = {
    "cut": lambda table: table.cut(),
    "copy": lambda table: table.copy(),
    "paste": lambda table: table.paste(),
    "clear": lambda table: table.clear(),
    "select_all": lambda table: table.select_all(),
}
"""Commands for whatever has the focus, as a table does them."""
_TEXT_COMMANDS: Mapping[str, Callable[[_TextField], None]] = {
    "cut": lambda field: field.cut(),
    "copy": lambda field: field.copy(),
    "paste": lambda field: field.paste(),
    "clear": lambda field: _clear_selected(field),
    "select_all": lambda field: field.selectAll(),
}
"""The same commands, as a text field does them."""
_TABLE_COMMANDS: Mapping[str, Callable[[TablePage], None]] = {
    "copy_web": lambda table: table.copy_as_web_table(),
    "unlock": lambda table: table.ask_to_unlock(),
    "fill_row_zero": lambda table: table.fill_blank_rows_with_zero(),
    "fill_zero": lambda table: table.fill_blank_with_zero(),
    "accept_totals": lambda table: table.accept_computed_totals(),
    "clear_table": lambda table: table.clear_table(),
}
"""Commands about the current table, as its page does them."""
_READS = frozenset({"copy_web"})
"""Those of them that change nothing."""
_EDITS = ("cut", "paste", "clear", "mend", "explain", "take_last_year")
"""Commands on the whole report that change it."""


def _clear_selected(field: _TextField) -> None:
    if isinstance(field, QLineEdit):
        field.del_()
    else:
        field.textCursor().removeSelectedText()
