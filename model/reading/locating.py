"""Decide where each number of the form stands in a workbook: by its name, checked by the words around it.

Where names are lost, the words lead. Where the two disagree and it matters, the number is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.cells import CellId
from model.forms import Form, Table
from model.reading.doubts import Doubt
from model.reading.labels import Found, Words, find_tables
from model.reading.sheet_data import Spreadsheet
from model.reading.spots import Spot, crowded, home_of, merged_together, named_spots


@dataclass(frozen=True)
class Located:
    """Where the numbers stand that could be found, and what is not as it should be."""

    spots: Mapping[CellId, Spot]
    doubts: tuple[Doubt, ...]
    merged: frozenset[CellId]
    """The cells of rows that stand for their whole group; see :class:`model.reading.labels.Found`."""
    copies: tuple[Found, ...]
    """Where tables stand that were found elsewhere already."""


def locate(form: Form, book: Spreadsheet) -> Located:
    """Return where each number of a form stands in a workbook."""
    words = [Words(sheet) for sheet in book.sheets]
    spots: dict[CellId, Spot] = {}
    doubts: list[Doubt] = []
    merged: set[CellId] = set()
    copies: list[Found] = []
    for table in form.tables:
        named = named_spots(table, book)
        places = find_tables(table, words, home_of(named))
        locator = _Locator(form, table, named, places[0] if places else None)
        doubts.extend(locator.run())
        spots.update(locator.spots)
        merged.update(*(found.merged for found in places[:1]))
        copies.extend(places[1:])
    return Located(spots, tuple(doubts), frozenset(merged), tuple(copies))


class _Locator:
    """Finds the numbers of one table."""

    def __init__(self, form: Form, table: Table, named: Mapping[CellId, Spot], found: Found | None) -> None:
        self.spots: dict[CellId, Spot] = {}
        self._form = form
        self._table = table
        self._found = found
        self._named = named
        self._crowded = crowded(named)
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
        yield from self._about_merged_rows()
        for cell in self._table.cells:
            doubt = self._place(cell)
            if doubt is not None:
                yield doubt
        yield from self._about_merges()

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

    def _about_merged_rows(self) -> Iterator[Doubt]:
        """Yield a doubt for each row that stands for its whole group."""
        cells = [cell for cell in self._labelled if self._found and cell in self._found.merged]
        for row in dict.fromkeys(cell.row for cell in cells):
            own = tuple(cell for cell in cells if cell.row == row)
            last = self._form.row(own[0])
            why = f"原表只有这一行，没有分开，数都计入“{last.label}”，请核对"
            yield Doubt(str(self._labelled[own[0]]), last.groups[-1].label, why, own)

    def _place(self, cell: CellId) -> Doubt | None:
        """Take the spot of one number; return what is doubtful about it."""
        named, labelled = self._named.get(cell), self._labelled.get(cell)
        if named is not None and (labelled is None or str(named) == str(labelled)):
            return self._take_named(cell, named, is_sure=labelled is not None)
        if named is not None and labelled is not None:
            return self._settle(cell, named, labelled)
        if labelled is None and self._found and cell in self._found.absent:
            return None
        if labelled is None:
            return self._doubt("", cell, "没有找到这一格，没有读入")
        self.spots[cell] = labelled
        return self._doubt(labelled, cell, "单元格名称丢失，按行名和列名读入") if self._named else None

    def _take_named(self, cell: CellId, named: Spot, *, is_sure: bool) -> Doubt | None:
        """Take the spot to which a name leads, unless others lead there and no words tell whose it is."""
        if cell in self._crowded and not is_sure:
            return self._doubt(named, cell, "别的格的名称也指向这里，分不清是哪一项的数，没有读入")
        self.spots[cell] = named
        return self._doubt(named, cell, "有别的格被移到了这里，请核对") if cell in self._crowded else None

    def _about_merges(self) -> Iterator[Doubt]:
        """Leave out numbers whose cells were merged into one, and yield a doubt for each such merge."""
        for merged in merged_together(self.spots):
            cells = tuple(cell for cell in merged if cell in self.spots)
            if not cells:  # merges of a damaged file overlap
                continue
            first = self.spots[cells[0]]
            for cell in cells:
                del self.spots[cell]
            what = "、".join(map(self._form.describe_cell, cells))
            yield Doubt(str(first), what, "这几格被合并成了一格，分不清是哪一项的数，没有读入", cells)

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
