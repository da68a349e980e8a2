"""Word sums and comparisons of the form as formulas of a spreadsheet. Knows places, nothing of looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from openpyxl.utils import get_column_letter, quote_sheetname

from model.cells import CellId
from model.forms import Check, Term


class Place(NamedTuple):
    """Where a number stands in the workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def coordinate(self) -> str:
        """The place within its sheet: B4."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def reference(self) -> str:
        """The place for a defined name: '二、主动公开'!$B$4."""
        return f"{quote_sheetname(self.sheet)}!${get_column_letter(self.column)}${self.row}"


LEVEL = "平"
"""What stands under a column whose figures agree."""
_CORNER = re.compile("([A-Z]+)([0-9]+)")

Places = Mapping[CellId, Place]


def areas(places: Iterable[Place]) -> list[str]:
    """Return rectangles that cover places of one sheet, each once: B4:D5, B8."""
    columns: dict[tuple[int, int], list[int]] = {}
    for row, first, last in _runs(sorted((place.row, place.column) for place in places)):
        columns.setdefault((first, last), []).append(row)
    return [
        _area(top, first, bottom, last)
        for (first, last), rows in columns.items()
        for top, bottom in _stretches(rows)
    ]


def _runs(cells: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    by_row: dict[int, list[int]] = {}
    for row, column in cells:
        by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        for first, last in _stretches(columns):
            yield row, first, last


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of numbers without gaps."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(number)
    if run:
        yield run[0], run[-1]


def _area(top: int, first: int, bottom: int, last: int) -> str:
    start = f"{get_column_letter(first)}{top}"
    return start if (top, first) == (bottom, last) else f"{start}:{get_column_letter(last)}{bottom}"


def ranges(places: Iterable[Place], home: str) -> str:
    """Return places as the arguments of a function in a formula on the sheet ``home``: $B$4:$D$5,$B$8."""
    by_sheet: dict[str, list[Place]] = {}
    for place in places:
        by_sheet.setdefault(place.sheet, []).append(place)
    return ",".join(
        ("" if sheet == home else f"{quote_sheetname(sheet)}!") + _CORNER.sub(r"$\1$\2", area)
        for sheet, own in by_sheet.items()
        for area in areas(own)
    )


def sum_of(terms: Iterable[Term], places: Places, home: str) -> str:
    """Return a signed sum, without the equals sign; texts and blanks count as 0: SUM($D$7:$D$27)."""
    by_sign: dict[int, list[Place]] = {}
    for term in terms:
        by_sign.setdefault(term.sign, []).append(places[term.cell])
    added = f"SUM({ranges(by_sign[1], home)})" if 1 in by_sign else "0"
    return added + (f"-SUM({ranges(by_sign[-1], home)})" if -1 in by_sign else "")


def holds(check: Check, places: Places, home: str) -> str:
    """Return what is true where a check holds: SUM($D$5:$D$6)=SUM($D$28:$D$29)."""
    comparison = f"{sum_of(check.left, places, home)}{check.relation}{sum_of(check.right, places, home)}"
    if not check.skip_if_blank:
        return comparison
    needed = ranges((places[term.cell] for term in check.skip_if_blank), home)
    return f"OR(COUNT({needed})<{len(check.skip_if_blank)},{comparison})"


def verdict(check: Check, places: Places, home: str) -> str:
    """Return a formula that says 平, or how much the right side has over the left."""
    difference = f"{sum_of(check.right, places, home)}-({sum_of(check.left, places, home)})"
    return f'=IF({holds(check, places, home)},"{LEVEL}","差"&({difference}))'
