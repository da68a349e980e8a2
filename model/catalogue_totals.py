"""Read the totals of a form and put them in an order in which they can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from model.cells import CellId
from model.forms import Table, Term, Total
from model.toml_reader import Reader


def read_totals(reader: Reader, tables: Sequence[Table]) -> tuple[Total, ...]:
    """Return the totals so that each follows those it uses; refuse two for one cell and circles."""
    by_id = {table.id: table for table in tables}
    totals = [total for part in reader.tables("total") for total in _read_total(part, by_id)]
    reader.require_unique((str(total.cell) for total in totals), "合计格")
    return _in_order(reader, totals)


def _in_order(reader: Reader, totals: Sequence[Total]) -> tuple[Total, ...]:
    by_cell = {total.cell: total for total in totals}
    uses = {total.cell: [term.cell for term in total.terms if term.cell in by_cell] for total in totals}
    try:
        order = tuple(TopologicalSorter(uses).static_order())
    except CycleError as failure:
        reader.refuse(f"合计互相引用成圈：{' → '.join(str(cell) for cell in failure.args[1])}")
    return tuple(by_cell[cell] for cell in order)


def _read_total(reader: Reader, tables: Mapping[str, Table]) -> Iterator[Total]:
    table = tables[reader.one_of("table", tables)]
    read = _read_row_sums if reader.has("add_columns") else _read_column_sums
    totals = tuple(read(reader, table))
    reader.finish()
    for total in totals:
        require_cells(reader, table, (total.cell, *(term.cell for term in total.terms)))
        _require_one_kind(reader, table, total)
    yield from totals


def _require_one_kind(reader: Reader, table: Table, total: Total) -> None:
    """Raise FormError where counts and amounts are added up, or a cell is added twice."""
    cells = [term.cell for term in total.terms]
    if len(set(cells)) < len(cells):
        reader.refuse(f"{total.cell} 里有一格加了两次")
    if len({table.places[cell][1].kind for cell in (total.cell, *cells)}) > 1:
        reader.refuse(f"{total.cell} 把件数和金额相加")


def _read_row_sums(reader: Reader, table: Table) -> Iterator[Total]:
    """One column is the sum of others, in every row that has it."""
    column = reader.text("column")
    added = [parse_term(text) for text in reader.texts("add_columns")]
    rows = [cell.row for cell in table.cells if cell.column == column]
    if not rows:
        require_cells(reader, table, (CellId(table.id, table.cells[0].row, column),))
    for row in rows:
        terms = tuple(Term(CellId(table.id, row, id_), sign) for id_, sign in added)
        yield Total(CellId(table.id, row, column), terms)


def _read_column_sums(reader: Reader, table: Table) -> Iterator[Total]:
    """One row is the sum of others, in the columns named."""
    row = reader.text("row")
    added = [parse_term(text) for text in reader.texts("add_rows")]
    for column in reader.texts("columns"):
        terms = tuple(Term(CellId(table.id, id_, column), sign) for id_, sign in added)
        yield Total(CellId(table.id, row, column), terms)


def parse_term(text: str) -> tuple[str, int]:
    """Return the id and the sign of ``made`` or ``-repealed``."""
    return (text[1:], -1) if text.startswith("-") else (text, 1)


def require_cells(reader: Reader, table: Table, cells: Sequence[CellId]) -> None:
    """Raise FormError for a cell that the table does not have, naming the nearest row or column."""
    cells = [cell for cell in cells if cell not in table.places]
    if not cells:
        return
    reader.require_known((cell.row for cell in cells), (cell.row for cell in table.cells), "行")
    for cell in cells:
        columns = [known.column for known in table.cells if known.row == cell.row]
        reader.require_known((cell.column,), columns, "列")
