"""The Excel pen: a workbook for upload portals and for people, laid out and set up as the official form.

A sheet for the cover data, then one for each section in printed order. Values only: no formulas and no
macros, for portals and previews do not calculate. Every number of the form bears the defined name
``xxgk.<table>.<row>.<column>``, blank ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from export import excel_measure as measure
from export import excel_styles as styles
from export.excel_archive import save
from export.excel_cells import (
    MOST_DIGITS,
    cell_at,
    merge,
    put_number,
    put_text,
    reference,
    set_height,
    set_heights,
    set_widths,
)
from export.excel_page import set_up_page
from export.excel_tables import TABLE_TOP, TEXT_WIDTH, draw_table, put_heading
from export.layout import (
    Block,
    Description,
    Heading,
    Paragraph,
    ParagraphStyle,
    TableBlock,
    TableCell,
)
from model.workbook_marks import CELL_PREFIX, PARAGRAPH_INDENT

COVER_SHEET = "报告信息"
FACT_WIDTHS = (150, 450)
_LEAST_FACT_HEIGHT = 28.0
_TEXT_STYLES = {
    ParagraphStyle.BODY: styles.TEXT,
    ParagraphStyle.HEADING_2: styles.HEADING_2,
    ParagraphStyle.HEADING_3: styles.TEXT,
}
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\\/*?:\[\]]")
_LONGEST_SHEET_NAME = 31


def write_excel(description: Description, path: Path, moment: datetime) -> tuple[str, ...]:
    """Write the workbook as of a moment and return what the person should know of it, in Chinese.

    Raise OSError where the file cannot be written. It is written in place: ``path`` must hold nothing
    of value.
    """
    workbook = styles.StyledWorkbook()
    pen = _Pen(workbook, description)
    pen.draw()
    workbook.properties.title = description.title
    workbook.properties.description = description.summary
    workbook.properties.creator = description.unit
    workbook.properties.lastModifiedBy = description.unit
    workbook.properties.language = "zh-CN"
    save(workbook, path, moment, pen.names)
    return tuple(pen.notes)


class _Pen:
    """Draws one description into one workbook."""

    def __init__(self, workbook: styles.StyledWorkbook, description: Description) -> None:
        self.notes: list[str] = []
        self.names: dict[str, str] = {}
        """The places of the numbers by their names."""
        self._workbook = workbook
        self._styles = workbook.looks
        self._description = description

    def draw(self) -> None:
        """Draw every sheet."""
        self._draw_cover()
        for section, blocks in _sections(self._description.blocks):
            self._draw_section(section, blocks)

    def _draw_cover(self) -> None:
        sheet = self._workbook.worksheets[0]
        sheet.title = COVER_SHEET
        sheet.sheet_view.tabSelected = True
        set_widths(sheet, FACT_WIDTHS)
        first, *others = self._description.title_lines
        for row, line in enumerate((self._marked(first), *others), 1):
            self._put_heading(sheet, row, line, styles.TITLE, len(FACT_WIDTHS))
        facts = (*self._description.cover, *self._description.standing)
        row = len(self._description.title_lines) + 2
        for fact in facts:
            row += self._put_fact(sheet, row, *fact)
        set_up_page(sheet, len(FACT_WIDTHS), one_page=True, draft=self._description.draft)

    def _draw_section(self, section: str, blocks: Sequence[Block]) -> None:
        sheet = self._workbook.create_sheet(sheet_name(self._description, section))
        headings = [block.text for block in blocks if isinstance(block, Heading)]
        heading = self._marked(headings[0] if headings else self._description.section_names[section])
        tables = [block for block in blocks if isinstance(block, TableBlock)]
        columns = len(tables[0].widths) if tables else 1
        if tables:
            self._draw_table(sheet, tables[0])
        else:
            self._draw_text(sheet, (block for block in blocks if isinstance(block, Paragraph)))
        self._put_heading(sheet, 1, heading, styles.HEADING, columns)
        set_up_page(sheet, columns, one_page=bool(tables), draft=self._description.draft)

    def _put_fact(self, sheet: Worksheet, row: int, label: str, text: str) -> int:
        """Put in a fact as high as it must be, and return how many rows it takes."""
        size = styles.SIZES[styles.FACT]
        needed = measure.height_of(text, measure.columns_in(FACT_WIDTHS[1], size), size)
        count = set_heights(sheet, row, max(needed, _LEAST_FACT_HEIGHT))
        for column, words, name in ((1, label, styles.FACT_LABEL), (2, text, styles.FACT)):
            cell, look = cell_at(sheet, row, column), self._styles[name]
            put_text(cell, words, look)
            merge(cell, count, 1, look)
        return count

    def _draw_text(self, sheet: Worksheet, paragraphs: Iterable[Paragraph]) -> None:
        """Draw a paragraph a row; one too high for a row goes on in the next."""
        set_widths(sheet, (TEXT_WIDTH,))
        size = styles.TEXT_SIZE
        columns = measure.columns_in(TEXT_WIDTH, size)
        row = 2
        for paragraph in paragraphs:
            style = self._styles[_TEXT_STYLES[paragraph.style]]
            for piece in measure.split_for_rows(PARAGRAPH_INDENT + paragraph.text, columns, size):
                put_text(cell_at(sheet, row, 1), piece, style)
                set_height(sheet, row, measure.height_of(piece, columns, size))
                row += 1

    def _put_heading(self, sheet: Worksheet, row: int, text: str, style: str, columns: int) -> None:
        name = style if self._description.draft is None else style + styles.DRAFT_SUFFIX
        put_heading(sheet, row, text, style, self._styles[name], columns)

    def _draw_table(self, sheet: Worksheet, table: TableBlock) -> None:
        number_style = self._styles[styles.NUMBER]

        def put(cell: Cell, box: TableCell) -> StyleArray:
            self.names[f"{CELL_PREFIX}{box.cell}"] = reference(sheet, cell)
            if not put_number(cell, box.value, number_style):
                self._explain_text(sheet, TABLE_TOP + table.row_count, f"{cell.coordinate} 的 {box.text}")
            return number_style

        draw_table(sheet, table, self._styles, put)

    def _explain_text(self, sheet: Worksheet, row: int, what: str) -> None:
        """Say below the table why a number stands in it as text."""
        reason = f"{what} 超过 Excel 数字的 {MOST_DIGITS} 位精度，为保证不差分毫，以文本保存。"
        put_text(cell_at(sheet, row, 1), f"注：{reason}", self._styles[styles.NOTE])
        self.notes.append(f"Excel 工作表“{sheet.title}”：{reason}")

    def _marked(self, text: str) -> str:
        draft = self._description.draft
        return text if draft is None else f"【{draft}】{text}"


def _sections(blocks: Iterable[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Yield each section's id and blocks in printed order; a table belongs to the heading before it."""
    section, held = "", list[Block]()
    for block in blocks:
        own = section
        if isinstance(block, Heading):
            own = block.id
        elif isinstance(block, Paragraph):
            own = block.section
        if own != section and held:
            yield section, held
            held = []
        section = own
        held.append(block)
    if held:
        yield section, held


def sheet_name(description: Description, section: str) -> str:
    """Return the title of a section's sheet, 二、主动公开, as far as Excel allows it."""
    return _FORBIDDEN_IN_SHEET_NAME.sub("", description.sheet_names[section])[:_LONGEST_SHEET_NAME]
