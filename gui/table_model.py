"""The Qt model of one official table: the body of the printed form over the document.

Holds no figures: values come from the document, marks from the findings. Announces only cells that
look different from before. Header boxes inside the body (the bands) are there, but not to be selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.bridge import DocumentBridge
from gui.cell_states import CellState, Marking, Side
from gui.cell_wording import accessible_text, tooltip
from model.cells import CellId, Value, format_value
from model.checks import last_years_sheet
from model.document import Change, Document
from model.engine import suggest
from model.findings import Finding
from model.forms import Table
from model.locks import is_locked
from model.table_edits import type_text, why_closed
from model.table_grid import Place, TableGrid

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole
"""The CellId of a number, None for a header box."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The CellState of a number."""
_NO_INDEX = QModelIndex()
_T = TypeVar("_T")


class TableModel(QAbstractTableModel):
    """One table of the document that a bridge follows."""

    refused = Signal(object, object)
    """A typed text was refused: CellId and :class:`model.parsing.Refusal`."""

    def __init__(self, bridge: DocumentBridge, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.grid = TableGrid(table)
        self._document: Document = bridge.document
        self._cells = frozenset(table.cells)
        self._marking = Marking(self._document.form, table)
        self._marks = self._marking.marks(bridge.findings)
        self._suggestions = self._suggest()
        self._sides: Mapping[CellId, Side] = {}
        self._side_heads: frozenset[CellId] = frozenset()
        self._parts: frozenset[CellId] = frozenset()
        bridge.changed.connect(self._on_document_changed)
        bridge.findings_changed.connect(self._on_findings_changed)

    @property
    def document(self) -> Document:
        """The document whose numbers are shown."""
        return self._document

    # ------------------------------------------------------------ what Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the rows of the body."""
        return 0 if parent.isValid() else self.grid.rows

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the columns of the body."""
        return 0 if parent.isValid() else self.grid.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let numbers be selected and open inputs be edited."""
        cell = self.cell_at(index)
        if cell is None:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if why_closed(self._document, cell) else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a box shows or says."""
        if not index.isValid():
            return None
        box = self.grid.box(Place(index.row(), index.column()))
        if box.cell is None:
            return (
                box.text
                if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
                else None
            )
        return self._cell_data(box.cell, role)

    def _cell_data(self, cell: CellId, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return format_value(self._document.sheet[cell])
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return tooltip(self._document, cell, self.state(cell))
            case Qt.ItemDataRole.AccessibleTextRole:
                return accessible_text(self._document, cell, self.state(cell))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case _ if role == CELL_ROLE:
                return cell
            case _ if role == STATE_ROLE:
                return self.state(cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a row or column is called, for those who listen rather than see."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._row_name(section)
        return self._column_name(section)

    def _row_name(self, row: int) -> str:
        cell = self.grid.cell(Place(row, 0))
        if cell is not None:
            return self._document.form.row(cell).name or "本行"
        top = self.table.header_rows
        return next((box.text for box in self.table.grid if box.row == top + row), "")

    def _column_name(self, column: int) -> str:
        if not self.table.header_rows:
            return f"第 {column + 1} 列"
        cell = self.grid.cell(Place(0, column))
        return "" if cell is None else self._document.form.column(cell).name

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a typed text; tell whether it was accepted, and announce a refusal with its reason."""
        cell = self.cell_at(index)
        if cell is None or role != Qt.ItemDataRole.EditRole:
            return False
        refusal = type_text(self._document, cell, str(value))
        if refusal is not None:
            self.refused.emit(cell, refusal)
        return refusal is None

    # ------------------------------------------------------------ what the view asks

    def cell_at(self, index: Index) -> CellId | None:
        """Return the number at an index, None for a header box or an invalid index."""
        return self.grid.cell(Place(index.row(), index.column())) if index.isValid() else None

    def index_of(self, cell: CellId) -> QModelIndex:
        """Return where a number stands."""
        return self.index(*self.grid.place(cell))

    def state(self, cell: CellId) -> CellState:
        """Return everything a cell shows."""
        document = self._document
        is_total = document.form.is_total(cell)
        value = document.sheet[cell]
        stated = document.report.stated.get(cell)
        return CellState(
            text=format_value(value),
            is_total=is_total,
            is_locked=is_locked(document.report, cell),
            mark=self._marks.get(cell),
            side=self._sides.get(cell),
            is_side_head=cell in self._side_heads,
            is_part=cell in self._parts,
            suggestion=format_value(self._suggestions.get(cell)),
            stated=stated if stated != value else None,
        )

    def suggestion(self, cell: CellId) -> Value:
        """Return what a blank cell is likely to be, None where nothing says so."""
        return self._suggestions.get(cell)

    def show_finding(self, finding: Finding | None) -> None:
        """Colour the two sides of a finding; None takes the colours away."""
        sides: dict[CellId, Side] = {}
        if finding is not None:
            left = Side.LEFT if finding.right else Side.ALONE
            sides = dict.fromkeys(finding.left, left) | dict.fromkeys(finding.right, Side.RIGHT)
            self._side_heads = frozenset(finding.left[:1] + finding.right[:1])
        old, self._sides = self._sides, self._own(sides)
        self._announce(_differing(old, self._sides))

    def show_parts(self, cells: Iterable[CellId]) -> None:
        """Colour the terms of a total; an empty list takes the colour away."""
        old, self._parts = self._parts, frozenset(cells) & self._cells
        self._announce(old ^ self._parts)

    # ------------------------------------------------------------ following the document

    def _own(self, found: Mapping[CellId, _T]) -> Mapping[CellId, _T]:
        return {cell: value for cell, value in found.items() if cell in self._cells}

    def _suggest(self) -> Mapping[CellId, Value]:
        document = self._document
        last_year = last_years_sheet(document.report)
        return self._own(suggest(document.form, document.sheet, last_year))

    def _on_document_changed(self, change: Change) -> None:
        old = self._suggestions
        self._suggestions = self._suggest()
        self._announce((change.cells & self._cells) | _differing(old, self._suggestions))

    def _on_findings_changed(self, findings: tuple[Finding, ...]) -> None:
        old = self._marks
        self._marks = self._marking.marks(findings)
        self._announce(_differing(old, self._marks))

    def _announce(self, cells: Iterable[CellId]) -> None:
        for cell in cells:
            index = self.index_of(cell)
            self.dataChanged.emit(index, index)


def _differing(old: Mapping[CellId, object], new: Mapping[CellId, object]) -> frozenset[CellId]:
    return frozenset(cell for cell in old.keys() | new.keys() if old.get(cell) != new.get(cell))
