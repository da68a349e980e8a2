"""Find where each text of a pasted block belongs in an official table. Pure; writes nothing.

Labels and headers that were copied along are recognised and never read as numbers; where they name the
rows, the rows follow them, else the block lies from the current cell on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from model.blocks import Block
from model.cells import CellId
from model.forms import Form, Role, Row, Table
from model.table_grid import Place, TableGrid

_NUMBERED_LABEL = re.compile(
    r"(?:[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十0-9]+[.．、])\s*[\u4e00-\u9fff]"
)
_HALF_WIDTH = str.maketrans("（），：．“”‘’　", "(),:.\"\"'' ")


class Placement(NamedTuple):
    """Where the texts of a block go."""

    texts: tuple[tuple[CellId, str], ...]
    outside: int
    """Texts beyond the edge of the table."""
    is_whole: bool
    """The block is the whole table, totals and all."""
    folded: tuple[Row, ...] = ()
    """Rows that take what the source states for their whole group."""


def place(form: Form, grid: TableGrid, block: Block, start: Place, *, whole: bool = False) -> Placement:
    """Return where each text of a block goes when pasted at a place; ``whole`` begins at the first number."""
    return _Placing(form, grid, block).place(start, whole=whole)


def other_table(form: Form, table: Table, block: Block) -> Table | None:
    """Return the table whose words a block bears where it bears none of this one's; None for any other."""
    given = {normalise(text) for row in block for text in row} - {""}
    named = [other for other in form.tables if given & _own_words(form, other)]
    return named[0] if named and table not in named else None


def _own_words(form: Form, table: Table) -> set[str]:
    """Return what is printed in a table besides its numbers, and in no other one."""
    others = (other for other in form.tables if other is not table)
    return _words(table) - {word for other in others for word in _words(other)}


def _words(table: Table) -> set[str]:
    return {normalise(box.text) for box in table.grid if box.text}


