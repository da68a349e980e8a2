"""Find the numbers of an official table on a sheet by the words around them.

Rows are found by their label, columns by the header above, both with the groups they stand under where a
word occurs more than once. What is missing or stands twice is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from model.cells import CellId
from model.forms import Block, Column, Group, Row, Table
from model.merged_rows import inner_group
from model.pasting import normalise
from model.reading.sheet_data import Area, SheetData

_REMARK = re.compile(r"(?<=.)\([^()]*\)$")
_MOST_BLANKS = 60
"""Cells that a label whose merge was split may stand for."""


class Words:
    """The texts of a sheet by what they say, with the areas they stand for."""

    def __init__(self, sheet: SheetData) -> None:
        self.sheet = sheet
        self._places: dict[str, list[Area]] = {}
        normalised = cache(normalise)  # one text may stand in many cells
        for (row, column), cell in sheet.cells.items():
            word = normalised(cell.text)
            self._places.setdefault(word, []).append(sheet.area(row, column))

    def find(self, labels: Iterable[str]) -> list[Area]:
        """Return where any of some labels stands; a label may lack the remark in brackets at its end."""
        wanted = {word for label in labels for word in _spellings(label)}
        return [area for word in sorted(wanted) for area in self._places.get(word, ())]

    def stretched(self, area: Area, *, down: bool) -> Area:
        """Return an area with the blanks that its label stands for where its merge was split."""
        if area[:2] != area[2:]:
            return area
        end = 0
        for step in range(1, _MOST_BLANKS):
            place = (area.top + step, area.left) if down else (area.top, area.left + step)
            if place in self.sheet.cells or place in self.sheet.merges:
                break
            end = step
        return area._replace(bottom=area.bottom + end) if down else area._replace(right=area.right + end)


def _spellings(label: str) -> Iterator[str]:
    word = normalise(label)
    yield word
    yield _REMARK.sub("", word)


def labels_of(item: Row | Column) -> tuple[str, ...]:
    """Return all wordings of a row's or a column's label."""
    return (item.label, *item.variants)


@dataclass(frozen=True)
class Found:
    """Where the numbers of a table stand by their labels, and the labels that are not there."""

    sheet: SheetData
    places: Mapping[CellId, tuple[int, int]]
    missing: tuple[tuple[str, frozenset[CellId]], ...]
    """Each label that was not found, and the cells it names."""
    merged: frozenset[CellId]
    """The inputs of rows that stand for their whole group: the group has one row, under its own name."""
    absent: frozenset[CellId]
    """The cells of the other rows of such groups."""


def find_tables(table: Table, sheets: Sequence[Words], home: SheetData | None) -> list[Found]:
    """Return where a table stands: on each sheet that has half of its labels, the likeliest first.

    That is ``home``, the sheet to which names lead, else the sheet that has most labels.
    """
    items: list[Row | Column] = [row for block in table.blocks for row in block.rows if row.label]
    items += [column for block in table.blocks for column in block.columns]
    scored = [(sum(bool(words.find(labels_of(item))) for item in items), words) for words in sheets]
    likely = [(score, words) for score, words in scored if score * 2 >= len(items)]
    likely.sort(key=lambda held: (held[1].sheet is not home, -held[0]))
    return [_find_on(table, words) for _, words in likely]


def _find_on(table: Table, words: Words) -> Found:
    places: dict[CellId, tuple[int, int]] = {}
    missing: list[tuple[str, frozenset[CellId]]] = []
    merged: set[CellId] = set()
    absent: set[CellId] = set()
    for block in table.blocks:
        finder = _BlockFinder(table, block, words)
        places.update(finder.places())
        missing.extend(finder.missing())
        merged.update(finder.cells_of(finder.merged))
        absent.update(finder.cells_of(finder.absent))
    return Found(words.sheet, places, tuple(missing), frozenset(merged), frozenset(absent))


def has_columns(table: Table, sheets: Sequence[Words]) -> bool:
    """Tell whether a sheet has at least half of a table's column headers: they tell the editions apart."""
    columns = {column.label: column for block in table.blocks for column in block.columns}
    found = [sum(bool(words.find(labels_of(column))) for column in columns.values()) for words in sheets]
    return max(found, default=0) * 2 >= len(columns)


