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

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
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
    set_widths,
)
from export.excel_page import set_up_page
from export.layout import (
    Block,
    Description,
    Heading,
    Paragraph,
    ParagraphStyle,
    Role,
    TableBlock,
    TableCell,
)

NAME_PREFIX = "xxgk."
"""What the defined name of every number begins with."""

_COVER_SHEET = "报告信息"
_WIDTH = 600
"""Pixels of a text: 28 characters of 三号."""
_TABLE_WIDTH = 545
"""Pixels of a table: the official one, scaled so that its headers wrap as in the template."""
_FACT_WIDTHS = (150, 450)
_LEAST_HEADING_HEIGHT = 40.0
_LEAST_FACT_HEIGHT = 28.0
_INDENT = "\u3000\u3000"
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
    workbook = Workbook()
    pen = _Pen(workbook, description)
    pen.draw()
    workbook.properties.title = description.title
    workbook.properties.creator = description.unit
    workbook.properties.lastModifiedBy = description.unit
    workbook.properties.language = "zh-CN"
    save(workbook, path, moment)
    return tuple(pen.notes)


class _Pen:
    """Draws one description into one workbook."""

    def __init__(self, workbook: Workbook, description: Description) -> None:
        self.notes: list[str] = []
        self._workbook = workbook
        self._styles = styles.add_styles(workbook)
        self._description = description

    def draw(self) -> None:
        """Draw every sheet."""
        self._draw_cover()
        for section, blocks in _sections(self._description.blocks):
            self._draw_section(section, blocks)

    def _draw_cover(self) -> None:
        sheet = self._workbook.worksheets[0]
        sheet.title = _COVER_SHEET
        sheet.sheet_view.tabSelected = True
        set_widths(sheet, _FACT_WIDTHS)
        first, *others = self._description.title_lines
        for row, line in enumerate((self._marked(first), *others), 1):
            self._put_heading(sheet, row, line, styles.TITLE, len(_FACT_WIDTHS))
        state = self._description.draft or "正式稿"
        facts = (*self._description.cover, ("文件状态", state))
        for row, fact in enumerate(facts, len(self._description.title_lines) + 2):
            self._put_fact(sheet, row, *fact)
        set_up_page(sheet, len(_FACT_WIDTHS), one_page=True, draft=self._description.draft)

    def _draw_section(self, section: str, blocks: Sequence[Block]) -> None:
        sheet = self._workbook.create_sheet(self._sheet_name(section))
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

    def _put_fact(self, sheet: Worksheet, row: int, label: str, text: str) -> None:
        put_text(cell_at(sheet, row, 1), label, self._styles[styles.FACT_LABEL])
        put_text(cell_at(sheet, row, 2), text, self._styles[styles.FACT])
        size = styles.SIZES[styles.FACT]
        needed = measure.height_of(text, measure.columns_in(_FACT_WIDTHS[1], size), size)
        set_height(sheet, row, max(needed, _LEAST_FACT_HEIGHT))

    def _draw_text(self, sheet: Worksheet, paragraphs: Iterable[Paragraph]) -> None:
        """Draw a paragraph a row; one too high for a row goes on in the next."""
        set_widths(sheet, (_WIDTH,))
        size = styles.TEXT_SIZE
        columns = measure.columns_in(_WIDTH, size)
        row = 2
        for paragraph in paragraphs:
            style = self._styles[_TEXT_STYLES[paragraph.style]]
            for piece in measure.split_for_rows(_INDENT + paragraph.text, columns, size):
                put_text(cell_at(sheet, row, 1), piece, style)
                set_height(sheet, row, measure.height_of(piece, columns, size))
                row += 1

    def _put_heading(self, sheet: Worksheet, row: int, text: str, style: str, columns: int) -> None:
        draft = self._description.draft
        cell = cell_at(sheet, row, 1)
        look = self._styles[style if draft is None else style + styles.DRAFT_SUFFIX]
        put_text(cell, text, look)
        merge(cell, 1, columns, look)
        size = styles.SIZES[style]
        needed = measure.height_of(text, measure.columns_in(_WIDTH, size), size)
        set_height(sheet, row, max(needed, _LEAST_HEADING_HEIGHT))

    def _draw_table(self, sheet: Worksheet, table: TableBlock) -> None:
        top = 2
        widths = scale(table.widths, _TABLE_WIDTH)
        set_widths(sheet, widths)
        for row, height in enumerate(
            measure.row_heights(table, widths, styles.HEADER_SIZE, styles.TABLE_SIZE), top
        ):
            set_height(sheet, row, height)
        for box in table.cells:
            self._draw_box(sheet, table, box, top)
        if table.header_rows:
            sheet.freeze_panes = cell_at(sheet, top + table.header_rows, table.label_columns + 1)
            sheet.print_title_rows = f"1:{top + table.header_rows - 1}"

    def _draw_box(self, sheet: Worksheet, table: TableBlock, box: TableCell, top: int) -> None:
        cell = cell_at(sheet, top + box.row, 1 + box.column)
        style = self._styles[_style_of(table, box)]
        if box.cell is None:
            put_text(cell, box.text, style)
        else:
            name = f"{NAME_PREFIX}{box.cell}"
            self._workbook.defined_names[name] = DefinedName(name, attr_text=reference(sheet, cell))
            if not put_number(cell, box.value, style):
                self._explain_text(sheet, top + table.row_count, f"{cell.coordinate} 的 {box.text}")
        merge(cell, box.row_span, box.column_span, style)

    def _explain_text(self, sheet: Worksheet, row: int, what: str) -> None:
        """Say below the table why a number stands in it as text."""
        reason = f"{what} 超过 Excel 数字的 {MOST_DIGITS} 位精度，为保证不差分毫，以文本保存。"
        put_text(cell_at(sheet, row, 1), f"注：{reason}", self._styles[styles.NOTE])
        self.notes.append(f"Excel 工作表“{sheet.title}”：{reason}")

    def _sheet_name(self, section: str) -> str:
        """Return the section's short name as portals write it: 二、主动公开."""
        name = self._description.section_names[section].replace(" ", "、", 1)
        return _FORBIDDEN_IN_SHEET_NAME.sub("", name)[:_LONGEST_SHEET_NAME]

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


def _style_of(table: TableBlock, box: TableCell) -> str:
    """Return a box's style. Beside one label column labels are centred, beside several they stand left."""
    if box.role is Role.BAND:
        return styles.BAND
    if box.role is Role.LABEL:
        return styles.LABEL if table.label_columns > 1 else styles.CENTRED_LABEL
    if box.role is Role.HEADER:
        is_note = table.label_columns > 1 and box.column < table.label_columns
        return styles.CORNER_NOTE if is_note else styles.HEADER
    return styles.NUMBER


def scale(proportions: Sequence[int], width: int) -> list[int]:
    """Return whole numbers in these proportions that add up to ``width`` or nearly; equal ones stay equal."""
    whole = sum(proportions)
    return [round(width * proportion / whole) for proportion in proportions]
