"""One edition of the official form: sections, tables, totals, checks.

Pure data, made by :mod:`model.catalogue` from a file in ``resources/forms``. Knows nothing of
values, files or windows. Everything is addressed by id, never by position.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from model.cells import CellId, Kind

COVER = "unit"
"""What stands for the cover data where a section is named; no section may bear it."""


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    """强制: must be mended before a final document."""
    WARNING = "warning"
    """核实: must be mended or explained."""
    HINT = "hint"
    """提示: asks for nothing."""

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {Severity.ERROR: "强制", Severity.WARNING: "核实", Severity.HINT: "提示"}[self]


class Role(Enum):
    """What a box of a table is, for its look and for its tag in accessible formats."""

    BAND = "band"
    """A shaded band across the table: 「第二十条第（一）项」."""
    HEADER = "header"
    """A column header."""
    LABEL = "label"
    """A row label."""
    INPUT = "input"
    """A number the office states."""
    TOTAL = "total"
    """A number the program computes."""


class Group(NamedTuple):
    """A label that stands over several rows or columns."""

    id: str
    label: str


class Column(NamedTuple):
    """A column of a block: its groups (outermost first), its kind and its extent in grid columns."""

    id: str
    label: str
    name: str
    """What messages call it: its short label, with its group's where the label stands more than once."""
    kind: Kind
    span: int
    groups: tuple[Group, ...]
    variants: tuple[str, ...] = ()
    """Other wordings of the label that real files have."""


class Row(NamedTuple):
    """A row of a block: its groups (outermost first) and what the clerk should know about it."""

    id: str
    label: str
    name: str
    """What messages call it: its short label, behind the inner group it belongs to."""
    help: str
    basis: str
    groups: tuple[Group, ...]
    variants: tuple[str, ...] = ()
    """Other wordings of the label that real files have."""


class Block(NamedTuple):
    """Rows that share columns, under an optional band; a table is one block or several."""

    title: str | None
    corner: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


BAND_COLOUR = "C6D9F1"
"""The light blue of the official template's bands; printed in grey it stays lighter than any text."""


class GridCell(NamedTuple):
    """One box of the printed table: place and extent in grid units, its text or its cell."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str
    cell: CellId | None = None


@dataclass(frozen=True)
class Table:
    """An official table. ``grid`` covers its rectangle exactly once, in reading order."""

    id: str
    heading: str
    sheet: str
    widths: tuple[int, ...]
    """Width of each grid column, as proportions."""
    label_columns: int
    """Grid columns at the left that hold row labels."""
    header_rows: int
    """Grid rows at the top that head all columns; 0 where bands inside the table carry the headers."""
    row_count: int
    blocks: tuple[Block, ...]
    grid: tuple[GridCell, ...]

    @cached_property
    def cells(self) -> tuple[CellId, ...]:
        """Every number of the table, in reading order."""
        return tuple(self.places)

    @cached_property
    def places(self) -> Mapping[CellId, tuple[Row, Column]]:
        """The row and the column of each number of the table."""
        return {
            CellId(self.id, row.id, column.id): (row, column)
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        }


class Section(NamedTuple):
    """A section of the report: text, or one of the tables."""

    id: str
    heading: str
    """The printed heading; empty for the introduction."""
    short: str
    help: str
    basis: str
    table: str | None
    variants: tuple[str, ...] = ()
    """Other wordings of the heading that real files have."""


class Term(NamedTuple):
    """A cell in a sum, with its sign (+1 or -1)."""

    cell: CellId
    sign: int
    of_previous: bool = False
    """The value is last year's."""


class Total(NamedTuple):
    """A computed cell and the terms that make it."""

    cell: CellId
    terms: tuple[Term, ...]


class Suggestion(NamedTuple):
    """What a blank input is likely to be: the signed sum of some cells, some of them last year's."""

    cell: CellId
    terms: tuple[Term, ...]
    locked: bool
    """A report made from last year's file takes the figure over and locks the cell."""


class Check(NamedTuple):
    """``left relation right`` over cells, with its own code.

    A check that is ``stated`` compares the computed sum on the left with the total that a source
    printed; the others compare computed sums on both sides.
    """

    code: str
    family: str
    """The code of the ``[[check]]`` that this one is made from, for one row or column of several."""
    severity: Severity
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]
    stated: bool
    skip_if_blank: tuple[Term, ...]
    message: str
    names: Mapping[str, str]
    """What ``{row}``, ``{column}`` and ``{group}`` stand for in the message."""
    left_names: tuple[str, ...]
    """What a formula calls the terms of the left side: by column where all stand in one row, else by row."""
    right_names: tuple[str, ...]
    basis: str


class Aspect(NamedTuple):
    """Something a text should speak of, and the words by which one sees that it does."""

    id: str
    label: str
    words: tuple[str, ...]


