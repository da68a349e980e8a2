"""Undo and redo over the whole report, and the clipboard for whatever has the focus."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from gui.actions import Actions
from gui.workspace import Workspace

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit)


class EditCommands(QObject):
    """Carries out the commands of 编辑 and 数据 on the current page."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._workspace: Workspace | None = None
        names = ("cut", "copy", "paste", "clear", "select_all")
        actions.connect_all({name: partial(self._edit, name) for name in names})
        actions.connect_all({name: partial(self._call_table, method) for name, method in _METHODS.items()})
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
        for name in _METHODS:
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

    def _edit(self, name: str) -> None:
        """Have the focused field, or the table that has the focus, do an edit command."""
        focused = QApplication.focusWidget()
        if isinstance(focused, _TEXT_FIELDS):
            _edit_text(focused, name)
        elif focused is not None and self._is_in_table(focused):
            self._call_table(name)

    def _is_in_table(self, widget: QWidget) -> bool:
        table = self._workspace.table_page() if self._workspace else None
        return table is not None and (table is widget or table.isAncestorOf(widget))

    def _call_table(self, method: str) -> None:
        table = self._workspace.table_page() if self._workspace else None
        if table is not None:
            getattr(table, method)()


_METHODS = {
    "find": "open_find",
    "copy_web": "copy_as_web_table",
    "unlock": "ask_to_unlock",
    "fill_row_zero": "fill_blank_rows_with_zero",
    "fill_zero": "fill_blank_with_zero",
    "accept_totals": "accept_computed_totals",
    "clear_table": "clear_table",
}
"""Commands about the current table to what its page calls them."""


_READS = frozenset({"find", "copy_web"})
"""Those of them that change nothing."""
_EDITS = ("cut", "paste", "clear", "mend", "explain", "take_last_year")
"""Commands on the whole report that change it."""


def _edit_text(field: QLineEdit | QPlainTextEdit, name: str) -> None:
    if name == "select_all":
        field.selectAll()
    elif name != "clear":
        getattr(field, name)()
    elif isinstance(field, QLineEdit):
        field.del_()
    else:
        field.textCursor().removeSelectedText()
