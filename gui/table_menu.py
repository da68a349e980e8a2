"""The context menu of a table: what can be done to the cell and the selection under the mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.style import widen
from gui.table_commands import TableCommands
from gui.table_model import TableModel
from gui.table_view import TableView
from model.cells import CellId


class TableMenu(QObject):
    """Builds the menu anew each time, with only what applies to the current cell and selection."""

    unlock_requested = Signal(object)
    """The clerk wants to change a locked cell: its CellId. A reason is to be asked for."""

    def __init__(self, model: TableModel, view: TableView, commands: TableCommands, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._view = view
        self._commands = commands

    def popup(self, place: QPoint) -> None:
        """Show the menu at a place on the screen."""
        menu = self.make()
        widen(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def make(self) -> QMenu:
        """Return the menu for the current cell and selection."""
        menu, commands = QMenu(self._view), self._commands
        _add(menu, "剪切(&T)", "Ctrl+X", commands.cut)
        _add(menu, "复制(&C)", "Ctrl+C", commands.copy)
        _add(menu, "粘贴(&P)", "Ctrl+V", commands.paste)
        _add(menu, "清除(&D)", "Del", commands.clear)
        menu.addSeparator()
        _add(menu, "向下填充(&F)", "Ctrl+D", commands.fill_down)
        _add(menu, "向右填充(&R)", "Ctrl+R", commands.fill_right)
        _add(menu, "所选空白填 0(&0)", "", self._fill_blank)
        _add(menu, "复制为网页表格(&W)", "", commands.copy_as_web_table)
        self._add_for_cell(menu, self._view.current_cell)
        return menu

    def _add_for_cell(self, menu: QMenu, cell: CellId) -> None:
        state = self._model.state(cell)
        stated = [one for one in self._view.selected_cells if self._model.state(one).stated is not None]
        menu.addSeparator()
        if state.suggestion:
            _add(menu, f"采用建议的 {state.suggestion}(&S)", "空格", self._commands.accept_suggestion)
        if state.is_total:
            _add(menu, "显示算式(&M)", "F2", self._commands.show_parts)
        if stated:
            _add(menu, "采用计算的合计(&A)", "", lambda: self._commands.accept_computed_totals(stated))
        if state.is_locked:
            _add(menu, "解除锁定(&U)…", "", lambda: self.unlock_requested.emit(cell))

    def _fill_blank(self) -> None:
        self._commands.fill_blank_with_zero(self._view.selected_cells)


def _add(menu: QMenu, text: str, keys: str, action: Callable[[], None]) -> QAction:
    """Add an entry; its keys are only shown, since the table and the window listen for them."""
    added = menu.addAction(f"{text}\t{keys}" if keys else text)
    added.triggered.connect(lambda _checked=False: action())
    return added
