"""Put texts, numbers, merges, widths and heights into a worksheet. Knows nothing of the report."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from export import excel_measure as measure
from export.excel_rows import Drawn
from export.excel_styles import DIGIT_WIDTH, StyledWorkbook, dress, dress_apart
from model.cells import Value

MOST_DIGITS = 15
"""Significant digits that Excel keeps of a number."""

_LOW_ROW = 60.0
"""Points of the rows that a text too high for one row is spread over."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""The underline of a text that spreadsheet programs would read as an escaped character."""


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell, counted from 1; it must not lie inside a merge."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put_text(cell: Cell, text: str, style: StyleArray) -> None:
    """Put in a text that stays text, whatever it begins with."""
    dress(cell, style)
    if not text:
        return
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    if text[0] in "=+-@":
        dress_apart(cell, style)
        cell.quotePrefix = True


def put_number(cell: Cell, value: Value, style: StyleArray) -> bool:
    """Put in a count or an amount; return False where it went in as text because Excel would round it."""
    dress(cell, style)
    if not isinstance(value, Decimal):
        cell.value = value
        return True
    if not is_exact(value):
        put_text(cell, f"{value:f}", style)
        return False
    dress_apart(cell, style)
    cell.number_format = _number_format(value)
    cell.value = value
    return True


def is_exact(value: Decimal) -> bool:
    """Tell whether Excel keeps every digit of a number."""
    return len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def _number_format(value: Decimal) -> str:
    """Return the format that shows the decimals an amount was given with."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return "0" if decimals <= 0 else "0." + "0" * decimals


def merge(first: Cell, row_span: int, column_span: int, style: StyleArray) -> None:
    """Merge cells and dress all behind the first, so that frames have no gaps; openpyxl's own way is slow."""
    if (row_span, column_span) == (1, 1):
        return
    drawn = _drawn(first.parent)
    last_row, last_column = first.row + row_span - 1, first.column + column_span - 1
    for row in range(first.row, last_row + 1):
        for column in range(first.column, last_column + 1):
            if (row, column) != (first.row, first.column):
                drawn.blanks[row, column] = style
    drawn.merges.append(f"{first.coordinate}:{get_column_letter(last_column)}{last_row}")


def _drawn(sheet: object) -> Drawn:
    assert isinstance(sheet, Worksheet)
    assert isinstance(sheet.parent, StyledWorkbook)
    return sheet.parent.drawn(sheet)


def reference(sheet: Worksheet, cell: Cell) -> str:
    """Return a cell's absolute place for a defined name: '二、主动公开'!$B$4."""
    return f"{_quoted(sheet.title)}!${cell.column_letter}${cell.row}"


@lru_cache(maxsize=64)
def _quoted(title: str) -> str:
    return str(quote_sheetname(title))


def set_widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    """Set the widths of the first columns, in pixels."""
    for number, pixels in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = pixels / DIGIT_WIDTH


def set_heights(sheet: Worksheet, row: int, height: float) -> int:
    """Give a height to a row, or to low rows from there on where it is too much for one; return their number.

    Pages break between the rows.
    """
    count = 1 if height <= measure.MOST_ROW_HEIGHT else math.ceil(height / _LOW_ROW)
    for number in range(row, row + count):
        set_height(sheet, number, height / count)
    return count


def extent(sheet: Worksheet) -> tuple[int, float]:
    """Return the last row of a sheet, and the height in points of all that were given one."""
    heights = _drawn(sheet).heights
    return max(sheet.max_row, *heights), sum(heights.values())


def set_height(sheet: Worksheet, row: int, height: float) -> None:
    """Set the height of a row in points, as far as Excel goes."""
    _drawn(sheet).heights[row] = min(height, measure.MOST_ROW_HEIGHT)
