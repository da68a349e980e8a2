"""Find a text among the labels and numbers of an official table. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from model.cells import CellId, format_value
from model.engine import Sheet
from model.forms import Table
from model.pasting import normalise


def find(table: Table, sheet: Sheet, text: str) -> tuple[CellId, ...]:
    """Return the cells that a text leads to, in reading order.

    A number leads to every cell whose value holds it; words lead to the first number of a row whose
    labels, or those of its groups, hold them, and to the first number of such a column.
    """
    wanted = normalise(text)
    return tuple(dict.fromkeys(_found(table, sheet, wanted))) if wanted else ()


def _found(table: Table, sheet: Sheet, wanted: str) -> Iterator[CellId]:
    for block in table.blocks:
        for number, row in enumerate(block.rows):
            labels = [block.title or "", row.label, *(group.label for group in row.groups)]
            in_row = any(wanted in normalise(label) for label in labels)
            for place, column in enumerate(block.columns):
                cell = CellId(table.id, row.id, column.id)
                names = [column.label, *(group.label for group in column.groups)]
                in_column = not number and any(wanted in normalise(name) for name in names)
                if (in_row and not place) or in_column or wanted in format_value(sheet[cell]):
                    yield cell
