"""Last year's numbers on the page of a table: the current row's below it, the current column's beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from gui.comparison_columns import ComparisonColumns
from gui.comparison_strip import ComparisonStrip
from gui.style import GRID
from gui.table_view import TableView
from model.cells import CellId
from model.checks import last_years_sheet
from model.document import Document
from model.table_grid import TableGrid


class Comparison(QObject):
    """Shows what is wanted as far as there is room for it.

    Where the columns would push the form out of sight, where a table has one row and while there are no
    figures of last year, the row's comparison stands in for them.
    """

    rearranged = Signal()
    """Last year's figures came or went: the page is to be arranged anew."""

    def __init__(self, document: Document, grid: TableGrid, view: TableView, page: QWidget) -> None:
        super().__init__(page)
        self._document = document
        self._view = view
        self._has_rows = grid.rows > 1
        self._wants_row = self._wants_column = False
        self._strip = ComparisonStrip(document, view, page)
        self._columns = ComparisonColumns(document, grid, view, page)
        self._knows_last_year = self._has_last_year()
        self._beside = 0
        view.horizontalScrollBar().valueChanged.connect(self._strip.update)

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be shown."""
        return self._wants_row or self._wants_column

    def want_row(self, on: bool) -> None:
        """Show last year's numbers of the current row, or not."""
        self._wants_row = on

    def want_column(self, on: bool) -> None:
        """Show last year's numbers of the current column, or not."""
        self._wants_column = on

    def end(self) -> None:
        """Take everything from the page."""
        for part in (self._strip, self._columns, self):
            part.deleteLater()

    def follow(self, cell: CellId) -> None:
        """Compare the row and the column in which a cell stands."""
        if self._has_last_year() is not self._knows_last_year:
            self._knows_last_year = not self._knows_last_year
            self.rearranged.emit()
        for part in self._parts():
            part.follow(cell)

    def _parts(self) -> list[ComparisonStrip | ComparisonColumns]:
        return [part for part in (self._strip, self._columns) if not part.isHidden()]

    # ------------------------------------------------------------ room

    def arrange(self, width: int) -> tuple[int, int]:
        """Decide what there is room for; return the width taken beside the table and the height below it."""
        room = width - self._view.least_width - GRID
        self._beside = min(room, self._columns.sizeHint().width())
        is_beside = (
            self._wants_column
            and self._has_rows
            and self._knows_last_year
            and room >= self._columns.least_width
        )
        is_below = self._wants_row or (self._wants_column and not is_beside)
        shown = self._parts()
        self._columns.setVisible(is_beside)
        self._strip.setVisible(is_below)
        if self._parts() != shown:
            self.follow(self._view.current_cell)
        return self._beside + GRID if is_beside else 0, self._strip.sizeHint().height() if is_below else 0

    def place(self, table: QRect, width: int) -> None:
        """Stand beside and below a table, which leaves room for it."""
        left = table.x() + table.width() + GRID
        self._columns.setGeometry(left, table.y(), self._beside, table.height())
        self._strip.setGeometry(table.x(), table.y() + table.height(), width, self._strip.sizeHint().height())

    def _has_last_year(self) -> bool:
        return bool(last_years_sheet(self._document.report))
