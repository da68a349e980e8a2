"""What a workbook holds: contents, merges and names. Knows nothing of files, reports or forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, counted from 1, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def coordinate(self) -> str:
        """Its first cell as people write it: D7."""
        return f"{_letters(self.left)}{self.top}"


class Content(Enum):
    """What kind of value stands in a cell."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    FAULT = "fault"
    """An error such as #REF!."""
    NOTHING = "nothing"
    """No value: a formula without its result."""


class Shown(Enum):
    """How a number is shown, as far as it changes what it means."""

    PLAIN = "plain"
    DATE = "date"
    PERCENT = "percent"
    MASKED = "masked"
    """As another number, such as in thousands or 万: 125000 looks like 12.5."""


@dataclass(frozen=True)
class SheetCell:
    """A cell that is not blank: its value as written in the file, and how it came about."""

    text: str
    content: Content
    is_formula: bool = False
    shown: Shown = Shown.PLAIN


@dataclass(frozen=True)
class SheetData:
    """One sheet: its cells that are not blank by row and column, and its merged areas by first cell."""

    title: str
    cells: Mapping[tuple[int, int], SheetCell]
    merges: Mapping[tuple[int, int], Area]

    def area(self, row: int, column: int) -> Area:
        """Return the merged area that begins at a cell, or the cell alone."""
        return self.merges.get((row, column), Area(row, column, row, column))

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell as text; empty for a blank."""
        cell = self.cells.get((row, column))
        return "" if cell is None else cell.text


class Named(NamedTuple):
    """Where a defined name leads."""

    sheet: SheetData
    area: Area


@dataclass(frozen=True)
class Spreadsheet:
    """A workbook. A name that leads nowhere any more (#REF!) has the place None."""

    sheets: tuple[SheetData, ...]
    names: Mapping[str, Named | None]


# ---------------------------------------------------------------- places


def read_area(text: str) -> Area | None:
    """Return the rectangle that ``$B$4:$D$5`` or ``B4`` names; None for anything else."""
    first, _, last = text.partition(":")
    start, end = read_place(first), read_place(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Area(rows[0], columns[0], rows[1], columns[1])


def read_place(text: str) -> tuple[int, int] | None:
    """Return the row and column that ``$B$4`` or ``B4`` names; None for anything else."""
    match = _PLACE.fullmatch(text.strip())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row, column) if 0 < row <= _MOST_ROW and column <= _MOST_COLUMN else None


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