class _BlockFinder:
    """Finds the rows and columns of one block."""

    def __init__(self, table: Table, block: Block, words: Words) -> None:
        self._table = table
        self._block = block
        self._words = words
        self._headers = {column.id: self._candidates(column, down=False) for column in block.columns}
        self._rows = {row.id: self._row(row) for row in block.rows}
        self.merged: set[str] = set()
        """Rows that stand for their whole group, since the sheet has one row under the group's name."""
        self.absent: set[str] = set()
        """The other rows of such groups."""
        self._find_merged()

    def _find_merged(self) -> None:
        for last in self._block.rows:
            group = inner_group(self._block, last)
            if len(group) < 2 or last != group[-1] or any(self._rows[row.id] is not None for row in group):
                continue
            areas = self._words.find([last.groups[-1].label])
            if len(areas) == 1 and _is_one_line(self._words.stretched(areas[0], down=True)):
                self._rows[last.id] = areas[0].top
                self.merged.add(last.id)
                self.absent.update(row.id for row in group[:-1])

    def cells_of(self, rows: Iterable[str]) -> Iterator[CellId]:
        """Yield all cells of some rows."""
        for row in rows:
            for column in self._block.columns:
                yield CellId(self._table.id, row, column.id)

    def places(self) -> Iterator[tuple[CellId, tuple[int, int]]]:
        """Yield each number that is found, with its row and column."""
        for row in self._block.rows:
            line = self._rows[row.id]
            if line is None:
                continue
            for column in self._block.columns:
                header = _nearest_above(self._headers[column.id], line)
                if header is not None:
                    yield CellId(self._table.id, row.id, column.id), (line, header.left)

    def missing(self) -> Iterator[tuple[str, frozenset[CellId]]]:
        """Yield each label that is not found, or stands twice, with the cells it names."""
        placed = {cell for cell, _ in self.places()}
        for row in self._block.rows:
            if self._rows[row.id] is None and row.label and row.id not in self.absent:
                yield row.name, frozenset(self.cells_of([row.id]))
        for column in self._block.columns:
            own = frozenset(CellId(self._table.id, row.id, column.id) for row in self._block.rows)
            if not own & placed and any(line is not None for line in self._rows.values()):
                yield column.name, own

    def _row(self, row: Row) -> int | None:
        if not row.label:
            return self._below_headers()
        tops = {area.top for area in self._candidates(row, down=True)}
        return tops.pop() if len(tops) == 1 else None

    def _below_headers(self) -> int | None:
        """Return the row below the headers; they end at one height, or apart where merges were split."""
        bottoms = [area.bottom for areas in self._headers.values() for area in areas]
        levels = 1 + max(len(column.groups) for column in self._block.columns)
        if not bottoms or max(bottoms) - min(bottoms) >= levels:
            return None
        return max(bottoms) + 1

    def _candidates(self, item: Row | Column, *, down: bool) -> list[Area]:
        """Return where a label stands; among several, where it stands under its groups."""
        found = self._words.find(labels_of(item))
        if len(found) < 2 or not item.groups:
            return found
        return [
            area for area in found if all(self._is_under(group, area, down=down) for group in item.groups)
        ]

    def _is_under(self, group: Group, area: Area, *, down: bool) -> bool:
        return any(
            _covers(self._words.stretched(outer, down=down), area, down=down)
            for outer in self._words.find([group.label])
        )


def _is_one_line(area: Area) -> bool:
    return area.top == area.bottom


def _covers(outer: Area, inner: Area, *, down: bool) -> bool:
    if down:
        return outer.right < inner.left and outer.top <= inner.top <= outer.bottom
    return outer.bottom < inner.top and outer.left <= inner.left <= outer.right


def _nearest_above(headers: Sequence[Area], line: int) -> Area | None:
    """Return the last header above a row; None where there is none, or two beside each other."""
    above = [area for area in headers if area.bottom < line]
    lowest = max((area.bottom for area in above), default=0)
    nearest = {area for area in above if area.bottom == lowest}
    return nearest.pop() if len(nearest) == 1 else None
