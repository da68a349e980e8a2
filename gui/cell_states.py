"""What is to be seen at each cell: its value, its kind and the marks of findings. Qt-free, pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from model.cells import CellId, Value
from model.findings import Finding
from model.forms import Form, Severity, Table


class MarkKind(Enum):
    """How a cell with findings is framed."""

    ERROR = "强制错误"
    WARNING = "核实"
    EXPLAINED = "已说明"


class Side(Enum):
    """On which side of the chosen finding a cell stands."""

    LEFT = "左"
    RIGHT = "右"
    ALONE = ""
    """The finding holds nothing against anything: it is just about these cells."""


class CellMark(NamedTuple):
    """The findings at a cell, the gravest first, and the number by which the list shows that one."""

    kind: MarkKind
    number: int
    findings: tuple[Finding, ...]


class CellState(NamedTuple):
    """Everything a cell shows."""

    text: str
    is_total: bool
    is_locked: bool
    mark: CellMark | None
    side: Side | None
    is_side_head: bool
    """It is the first cell of its side, which bears the side's name."""
    is_part: bool
    """It is a term of the total whose parts are being shown."""
    suggestion: str
    """What a blank cell is likely to be; empty where nothing says so."""
    stated: Value
    """A total as the source printed it, where that differs from the computed one."""


_RANK = {MarkKind.ERROR: 0, MarkKind.WARNING: 1, MarkKind.EXPLAINED: 2}


class Marking:
    """Finds the marks of the cells of one table."""

    def __init__(self, form: Form, table: Table) -> None:
        self._form = form
        self._cells = frozenset(table.cells)
        self._framed: dict[tuple[tuple[CellId, ...], tuple[CellId, ...]], frozenset[CellId]] = {}

    def marks(self, findings: Iterable[Finding]) -> Mapping[CellId, CellMark]:
        """Return the mark of every cell that 强制 and 核实 findings concern.

        Numbers count the whole list from 1, as the list of findings does.
        """
        at: dict[CellId, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(findings, start=1):
            if finding.severity is not Severity.HINT:
                for cell in self._cells_to_frame(finding):
                    at.setdefault(cell, []).append((number, finding))
        return {cell: _mark(found) for cell, found in at.items()}

    def _cells_to_frame(self, finding: Finding) -> frozenset[CellId]:
        """Return the cells to frame: terms of a total that is itself concerned are left plain."""
        sides = (finding.left, finding.right)
        if sides not in self._framed:
            totals = (self._form.total_of[cell] for cell in finding.right if self._form.is_total(cell))
            parts = {term.cell for total in totals for term in total.terms}
            left = () if set(finding.left) <= parts else finding.left
            self._framed[sides] = frozenset((*left, *finding.right)) & self._cells
        return self._framed[sides]


def _mark(found: list[tuple[int, Finding]]) -> CellMark:
    if len(found) == 1:
        number, finding = found[0]
        return CellMark(_kind(finding), number, (finding,))
    ranked = sorted(found, key=lambda one: (_RANK[_kind(one[1])], one[0]))
    number, gravest = ranked[0]
    return CellMark(_kind(gravest), number, tuple(finding for _, finding in ranked))


def _kind(finding: Finding) -> MarkKind:
    if finding.severity is Severity.ERROR:
        return MarkKind.ERROR
    return MarkKind.EXPLAINED if finding.is_explained else MarkKind.WARNING