class Parameters(NamedTuple):
    """What a rule needs to know of the form. Each rule uses some of these; the loader checks which."""

    section: str = ""
    table: str = ""
    limit: int = 0
    at_least: int = 0
    words: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    """Families of checks."""
    cells: tuple[CellId, ...] = ()
    others: tuple[CellId, ...] = ()
    """Cells that the rule holds against ``cells``."""
    aspects: tuple[Aspect, ...] = ()


class Rule(NamedTuple):
    """An irregular check: the name of a function in :mod:`model.rules` and what it needs."""

    code: str
    function: str
    severity: Severity
    message: str
    basis: str
    parameters: Parameters


@dataclass(frozen=True)
class Form:
    """One edition of the official form."""

    id: str
    name: str
    basis: str
    first_year: int
    title: str
    levels: tuple[str, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    totals: tuple[Total, ...]
    """In an order in which each uses only cells that are inputs or computed before it."""
    suggestions: tuple[Suggestion, ...]
    checks: tuple[Check, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def cells(self) -> tuple[CellId, ...]:
        """Every number of the form, in reading order."""
        return tuple(cell for table in self.tables for cell in table.cells)

    @cached_property
    def inputs(self) -> tuple[CellId, ...]:
        """The cells an office fills in, in reading order."""
        return tuple(cell for cell in self.cells if cell not in self.total_of)

    @cached_property
    def total_of(self) -> Mapping[CellId, Total]:
        """The definition of each computed cell."""
        return {total.cell: total for total in self.totals}

    def weights(self, check: Check) -> Mapping[CellId, int]:
        """Return by how much right minus left of a check grows with each input; a stated total is none."""
        if check.code not in self._weights:
            sides = ((check.left, -1),) if check.stated else ((check.left, -1), (check.right, 1))
            weights: dict[CellId, int] = {}
            for terms, sign in sides:
                self._weigh(terms, sign, weights)
            self._weights[check.code] = weights
        return self._weights[check.code]

    def shared_inputs(self, check: Check) -> Mapping[str, Sequence[tuple[CellId, int, int]]]:
        """Return the inputs by one of which another check can be mended and that this one has too.

        By the other's code, with the weight that each has in the other and in this one.
        """
        if check.code not in self._shared_inputs:
            own = self.weights(check)
            shared = {
                other.code: tuple(
                    (cell, weight, own[cell])
                    for cell, weight in self.weights(other).items()
                    if abs(weight) == 1 and cell in own
                )
                for other in self.checks
            }
            self._shared_inputs[check.code] = {code: cells for code, cells in shared.items() if cells}
        return self._shared_inputs[check.code]

    @cached_property
    def _weights(self) -> dict[str, Mapping[CellId, int]]:
        return {}

    @cached_property
    def _shared_inputs(self) -> dict[str, Mapping[str, Sequence[tuple[CellId, int, int]]]]:
        return {}

    def _weigh(self, terms: Iterable[Term], sign: int, weights: dict[CellId, int]) -> None:
        for term in terms:
            if term.cell in self.total_of and not term.of_previous:
                self._weigh(self.total_of[term.cell].terms, sign * term.sign, weights)
            elif not term.of_previous:
                weights[term.cell] = weights.get(term.cell, 0) + sign * term.sign

    @cached_property
    def text_sections(self) -> tuple[Section, ...]:
        """The sections written as text, in printed order."""
        return tuple(section for section in self.sections if section.table is None)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Row]:
        return {(t.id, row.id): row for t in self.tables for block in t.blocks for row in block.rows}

    @cached_property
    def _columns(self) -> Mapping[CellId, Column]:
        return {
            CellId(table.id, row.id, column.id): column
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        }

    def has(self, cell: CellId) -> bool:
        """Tell whether the form has this cell."""
        return cell in self._columns

    def is_total(self, cell: CellId) -> bool:
        """Tell whether the program computes this cell."""
        return cell in self.total_of

    def kind(self, cell: CellId) -> Kind:
        """Return what the cell holds; raise KeyError for a cell the form does not have."""
        return self._columns[cell].kind

    def row(self, cell: CellId) -> Row:
        """Return the row a cell stands in; raise KeyError for a cell the form does not have."""
        return self._rows[cell.table, cell.row]

    def column(self, cell: CellId) -> Column:
        """Return the column a cell stands in; raise KeyError for a cell the form does not have."""
        return self._columns[cell]

    def table(self, id: str) -> Table:  # noqa: A002 - ids are what the form is addressed by
        """Return a table by id; raise KeyError where there is none."""
        return {table.id: table for table in self.tables}[id]

    def section(self, id: str) -> Section:  # noqa: A002 - as above
        """Return a section by id; raise KeyError where there is none."""
        return {section.id: section for section in self.sections}[id]

    def describe_cell(self, cell: CellId) -> str:
        """Return a short Chinese name for a cell: 「（五）不予处理 2.重复申请」·自然人."""
        return "·".join(name for name in (self.row(cell).name, self.column(cell).name) if name)
