"""What can be done to the selected numbers of a table, by key, menu or button, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.notice_bar import NoticeBar
from gui.table_delegate import EditMode
from gui.table_keys import Command
from gui.table_model import TableModel
from gui.table_view import TableView
from model import table_edits
from model.cells import CellId, format_value
from model.document import Document
from model.formulas import total_formula
from model.parsing import Refusal
from model.table_edits import Outcome
from model.table_grid import Place

if TYPE_CHECKING:
    from gui.table_clipboard import TableClipboard


class TableCommands(QObject):
    """Edits the document at the places selected in a view."""

    message_reported = Signal(str)

    def __init__(
        self, document: Document, model: TableModel, view: TableView, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._view = view
        self._notices = notices
        self._runs = {
            Command.COPY: self.copy,
            Command.CUT: self.cut,
            Command.PASTE: self.paste,
            Command.CLEAR: self.clear,
            Command.FILL_SELECTION: self._fill_with_current,
            Command.FILL_DOWN: self.fill_down,
            Command.FILL_RIGHT: self.fill_right,
            Command.EDIT: self.edit,
            Command.ACCEPT_SUGGESTION: self.accept_suggestion,
            Command.ESCAPE: self._end_remarks,
        }

    def run(self, command: Command) -> None:
        """Do what a key asked for; raise KeyError for what is not ours to do."""
        self._runs[command]()

    # ------------------------------------------------------------ editing in place

    def edit(self) -> None:
        """Open the current cell's editor, or show what a total is made of."""
        cell = self._view.current_cell
        if self._document.form.is_total(cell):
            self.show_parts()
        elif table_edits.why_closed(self._document, cell):
            self.explain_closed(cell)
        else:
            self._view.edit_current(EditMode.IN_PLACE)

    def show_parts(self) -> None:
        """Colour the terms of the current total and show its sum."""
        cell = self._view.current_cell
        form, sheet = self._document.form, self._document.sheet
        self._model.show_parts(term.cell for term in form.total_of[cell].terms)
        text = total_formula(form, sheet, cell)
        stated = self._model.state(cell).stated
        text += "" if stated is None else f"\n原表写作 {format_value(stated)}"
        self._view.show_remark(cell, text, is_error=False)

    def _end_remarks(self) -> None:
        self._model.show_parts(())

    def explain_closed(self, cell: CellId) -> None:
        """Say why a cell takes no typing."""
        reason = table_edits.why_closed(self._document, cell)
        if reason is not None:
            self._say_at(cell, reason)

    def show_refusal(self, cell: CellId, refusal: Refusal) -> None:
        """Say why a typed text was refused, at its cell and in the status line."""
        self._say_at(cell, f"“{refusal.text.strip()}”没有写入：{refusal.reason}")

    def _say_at(self, cell: CellId, text: str) -> None:
        self._view.show_remark(cell, text)
        self.message_reported.emit(f"{self._document.form.describe_cell(cell)}：{text}")

    def accept_suggestion(self) -> None:
        """Put into the current cell what the printed rule makes of it."""
        cell = self._view.current_cell
        value = self._model.suggestion(cell)
        if value is not None:
            table_edits.type_text(self._document, cell, format_value(value))

    # ------------------------------------------------------------ filling and clearing

    def clear(self) -> None:
        """Blank the selected inputs."""
        self.clear_cells(self._view.selected_cells, "清除")

    def clear_cells(self, cells: Iterable[CellId], label: str) -> None:
        """Blank the inputs among some cells."""
        self._report(label, table_edits.clear(self._document, cells, label))

    def fill(self, text: str) -> None:
        """Put a text into every selected input."""
        cells = [(cell, text) for cell in self._view.selected_cells]
        outcome = table_edits.write(self._document, "填充", cells)
        self._report("填充", outcome)

    def _fill_with_current(self) -> None:
        self.fill(format_value(self._document.sheet[self._view.current_cell]))

    def fill_down(self) -> None:
        """Give the selected cells the value of the top row, or a single cell that of the one above."""
        self._fill_along(1, 0, "向下填充")

    def fill_right(self) -> None:
        """Give the selected cells the value of the left column, or a single cell that of its left one."""
        self._fill_along(0, 1, "向右填充")

    def _fill_along(self, rows: int, columns: int, label: str) -> None:
        grid, cursor = self._model.grid, self._view.cursor_
        first, last = cursor.corners
        is_line = first.row == last.row if rows else first.column == last.column
        start = Place(first.row - rows, first.column - columns) if is_line else first
        sources: dict[CellId, CellId] = {}
        for cell in self._view.selected_cells:
            place = grid.place(cell)
            source = grid.cell(
                Place(start.row if rows else place.row, start.column if columns else place.column)
            )
            if source is not None and source != cell:
                sources[cell] = source
        if sources:
            self._report(label, table_edits.copy_values(self._document, label, sources))

    def fill_blank_with_zero(self, cells: Iterable[CellId]) -> None:
        """Put 0 into the blank inputs among some cells."""
        self._report("空白填 0", table_edits.fill_blank_with_zero(self._document, cells))

    def accept_computed_totals(self, cells: Iterable[CellId]) -> None:
        """Drop the totals that the source printed for some cells."""
        stated = [cell for cell in cells if cell in self._document.report.stated]
        self._document.accept_computed(stated)

    def _report(self, verb: str, outcome: Outcome) -> None:
        self.message_reported.emit(outcome.line(verb))
        for refused in outcome.refused[:1]:
            self._view.show_remark(refused.cell, f"“{refused.text.strip()}”没有写入：{refused.reason}")

    # ------------------------------------------------------------ the clipboard

    @cached_property
    def _clipboard(self) -> TableClipboard:
        """Copying and pasting, loaded with the first of them: 10 ms less for a start."""
        from gui.table_clipboard import TableClipboard

        clipboard = TableClipboard(self._document, self._model, self._view, self._notices, self)
        clipboard.message_reported.connect(self.message_reported)
        clipboard.fill_wanted.connect(self.fill)
        return clipboard

    def copy(self) -> None:
        """Copy the selected numbers as text and as an HTML table."""
        self._clipboard.copy()

    def copy_as_web_table(self) -> None:
        """Copy the whole printed table with its merged boxes."""
        self._clipboard.copy_as_web_table()

    def cut(self) -> None:
        """Copy the selected numbers and clear the inputs among them."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Paste the block on the clipboard from the current cell, or the selection's first one, on."""
        self._clipboard.paste()
