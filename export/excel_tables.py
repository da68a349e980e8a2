"""Draw the official tables and the headings into worksheets: the same in the report and in the template.

What stands in the boxes of the numbers is up to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from export import excel_measure as measure
from export import excel_styles as styles
from export.excel_cells import cell_at, merge, put_text, set_height, set_heights, set_widths
from export.layout import Role, TableBlock, TableCell
from export.printed_tables import scale

TEXT_WIDTH = 600
"""Pixels of a text: 28 characters of 三号."""
TABLE_TOP = 2
"""The row in which a table begins, below its heading."""
_TABLE_WIDTH = 545
"""Pixels of a table: the official one, scaled so that its headers wrap as in the template."""
_LEAST_HEADING_HEIGHT = 40.0

PutNumber = Callable[[Cell, TableCell], StyleArray]
"""Fills in the box of a number and returns the style it has given it."""


def draw_table(
    sheet: Worksheet, table: TableBlock, looks: Mapping[str, StyleArray], put_number: PutNumber
) -> None:
    """Draw a whole table below the heading; ``looks`` are the named styles of the workbook."""
    widths = scale(table.widths, _TABLE_WIDTH)
    set_widths(sheet, widths)
    tops = [TABLE_TOP]
    for height in measure.row_heights(table, widths, styles.HEADER_SIZE, styles.TABLE_SIZE):
        tops.append(tops[-1] + set_heights(sheet, tops[-1], height))
    for box in table.cells:
        cell = cell_at(sheet, tops[box.row], 1 + box.column)
        if box.cell is None:
            style = looks[_style_of(table, box)]
            put_text(cell, box.text, style)
        else:
            style = put_number(cell, box)
        merge(cell, tops[box.row + box.row_span] - tops[box.row], box.column_span, style)
    if table.header_rows:
        sheet.freeze_panes = cell_at(sheet, TABLE_TOP + table.header_rows, table.label_columns + 1)
        sheet.print_title_rows = f"1:{TABLE_TOP + table.header_rows - 1}"


def put_heading(
    sheet: Worksheet, row: int, text: str, style: str, look: StyleArray, columns: int = 1
) -> None:
    """Put a heading over some columns, as high as a text in a style's size needs."""
    cell = cell_at(sheet, row, 1)
    put_text(cell, text, look)
    merge(cell, 1, columns, look)
    size = styles.SIZES[style]
    needed = measure.height_of(text, measure.columns_in(TEXT_WIDTH, size), size)
    set_height(sheet, row, max(needed, _LEAST_HEADING_HEIGHT))


def _style_of(table: TableBlock, box: TableCell) -> str:
    """Return a box's style. Beside one label column labels are centred, beside several they stand left."""
    if box.role is Role.BAND:
        return styles.BAND
    if box.role is Role.LABEL:
        return styles.LABEL if table.label_columns > 1 else styles.CENTRED_LABEL
    is_note = table.label_columns > 1 and box.column < table.label_columns
    return styles.CORNER_NOTE if is_note else styles.HEADER
