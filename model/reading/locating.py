"""Decide where each number of the form stands in a workbook: by its name, checked by the words around it.

Where names are lost, the words lead. Where the two disagree and it matters, the number is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.cells import CellId
from model.forms import Form, Table
from model.reading.doubts import Doubt, place_name
from model.reading.labels import Found, Words, find_table
from model.reading.sheet_data import SheetData, Spreadsheet
from model.workbook_marks import CELL_PREFIX


@dataclass(frozen=True)
class Spot:
    """Where a number stands."""

    sheet: SheetData
    row: int
    column: int

    @property
    def text(self) -> str:
        """What stands there, for comparison."""
        return self.sheet.text(self.row, self.column).strip()

    def __str__(self) -> str:
        return place_name(self.sheet, self.row, self.column)


@dataclass(frozen=True)
class Located:
    """Where the numbers stand that could be found, and what is not as it should be."""

    spots: Mapping[CellId, Spot]
    doubts: tuple[Doubt, ...]


def locate(form: Form, book: Spreadsheet) -> Located:
    """Return where each number of a form stands in a workbook."""
    words = [Words(sheet) for sheet in book.sheets]
    spots: dict[CellId, Spot] = {}
    doubts: list[Doubt] = []
    for table in form.tables:
        locator = _Locator(form, table, book, find_table(table, words))
        doubts.extend(locator.run())
        spots.update(locator.spots)
    return Located(spots, tuple(doubts))


class _Locator:
    """Finds the numbers of one table."""

    def __init__(self, form: Form, table: Table, book: Spreadsheet, found: Found | None) -> None:
        self.spots: dict[CellId, Spot] = {}
        self._form = form
        self._table = table
        self._found = found
        self._named = {cell: spot for cell in table.cells if (spot := _named(book, cell)) is not None}
        places = {} if found is None else found.places
        sheet = None if found is None else found.sheet
        self._labelled = {cell: Spot(sheet, *place) for cell, place in places.items() if sheet is not None}
        self._claimed = set(map(str, self._labelled.values()))

    def run(self) -> Iterator[Doubt]:
        """Fill in the spots and yield what is not as it should be."""
        if not self._named and not self._labelled:
            yield Doubt("", self._table.heading, "没有找到这张表", self._table.cells)
            return
        yield from self._about_labels()
        yield from self._about_names()
        for cell in self._table.cells:
            doubt = self._place(cell)
            if doubt is not None:
                yield doubt

    def _about_labels(self) -> Iterator[Doubt]:
        """Yield a doubt for each label that is not where it should be."""
        if self._found is None:
            why = "行名、列名大多认不出来，数字按单元格名称读入，请核对"
            yield Doubt("", self._table.heading, why, self._table.cells)
            return
        for label, cells in self._found.missing:
            known = [self._named[cell] for cell in self._table.cells if cell in cells and cell in self._named]
            if known:
                why = "这个行名或列名被改动、重复或删去了，其中的数按单元格名称读入，请核对"
                own = tuple(cell for cell in self._table.cells if cell in cells)
                yield Doubt(str(known[0]), label, why, own)

    def _about_names(self) -> Iterator[Doubt]:
        if not self._named:
            why = "单元格名称都丢失了，数字按行名和列名读入，请核对"
            yield Doubt("", self._table.heading, why, self._table.cells)

    def _place(self, cell: CellId) -> Doubt | None:
        """Take the spot of one number; return what is doubtful about it."""
        named, labelled = self._named.get(cell), self._labelled.get(cell)
        if named is not None and (labelled is None or str(named) == str(labelled)):
            self.spots[cell] = named
            return None
        if named is not None and labelled is not None:
            return self._settle(cell, named, labelled)
        if labelled is None:
            return self._doubt("", cell, "没有找到这一格，没有读入")
        self.spots[cell] = labelled
        return self._doubt(labelled, cell, "单元格名称丢失，按行名和列名读入") if self._named else None

    def _settle(self, cell: CellId, named: Spot, labelled: Spot) -> Doubt | None:
        """Decide between two spots of a number; a total, which is computed anyhow, is left out."""
        if self._form.is_total(cell):
            return None
        if named.text == labelled.text:
            self.spots[cell] = named
            return None
        if not labelled.text and str(named) not in self._claimed:
            self.spots[cell] = named
            return self._doubt(
                named, cell, f"这一格被移动过（按行名和列名应在 {labelled}），按单元格名称读入"
            )
        other = f"按行名和列名是 {labelled} 的“{labelled.text}”"
        why = f"这一格被移动过，按单元格名称是“{named.text}”，{other}，没有读入"
        return self._doubt(named, cell, why)

    def _doubt(self, spot: Spot | str, cell: CellId, why: str) -> Doubt:
        return Doubt(str(spot), self._form.describe_cell(cell), why, (cell,))


def _named(book: Spreadsheet, cell: CellId) -> Spot | None:
    named = book.names.get(f"{CELL_PREFIX}{cell}")
    return None if named is None else Spot(named.sheet, named.area.top, named.area.left)