class _Placing:
    """One block on its way into a table."""

    def __init__(self, form: Form, grid: TableGrid, block: Block) -> None:
        self._form = form
        self._grid = grid
        self._table = grid.table
        self._rows = [row for part in self._table.blocks for row in part.rows]
        self._row_places = [grid.place(cell).row for cell in self._first_cells()]
        self._labels = {
            normalise(box.text) for box in self._table.grid if box.text and box.role is not Role.INPUT
        } | {normalise(name) for row in self._rows for name in (row.name, *row.variants)}
        self._row_labels = {normalise(row.label) for row in self._rows if row.label}
        self._label_columns = {
            wording: box.column
            for box in self._table.grid
            if box.role is Role.LABEL
            for wording in _wordings(box.text)
        }
        self._body = self._aligned(self._without_headers(block))
        self._label_count = self._count_label_columns()
        self._label_count = self._count_merged_label_columns()

    def _first_cells(self) -> list[CellId]:
        return [
            CellId(self._table.id, row.id, part.columns[0].id)
            for part in self._table.blocks
            for row in part.rows
        ]

    # ------------------------------------------------------------ labels

    def _is_label(self, text: str) -> bool:
        return self._is_known(text) or bool(_NUMBERED_LABEL.match(text.strip()))

    def _is_known(self, text: str) -> bool:
        return normalise(text) in self._labels

    def _without_headers(self, block: Block) -> list[tuple[str, ...]]:
        """Leave out rows of headers and bands, and blank rows right above such a row."""
        kept: list[tuple[str, ...]] = []
        for row in block:
            if not self._is_header(row):
                kept.append(row)
                continue
            while kept and not any(text.strip() for text in kept[-1]):
                kept.pop()
        return kept

    def _aligned(self, rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Return rows whose numbers stand below each other, where some bear fewer labels than others.

        That is so in text typed or copied from a page: one label before the numbers of one row, a group's
        and its own before those of the next. Blanks are put before the labels of the shorter rows.
        """
        labels = [self._leading_labels(row) for row in rows]
        numbers = {len(row) - count for row, count in zip(rows, labels, strict=True)}
        if len(numbers) != 1 or len(set(labels)) == 1:
            return rows
        return [("",) * (max(labels) - count) + row for row, count in zip(rows, labels, strict=True)]

    def _leading_labels(self, row: Sequence[str]) -> int:
        count = 0
        while count < len(row) and row[count].strip() and self._is_label(row[count]):
            count += 1
        printed = self._printed_label_columns(row[:count])
        is_merged = len(row) - count != self._grid.columns and not any(
            text.strip() for text in row[count:printed]
        )
        return max(count, printed) if is_merged else count

    def _is_header(self, row: Sequence[str]) -> bool:
        """Tell whether a row holds nothing but known words that name columns, and no row's own name."""
        filled = [text for text in row if text.strip()]
        return (
            bool(filled)
            and all(self._is_known(text) for text in filled)
            and not any(normalise(text) in self._row_labels for text in filled)
            and self._group_row(filled) is None
        )

    def _group_row(self, texts: Sequence[str]) -> Row | None:
        """Return the last row of the innermost group that texts name: a row that stands for the group."""
        for text in reversed(texts):
            members = [row for row in self._rows if row.groups and _names(row.groups[-1].label, text)]
            if members and len(members[0].groups) > 1:
                return members[-1]
        return None

    def _count_label_columns(self) -> int:
        """Return how many columns at the left hold labels; blanks among them belong to merged labels."""
        count = 0
        for column in range(max(map(len, self._body), default=0)):
            texts = [row[column] for row in self._body if column < len(row)]
            if not all(not text.strip() or self._is_label(text) for text in texts):
                break
            if any(text.strip() for text in texts):
                count = column + 1
        return count

    def _count_merged_label_columns(self) -> int:
        """Return the label columns with the blank ones that the labels are merged over on the printed form.

        A row copied with its label comes as its label, blanks for the rest of the merged box, its numbers.
        Where all numbers of a row stand right behind the labels, the labels were not merged.
        """
        count = self._label_count
        wanted = {self._printed_label_columns(row[:count]) for row in self._body}
        printed = wanted.pop() if len(wanted) == 1 else 0
        width = max(map(len, self._body), default=0) - count
        is_blank = not any(text.strip() for row in self._body for text in row[count:printed])
        return printed if printed > count and width != self._grid.columns and is_blank else count

    def _printed_label_columns(self, labels: Sequence[str]) -> int:
        """Return how many columns of the printed form some labels take that stand side by side in a row."""
        filled = [column for column, text in enumerate(labels) if text.strip()]
        if not filled:
            return 0
        column = self._label_columns.get(normalise(labels[filled[-1]]))
        return 0 if column is None else filled[-1] + self._table.label_columns - column

    # ------------------------------------------------------------ rows

    def _named_rows(self) -> list[Row | None]:
        """Return which row of the table each row of the block names, None where it names none."""
        return [
            self._row_named([text for text in texts[: self._label_count] if text.strip()])
            for texts in self._body
        ]

    def _positions(self, named: Sequence[Row | None], first: int) -> Sequence[int]:
        """Return the row of the table for each row of the block: the one it names, or its place among them.

        Rows without a name lie between the named ones where those are as far apart as on the form. Else
        they have no place: it would be a guess.
        """
        found = [None if row is None else self._rows.index(row) for row in named]
        starts = {position - place for place, position in enumerate(found) if position is not None}
        if len(starts) < 2:
            first = starts.pop() if starts else first
            return range(first, first + len(found))
        return [len(self._rows) if position is None else position for position in found]

    def _row_named(self, texts: Sequence[str]) -> Row | None:
        if not texts:
            return None
        given = normalise(texts[-1])
        named = [
            row
            for row in self._rows
            if any(given in _wordings(name) for name in (row.label, row.name, *row.variants))
        ]
        return named[0] if len(named) == 1 else self._group_row(texts)

    # ------------------------------------------------------------ placing

    def place(self, start: Place, *, whole: bool) -> Placement:
        named = self._named_rows()
        data = [row[self._label_count :] for row in self._body]
        width = max((len(row) for row in data), default=0)
        at_start = whole or (self._label_count and width == self._grid.columns)
        column = 0 if at_start else start.column
        first = 0 if whole else self._row_places.index(start.row)
        texts, outside = self._collect(data, self._positions(named, first), column)
        return Placement(
            texts=tuple(texts.items()),
            outside=outside,
            is_whole=self._is_whole(named, len(data), width),
            folded=self._folded(named),
        )

    def _is_whole(self, named: Sequence[Row | None], rows: int, width: int) -> bool:
        """Tell whether the block covers the table: every row, or all but those folded into their group."""
        hidden = sum(len(self._group_of(row)) - 1 for row in self._folded(named))
        return (
            width == self._grid.columns and rows + hidden == len(self._rows) and len(self._rows) * width > 1
        )

    def _folded(self, named: Sequence[Row | None]) -> tuple[Row, ...]:
        """Return the rows that were named by their group while its other rows are missing."""
        taken = set(named)
        return tuple(
            row
            for texts, row in zip(self._body, named, strict=True)
            if row is not None
            and row.groups
            and len(self._group_of(row)) > 1
            and not taken & set(self._group_of(row)[:-1])
            and not any(_names(row.label, text) for text in texts[: self._label_count])
        )

    def _group_of(self, row: Row) -> list[Row]:
        return [other for other in self._rows if other.groups == row.groups]

    def _collect(
        self, data: Sequence[Sequence[str]], positions: Sequence[int], column: int
    ) -> tuple[Mapping[CellId, str], int]:
        found: dict[CellId, str] = {}
        outside = 0
        for texts, position in zip(data, positions, strict=True):
            for offset, text in enumerate(texts):
                cell = self._cell(position, column + offset)
                if cell is None:
                    outside += bool(text.strip())
                elif text.strip() and found.get(cell, "").strip():
                    found[cell] = f"{found[cell]} {text}"
                else:
                    found[cell] = text if text.strip() else found.get(cell, "")
        return found, outside

    def _cell(self, position: int, column: int) -> CellId | None:
        if not 0 <= position < len(self._row_places):
            return None
        return self._grid.cell(Place(self._row_places[position], column))


def normalise(text: str) -> str:
    """Return a label without what sources differ in: spaces, and full-width against half-width marks."""
    return "".join(text.translate(_HALF_WIDTH).split())


def _names(label: str, text: str) -> bool:
    """Tell whether a text is a label, or the label without the remark in brackets at its end."""
    return normalise(text) in _wordings(label)


@lru_cache(maxsize=1024)
def _wordings(label: str) -> frozenset[str]:
    wanted = normalise(label)
    return frozenset({wanted, re.sub(r"(?<=.)\([^()]*\)$", "", wanted)} - {""})
