"""The page of one official table: the table itself and the help for the current row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.bridge import DocumentBridge
from gui.cell_wording import hint
from gui.findings_model import same_place
from gui.notice_bar import NoticeBar
from gui.page_parts import heading_label
from gui.row_help import RowHelp
from gui.style import GRID
from gui.table_commands import TableCommands
from gui.table_keys import Command
from gui.table_menu import TableMenu
from gui.table_model import TableModel
from gui.table_style import ZOOM_LARGEST, ZOOM_SMALLEST, ZOOM_STEP
from gui.table_view import TableView
from model.cells import CellId, format_value
from model.document import Change
from model.findings import Finding
from model.forms import Table
from model.locks import is_locked, unlock
from model.parsing import Refusal

if TYPE_CHECKING:
    from gui.comparison import Comparison
    from gui.find_bar import FindBar

_MARGIN = 2 * GRID


class TablePage(QWidget):
    """Shows, edits and explains one table of the document that a bridge follows."""

    current_cell_changed = Signal(object)
    """CellId of the cell that takes typing."""
    message_reported = Signal(str)
    """One line for the status line: what was refused and why, what became of a paste."""
    zoom_requested = Signal(int)
    """The size in percent that Ctrl with the wheel, +, - or 0 asks for."""
    unlock_requested = Signal(object)
    """The clerk wants to change a locked cell (CellId): to be answered with :meth:`unlock`."""
    table_step_requested = Signal(int)
    """1 for the next table, -1 for the previous one."""

    def __init__(self, bridge: DocumentBridge, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = bridge.document
        self._table = table
        self._model = TableModel(bridge, table, self)
        self._view = TableView(self._model, self)
        self._notices = NoticeBar(self)
        self._commands = TableCommands(self._document, self._model, self._view, self._notices, self)
        self._menu = TableMenu(self._model, self._view, self._commands, self)
        self._help = RowHelp(self)
        self._finding: Finding | None = None
        self._comparison: Comparison | None = None
        self._find: FindBar | None = None
        self._find_start = self._view.current_cell
        self._heading = heading_label(table.heading, self)
        self._sum = QLabel(self)
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self._view)
        self._connect()
        bridge.changed.connect(self._on_document_changed)
        self._explain()

    def _arrange(self) -> None:
        """Place heading, table and help one below the other; a low table has its help right below it."""
        width = self.width() - 2 * _MARGIN
        self._heading.setGeometry(_MARGIN, GRID, width, self._heading.sizeHint().height())
        self._sum.setGeometry(self._heading.geometry())
        top = self._heading.geometry().bottom() + GRID
        help_height = self._help.sizeHint().height()
        beside, compared = self._comparison.arrange(width) if self._comparison else (0, 0)
        room = QSize(width - beside, max(0, self.height() - top - compared - help_height - GRID))
        size = self._view.fit(room)
        self._view.setGeometry(QRect(QPoint(_MARGIN, top), size))
        below = top + size.height()
        if self._comparison:
            self._comparison.place(self._view.geometry(), width)
        self._help.setGeometry(_MARGIN, below + compared + GRID, width, help_height)
        if not self._notices.isHidden():
            self._notices.place()
        if self._find:
            self._find.place()

    def _connect(self) -> None:
        self._model.refused.connect(self._on_text_refused)
        self._view.moved.connect(self._on_cell_moved)
        self._view.command_given.connect(self._on_command_given)
        self._view.typing_refused.connect(self._commands.explain_closed)
        self._view.fill_wanted.connect(self._commands.fill)
        self._view.menu_wanted.connect(self._menu.popup)
        self._menu.unlock_requested.connect(self.unlock_requested)
        self._view.rearranged.connect(self._arrange)
        self._view.selection_changed.connect(self._show_sum)
        self._commands.message_reported.connect(self.message_reported)

    # ------------------------------------------------------------ places

    def current_cell(self) -> CellId | None:
        """Return the cell that takes typing."""
        return self._view.current_cell

    def go_to(self, cell: CellId) -> None:
        """Make a cell of this table current and bring it into view."""
        self._view.go_to(cell)

    def show_finding(self, finding: Finding | None) -> None:
        """Colour both sides of a finding and bring all its cells into view; None ends that.

        One that is shown already, with other numbers since, leaves the clerk where they type.
        """
        is_shown = finding is not None and self._finding is not None and same_place(finding, self._finding)
        self._finding = finding
        self._model.show_finding(finding)
        cells = [] if finding is None else [cell for cell in finding.cells if cell.table == self._table.id]
        if cells and not is_shown:
            self._view.go_to(cells[0])
            self._view.bring_into_view(cells)

    def reveal(self, change: Change) -> None:
        """Go to what an undo or redo changed, where that is in this table."""
        edited = {address.key for address in change.addresses}
        places = [cell for cell in self._table.cells if cell in edited]
        if places:
            self._view.go_to(places[0])
            self._view.bring_into_view(places)

    # ------------------------------------------------------------ settings

    def set_zoom(self, percent: int) -> None:
        """Show the table at 60 to 200 percent."""
        self._view.set_zoom(max(ZOOM_SMALLEST, min(ZOOM_LARGEST, percent)))

    def set_enter_moves_right(self, on: bool) -> None:
        """Let Enter go to the next input at the right instead of down."""
        self._view.cursor_.enter_moves_right = on

    def set_comparison_visible(self, on: bool) -> None:
        """Show last year's numbers of the current row, and how this year's differ, under the table."""
        self._need_comparison().want_row(on)
        self._arrange_comparison()

    def set_comparison_beside(self, on: bool) -> None:
        """Show last year's numbers of the current column, and how this year's differ, beside the table."""
        self._need_comparison().want_column(on)
        self._arrange_comparison()

    def _need_comparison(self) -> Comparison:
        if self._comparison is None:
            from gui.comparison import Comparison  # few want it, and a start can do without

            self._comparison = Comparison(self._document, self._model.grid, self._view, self)
            self._comparison.rearranged.connect(self._arrange)
        return self._comparison

    def _arrange_comparison(self) -> None:
        if self._comparison and not self._comparison.is_wanted:
            self._comparison.end()
            self._comparison = None
        self._arrange()

    def open_find(self) -> None:
        """Let the clerk look for a label or a number."""
        self._find_start = self._view.current_cell
        if self._find is None:
            self._find = self._make_find_bar()
        self._find.open()

    def _make_find_bar(self) -> FindBar:
        from gui.find_bar import FindBar  # with the first search: a start can do without

        bar = FindBar(self)
        bar.wanted.connect(self._on_text_wanted)
        bar.closed.connect(self._view.setFocus)
        return bar

    # ------------------------------------------------------------ edit commands

    def copy(self) -> None:
        """Copy the selected numbers."""
        self._commands.copy()

    def cut(self) -> None:
        """Copy the selected numbers and clear the inputs among them."""
        self._commands.cut()

    def paste(self) -> None:
        """Paste a block from the current cell on."""
        self._commands.paste()

    def copy_as_web_table(self) -> None:
        """Copy the whole printed table with its merged boxes."""
        self._commands.copy_as_web_table()

    def clear(self) -> None:
        """Blank the selected inputs."""
        self._commands.clear()

    def select_all(self) -> None:
        """Select every number."""
        self._view.select_all()

    def fill_blank_with_zero(self) -> None:
        """Put 0 into the blank inputs of the table."""
        self._commands.fill_blank_with_zero(self._table.cells)

    def fill_blank_rows_with_zero(self) -> None:
        """Put 0 into the blank inputs of the selected rows."""
        rows = {cell.row for cell in self._view.selected_cells}
        self._commands.fill_blank_with_zero([cell for cell in self._table.cells if cell.row in rows])

    def clear_table(self) -> None:
        """Blank every input of the table."""
        self._commands.clear_cells(self._table.cells, "清空本表")

    def accept_computed_totals(self) -> None:
        """Let the computed totals stand where the source printed others."""
        self._commands.accept_computed_totals(self._table.cells)

    def ask_to_unlock(self) -> None:
        """Have the lock of the current cell opened, or say that it has none."""
        cell = self._view.current_cell
        if is_locked(self._document.report, cell):
            self.unlock_requested.emit(cell)
        else:
            self.message_reported.emit("当前单元格没有锁定")

    def unlock(self, cell: CellId, reason: str) -> None:
        """Open a cell that was taken from last year; the report keeps the reason."""
        unlock(self._document, cell, reason)

    # ------------------------------------------------------------ what happens

    def _on_cell_moved(self, cell: CellId) -> None:
        self._model.show_parts(())
        self._explain()
        if self._comparison:
            self._comparison.follow(cell)
        self.current_cell_changed.emit(cell)

    def _explain(self) -> None:
        """Show the help of the current row and what can be done at the current cell."""
        cell = self._view.current_cell
        self._help.show_row(self._document.form.row(cell), hint(self._model.state(cell)))

    def _show_sum(self) -> None:
        """Show count and sum of the selected numbers, as the status line of a sheet program does.

        Totals beside inputs are left out: they would count twice.
        """
        form, selected = self._document.form, self._view.selected_cells
        inputs = [cell for cell in selected if not form.is_total(cell)]
        cells = inputs or selected
        values = [value for cell in cells if (value := self._document.sheet[cell]) is not None]
        many = len(values) > 1 and len({form.kind(cell) for cell in cells}) == 1
        what = "个填报数" if 0 < len(inputs) < len(selected) else "个数"
        self._sum.setText(f"{len(values)} {what}，合计 {format_value(sum(values))}" if many else "")

    def _on_text_wanted(self, text: str, step: int) -> None:
        from model.finding_text import find  # with the first search: it reads labels as a paste does

        assert self._find is not None
        found = find(self._table, self._document.sheet, text)
        if not found:
            self._find.show_result(0, 0)
            return
        order = self._table.cells
        here = order.index(self._view.current_cell if step else self._find_start)
        ahead = [cell for cell in found if order.index(cell) >= here + max(0, step)]
        behind = [cell for cell in found if order.index(cell) < here]
        cell = (behind[-1:] or found[-1:])[0] if step < 0 else (ahead[:1] or found[:1])[0]
        self._view.go_to(cell)
        self._find.show_result(found.index(cell) + 1, len(found))

    def _on_document_changed(self, _change: Change) -> None:
        self._notices.hide()
        self._explain()
        self._show_sum()
        if self._comparison:
            self._comparison.follow(self._view.current_cell)

    def _on_text_refused(self, cell: CellId, refusal: Refusal) -> None:
        self._commands.show_refusal(cell, refusal)

    def _on_command_given(self, command: Command) -> None:
        steps = {Command.PREVIOUS_TABLE: -1, Command.NEXT_TABLE: 1}
        zooms = {
            Command.ZOOM_IN: self._view.zoom + ZOOM_STEP,
            Command.ZOOM_OUT: self._view.zoom - ZOOM_STEP,
            Command.ZOOM_RESET: 100,
        }
        if command in steps:
            self.table_step_requested.emit(steps[command])
        elif command is Command.FIND:
            self.open_find()
        elif command in zooms:
            self.zoom_requested.emit(max(ZOOM_SMALLEST, min(ZOOM_LARGEST, zooms[command])))
        else:
            self._commands.run(command)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom the table over what stands round it too."""
        self._view.wheelEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Arrange the page for its new size."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which a table can be worked on."""
        return QSize(240, 160)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the application's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_view"):
            self._view.set_base_font(self.font())
