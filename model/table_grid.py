"""The numbers of an official table as a grid to walk in: which box stands where, what is next to it.

Qt-free. The body of a table is what lies right of its label columns and below its header rows; places
in it are counted from there. A number that spans several columns is known by its first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from model.cells import CellId
from model.forms import GridCell, Table


class Place(NamedTuple):
    """A row and a column of a table's body."""

    row: int
    column: int


Predicate = Callable[[CellId], bool]


class TableGrid:
    """Places and numbers of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = table.row_count - table.header_rows
        self.columns = len(table.widths) - table.label_columns
        self._boxes = {place: box for box in table.grid for place in self._places_of(box)}
        self._places = {
            box.cell: self.anchor(Place(box.row - table.header_rows, box.column - table.label_columns))
            for box in table.grid
            if box.cell is not None
        }

    def _places_of(self, box: GridCell) -> Iterator[Place]:
        top, left = self.table.header_rows, self.table.label_columns
        for row in range(max(box.row, top), box.row + box.row_span):
            for column in range(max(box.column, left), box.column + box.column_span):
                yield Place(row - top, column - left)

    # ------------------------------------------------------------ looking up

    def box(self, place: Place) -> GridCell:
        """Return the box that covers a place; raise KeyError outside the body."""
        return self._boxes[place]

    def anchor(self, place: Place) -> Place:
        """Return the first place of the box that covers this one."""
        box = self._boxes[place]
        top, left = self.table.header_rows, self.table.label_columns
        return Place(max(box.row - top, 0), max(box.column - left, 0))

    def span(self, place: Place) -> tuple[int, int]:
        """Return how many rows and columns of the body the box at a place covers."""
        box, first = self._boxes[place], self.anchor(place)
        bottom = box.row + box.row_span - self.table.header_rows
        right = box.column + box.column_span - self.table.label_columns
        return bottom - first.row, right - first.column

    def cell(self, place: Place) -> CellId | None:
        """Return the number at a place; None for a header or band, and outside the body."""
        box = self._boxes.get(place)
        return None if box is None else box.cell

    def place(self, cell: CellId) -> Place:
        """Return where a number stands; raise KeyError for a number of another table."""
        return self._places[cell]

    def cells_between(self, one: Place, other: Place) -> tuple[CellId, ...]:
        """Return the numbers in the rectangle between two places, in reading order."""
        rows = range(min(one.row, other.row), max(one.row, other.row) + 1)
        columns = range(min(one.column, other.column), max(one.column, other.column) + 1)
        found = (self.cell(Place(row, column)) for row in rows for column in columns)
        return tuple(dict.fromkeys(cell for cell in found if cell is not None))

    # ------------------------------------------------------------ walking

    def first(self) -> Place:
        """Return the first number's place."""
        return self.place(self.table.cells[0])

    def last(self) -> Place:
        """Return the last number's place."""
        return self.place(self.table.cells[-1])

    def walk(self, start: Place, rows: int, columns: int) -> Iterator[Place]:
        """Yield the numbers met from a place, step by step in one direction, without the start."""
        seen = self.anchor(start)
        place = Place(start.row + rows, start.column + columns)
        while place in self._boxes:
            if self.cell(place) is not None and self.anchor(place) != seen:
                seen = self.anchor(place)
                yield place
            place = Place(place.row + rows, place.column + columns)

    def step(self, start: Place, rows: int, columns: int, accept: Predicate | None = None) -> Place:
        """Return the next number in a direction that ``accept`` lets pass; the start where there is none."""
        for place in self.walk(start, rows, columns):
            cell = self.cell(place)
            if accept is None or (cell is not None and accept(cell)):
                return place
        return start

    def jump(self, start: Place, rows: int, columns: int, is_blank: Predicate) -> Place:
        """Return where Ctrl with an arrow leads: to the end of a filled run, or to the next filled number."""
        ahead = list(self.walk(start, rows, columns))
        blank = [is_blank(cell) for place in ahead if (cell := self.cell(place)) is not None]
        if not ahead:
            return start
        here = self.cell(start)
        if here is not None and not is_blank(here) and not blank[0]:
            run = blank.index(True) if True in blank else len(ahead)
            return ahead[run - 1]
        return ahead[blank.index(False)] if False in blank else ahead[-1]

    def next_in_reading_order(self, start: Place, step: int, accept: Predicate) -> Place:
        """Return the next (1) or previous (-1) accepted number, across rows; the start if there is none."""
        cells = self.table.cells
        here = self.cell(start)
        position = cells.index(here) if here is not None else 0
        ahead = cells[position + 1 :] if step > 0 else cells[:position][::-1]
        return next((self.place(cell) for cell in ahead if accept(cell)), start)
