"""Rows of a group that a source states as one: （六）其他处理 in one row instead of three.

Its figures go to the group's last row (3.其他), which is a guess. So the report keeps a note of it, and
a finding asks about it until somebody divides the figures or says why they are right. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from model.cells import CellId, Value
from model.forms import Block, Form, Group, Row
from model.report import Note, Report

SOURCE = "source.merged_rows"
"""The code of the note that remembers what was taken over; its values are the source's."""


class MergedRow(NamedTuple):
    """The last row of a group, which can take what a source states for all of it."""

    group: Group
    row: Row
    cells: tuple[CellId, ...]
    """The row's inputs."""
    others: tuple[CellId, ...]
    """The inputs of the group's other rows."""


def inner_group(block: Block, row: Row) -> tuple[Row, ...]:
    """Return the rows of a row's innermost group; nothing where it is in no group within a group."""
    if len(row.groups) < 2:
        return ()
    return tuple(other for other in block.rows if other.groups == row.groups)


def with_marks(
    form: Form, notes: tuple[Note, ...], merged: Iterable[CellId], values: Mapping[CellId, Value]
) -> tuple[Note, ...]:
    """Return notes that tell which figures of a source stood for a whole group.

    ``values`` are the inputs that are taken over, ``merged`` names cells of rows that the source calls by
    their group. A source that states a group's rows apart ends what is noted of it.
    """
    rows = {(cell.table, cell.row) for cell in merged}
    for one in _rows(form):
        key = one.cells[0].table, one.cells[0].row
        is_apart = any(values.get(cell) is not None for cell in one.others)
        if is_apart or key in rows:
            notes = tuple(note for note in notes if not _is_mark(note, one))
        if key in rows and not is_apart and any(values.get(cell) for cell in one.cells):
            text = f"原表的“{one.group.label}”只有一行，计入“{one.row.label}”"
            notes = (*notes, Note(SOURCE, one.cells, tuple(map(values.get, one.cells)), text, ""))
    return notes


def marked_cells(report: Report) -> tuple[CellId, ...]:
    """Return a cell of each row that is noted to have come from a merged one."""
    return tuple(note.cells[0] for note in report.notes if note.code == SOURCE and note.cells)


def undivided(form: Form, report: Report) -> Iterator[MergedRow]:
    """Yield the rows that still hold what a source states for a whole group.

    One does as long as one of its figures is the source's and the group's other rows hold nothing.
    """
    marks = [note for note in report.notes if note.code == SOURCE]
    if not marks:
        return
    for one in _rows(form):
        kept = [note for note in marks if _is_mark(note, one)]
        if kept and _holds(report, kept[-1]) and not any(report.inputs.get(cell) for cell in one.others):
            yield one


def _holds(report: Report, mark: Note) -> bool:
    pairs = zip(mark.cells, mark.values, strict=True)
    return any(value and report.inputs.get(cell) == value for cell, value in pairs)


def _is_mark(note: Note, one: MergedRow) -> bool:
    return note.code == SOURCE and note.cells == one.cells


def _rows(form: Form) -> Iterator[MergedRow]:
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                group = inner_group(block, row)
                if len(group) > 1 and row == group[-1]:
                    yield MergedRow(
                        row.groups[-1],
                        row,
                        _inputs(form, table.id, block, [row]),
                        _inputs(form, table.id, block, group[:-1]),
                    )


def _inputs(form: Form, table: str, block: Block, rows: Iterable[Row]) -> tuple[CellId, ...]:
    cells = (CellId(table, row.id, column.id) for row in rows for column in block.columns)
    return tuple(cell for cell in cells if not form.is_total(cell))
