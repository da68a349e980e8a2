"""Set a worksheet up for printing on A4 and for being opened at its beginning."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from export.excel_cells import extent
from export.excel_styles import DRAFT_COLOUR

_A4 = 9
_MARGINS = {"left": 0.7, "right": 0.7, "top": 0.98, "bottom": 0.98, "header": 0.5, "footer": 0.5}
"""Inches."""
_MOST_ON_A_PAGE = 1000.0
"""Points of rows that are still scaled to fit on one page, which takes 700."""


def set_up_page(sheet: Worksheet, columns: int, *, one_page: bool, draft: str | None) -> None:
    """Print all rows of the first columns, as wide as the page, centred, numbered on the outer side.

    With ``one_page`` the sheet is scaled to fit on one page, unless it would then be too small to read.
    The draft mark goes to the head of each page.
    """
    last_row, height = extent(sheet)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page and height <= _MOST_ON_A_PAGE else 0
    sheet.print_options.horizontalCentered = True
    for side, inches in _MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row}"
    sheet.oddFooter = _page_number("right")
    sheet.evenFooter = _page_number("left")
    sheet.HeaderFooter.differentOddEven = True
    if draft is not None:
        sheet.sheet_properties.tabColor = DRAFT_COLOUR
        sheet.oddHeader = _mark(draft)
        sheet.evenHeader = _mark(draft)


def _page_number(side: str) -> HeaderFooterItem:
    item = HeaderFooterItem()
    part = getattr(item, side)
    part.text, part.font, part.size = "— &P —", "宋体,Regular", 14
    return item


def _mark(draft: str) -> HeaderFooterItem:
    item = HeaderFooterItem()
    part = item.center
    part.text, part.font, part.size, part.color = draft.replace("&", "&&"), "黑体,Regular", 28, DRAFT_COLOUR
    return item
