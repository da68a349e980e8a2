"""Where numbers stand in a workbook, and which of them share a place. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.cells import CellId
from model.forms import Table
from model.reading.doubts import place_name
from model.reading.sheet_data import SheetCell, SheetData, Spreadsheet
from model.workbook_marks import CELL_PREFIX


@dataclass(frozen=True)
class Spot:
    """Where a number stands."""

    sheet: SheetData
    row: int
    column: int

    @property
    def cell(self) -> SheetCell | None:
        """What stands there; None for nothing."""
        return self.sheet.cells.get((self.row, self.column))

    @property
    def text(self) -> str:
        """What stands there, for comparison."""
        return self.sheet.text(self.row, self.column).strip()

    def __str__(self) -> str:
        return place_name(self.sheet, self.row, self.column)


def named_spots(table: Table, book: Spreadsheet) -> dict[CellId, Spot]:
    """Return where the names of a table's numbers lead; a name that leads nowhere is absent."""
    found = ((cell, book.names.get(f"{CELL_PREFIX}{cell}")) for cell in table.cells)
    return {
        cell: Spot(named.sheet, named.area.top, named.area.left) for cell, named in found if named is not None
    }


def home_of(spots: Mapping[CellId, Spot]) -> SheetData | None:
    """Return the sheet on which most numbers stand; None for no numbers."""
    sheets = {id(spot.sheet): spot.sheet for spot in spots.values()}
    counts = Counter(id(spot.sheet) for spot in spots.values())
    return sheets[counts.most_common(1)[0][0]] if counts else None


def crowded(spots: Mapping[CellId, Spot]) -> frozenset[CellId]:
    """Return the numbers that share their place with another one."""
    counts = Counter(map(str, spots.values()))
    return frozenset(cell for cell, spot in spots.items() if counts[str(spot)] > 1)


def merged_together(spots: Mapping[CellId, Spot]) -> Iterator[tuple[CellId, ...]]:
    """Yield the numbers whose places somebody merged into one, for each such merge."""
    sheets = {id(spot.sheet): spot.sheet for spot in spots.values()}
    for key, sheet in sheets.items():
        rows: dict[int, list[tuple[int, CellId]]] = {}
        for cell, spot in spots.items():
            if id(spot.sheet) == key:
                rows.setdefault(spot.row, []).append((spot.column, cell))
        for area in sheet.merges.values():
            inside = [row for row in rows if area.top <= row <= area.bottom]
            held = tuple(
                cell for row in inside for column, cell in rows[row] if area.left <= column <= area.right
            )
            if len(held) > 1:
                yield held
