"""What is copied from an official table: the selected numbers, or the whole printed table as HTML. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from model.blocks import html_cell, html_table
from model.cells import CellId, format_value
from model.engine import Sheet
from model.forms import BAND_COLOUR, GridCell, Role, Table
from model.table_grid import Place, TableGrid


def selected_rows(grid: TableGrid, sheet: Sheet, first: Place, last: Place) -> tuple[tuple[str, ...], ...]:
    """Return the numbers between two places as rows; rows of headers are left out, merged cells padded."""
    rows = (_row(grid, sheet, row, first.column, last.column) for row in range(first.row, last.row + 1))
    return tuple(row for row in rows if row)


def _row(grid: TableGrid, sheet: Sheet, row: int, left: int, right: int) -> tuple[str, ...]:
    places = [Place(row, column) for column in range(left, right + 1)]
    if all(grid.cell(place) is None for place in places):
        return ()
    taken: set[CellId] = set()
    texts: list[str] = []
    for place in places:
        cell = grid.cell(place)
        texts.append("" if cell is None or cell in taken else format_value(sheet[cell]))
        taken |= set() if cell is None else {cell}
    return tuple(texts)


def whole_table(table: Table, sheet: Sheet) -> str:
    """Return the printed table with its merged boxes as HTML that keeps its look when pasted."""
    return html_table(
        "".join(_box(box, sheet) for box in table.grid if box.row == row) for row in range(table.row_count)
    )


def whole_table_rows(table: Table, sheet: Sheet) -> Iterator[list[str]]:
    """Yield the printed table as rows of texts, each text at the first place of its box."""
    for row in range(table.row_count):
        texts = [""] * len(table.widths)
        for box in table.grid:
            if box.row == row:
                texts[box.column] = _text(box, sheet)
        yield texts


def _box(box: GridCell, sheet: Sheet) -> str:
    fill = f"#{BAND_COLOUR}" if box.role is Role.BAND else ""
    return html_cell(_text(box, sheet), across=box.column_span, down=box.row_span, fill=fill)


def _text(box: GridCell, sheet: Sheet) -> str:
    return box.text if box.cell is None else format_value(sheet[box.cell])
