"""Where the clerk is in a table and what is selected, and where each key of Excel leads from there.

Qt-free. The current cell is the one that takes typing; the selection is the rectangle between anchor
and lead, in which Enter and Tab go round.
"""

from __future__ import annotations

from model.cells import CellId
from model.table_grid import Place, Predicate, TableGrid


class TableCursor:
    """The current cell and the selection of one table."""

    def __init__(self, grid: TableGrid, is_open: Predicate, is_blank: Predicate) -> None:
        self.enter_moves_right = False
        self.current = grid.first()
        self.lead = self.current
        self._anchor = self.current
        self._grid = grid
        self._is_open = is_open
        self._is_blank = is_blank
        self._run_start: int | None = None

    @property
    def cell(self) -> CellId:
        """The cell that takes typing."""
        cell = self._grid.cell(self.current)
        assert cell is not None
        return cell

    @property
    def selected(self) -> tuple[CellId, ...]:
        """The selected numbers in reading order; at least the current one."""
        return self._grid.cells_between(self._anchor, self.lead) or (self.cell,)

    @property
    def corners(self) -> tuple[Place, Place]:
        """Top left and bottom right of the selection."""
        top, bottom = sorted((self._anchor.row, self.lead.row))
        left, right = sorted((self._anchor.column, self.lead.column))
        return Place(top, left), Place(bottom, right)

    # ------------------------------------------------------------ going

    def go_to(self, place: Place) -> None:
        """Make a place current and select it alone."""
        self._run_start = None
        self._go(place)

    def go_to_cell(self, cell: CellId) -> None:
        """Make a number current and select it alone."""
        self.go_to(self._grid.place(cell))

    def extend_to(self, place: Place) -> None:
        """Select from the current cell to a place."""
        self._anchor, self.lead = self.current, place

    def _go(self, place: Place) -> None:
        self.current = self._anchor = self.lead = place

    def _go_or_extend(self, place: Place, extend: bool) -> None:
        if extend:
            self.extend_to(place)
        else:
            self.go_to(place)

    def _start(self, extend: bool) -> Place:
        return self.lead if extend else self.current

    def move(self, rows: int, columns: int, extend: bool) -> None:
        """Go one cell on, as arrows do."""
        self._go_or_extend(self._grid.step(self._start(extend), rows, columns), extend)

    def jump(self, rows: int, columns: int, extend: bool) -> None:
        """Go to the end of a run of filled or blank cells, as Ctrl with an arrow does."""
        place = self._grid.jump(self._start(extend), rows, columns, self._is_blank)
        self._go_or_extend(place, extend)

    def page(self, rows: int, extend: bool) -> None:
        """Go several rows on, as far as there are rows."""
        start = self._start(extend)
        step = 1 if rows > 0 else -1
        ahead = [
            place for place in self._grid.walk(start, step, 0) if abs(place.row - start.row) <= abs(rows)
        ]
        if ahead:
            self._go_or_extend(ahead[-1], extend)

    def go_to_row_end(self, columns: int, extend: bool) -> None:
        """Go to the first (-1) or last (1) number of the row."""
        ahead = list(self._grid.walk(self._start(extend), 0, columns))
        if ahead:
            self._go_or_extend(ahead[-1], extend)

    def go_to_end(self, step: int, extend: bool) -> None:
        """Go to the first (-1) or last (1) number of the table."""
        self._go_or_extend(self._grid.last() if step > 0 else self._grid.first(), extend)

    # ------------------------------------------------------------ Enter and Tab

    def tab(self, step: int) -> None:
        """Go to the next or previous input in reading order; within a selection, go round in it."""
        if len(self.selected) > 1:
            self._go_round(self.selected, step)
            return
        start = self.current.column if self._run_start is None else self._run_start
        self._go(self._grid.next_in_reading_order(self.current, step, self._is_open))
        self._run_start = start

    def enter(self, step: int) -> None:
        """Go down, back to the column where a run of Tabs began; at the last cell stay."""
        if len(self.selected) > 1:
            by_column = sorted(self.selected, key=lambda cell: self._grid.place(cell)[::-1])
            self._go_round(self.selected if self.enter_moves_right else by_column, step)
        elif self.enter_moves_right or self._grid.rows == 1:
            self.go_to(self._grid.next_in_reading_order(self.current, step, self._is_open))
        else:
            self._enter_down(step)

    def _enter_down(self, step: int) -> None:
        column = self.current.column if self._run_start is None else self._run_start
        accept = self._is_open if self._is_open(self.cell) else None
        start = Place(self.current.row, column)
        place = self._grid.step(start, step, 0, accept)
        self.go_to(self.current if place == start else place)

    def _go_round(self, order: list[CellId] | tuple[CellId, ...], step: int) -> None:
        """Go to the next open cell of the selection, from its end to its beginning."""
        here = order.index(self.cell) if self.cell in order else -1
        turned = (
            [*order[here + 1 :], *order[: here + 1]]
            if step > 0
            else [*order[:here][::-1], *order[here:][::-1]]
        )
        ahead = next((cell for cell in turned if self._is_open(cell)), None)
        if ahead is not None:
            self.current = self._grid.place(ahead)

    # ------------------------------------------------------------ selecting

    def select_rows(self, first: int, last: int, extend: bool) -> None:
        """Select whole rows; with ``extend``, from the current row to the last one."""
        self._select(Place(first, 0), Place(last, self._grid.columns - 1), extend, rows=True)

    def select_columns(self, first: int, last: int, extend: bool) -> None:
        """Select whole columns; with ``extend``, from the current column to the last one."""
        self._select(Place(0, first), Place(self._grid.rows - 1, last), extend, rows=False)

    def _select(self, first: Place, last: Place, extend: bool, rows: bool) -> None:
        cells = self._grid.cells_between(first, last)
        if not cells:
            return
        start = self.current
        if extend and rows:
            first, last = Place(min(start.row, first.row), 0), Place(max(start.row, last.row), last.column)
        elif extend:
            first, last = (
                Place(0, min(start.column, first.column)),
                Place(last.row, max(start.column, last.column)),
            )
        else:
            self.go_to_cell(cells[0])
        self._anchor, self.lead = first, last

    def select_all(self) -> None:
        """Select every number; the current cell stays."""
        self._anchor, self.lead = Place(0, 0), Place(self._grid.rows - 1, self._grid.columns - 1)
