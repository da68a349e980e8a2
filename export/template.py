"""The Excel 填报模板: a blank in the official layout for units that do not have the program.

Inputs are unlocked, totals are formulas, all else is protected without a password. Every cell that is
filled in bears a name, and a hidden sheet says what the workbook is: :mod:`model.reading.template` reads
it back, whatever was moved or renamed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from export import excel_measure as measure
from export import excel_styles as styles
from export import template_looks as looks
from export import template_rules as rules
from export.excel import COVER_SHEET, FACT_WIDTHS, sheet_name
from export.excel_archive import save
from export.excel_cells import cell_at, merge, put_text, set_height, set_widths
from export.excel_page import set_up_page
from export.excel_styles import StyledWorkbook, dress, dress_apart
from export.excel_tables import TABLE_TOP, TEXT_WIDTH, draw_table, put_heading
from export.layout import Description, TableBlock, TableCell, describe
from export.template_formulas import LEVEL, Place, holds, ranges, sum_of, verdict
from model import workbook_marks as marks
from model.cells import CellId
from model.forms import Check, Form, Section
from model.report import Report

TEXT_ROWS = 40
"""Cells for the paragraphs of a text."""

_TITLE_SUFFIX = "填报表"
_STATE_LABEL = "填报情况"
_ADVICE_HEADING = "填写说明"
_ADVICE = (
    "1．浅黄色的格子要填，灰色的合计自动算出、不用填，其余格子不能改。",
    "2．件数填整数；金额以万元为单位，最多六位小数。没有发生的填 0，没有数据的留空，不要写“/”“无”之类。",
    "3．选中一个格子，旁边会显示这一行怎样填。",
    "4．格子变红，说明勾稽关系不成立，请核对改正；变成橙黄色，请再核实一遍。",
    "5．文字部分一段占一格，也可以一格写多段；从 Word 复制的，请选“只粘贴文本”。",
    "6．请不要插入、删除或者移动行列，也不要给工作表改名。填好后保存，把这个 xlsx 文件交回即可。",
)
_LEAST_FACT_HEIGHT = 28.0
_TEXT_ROW_HEIGHT = 26.0
_YEAR_FORMAT = f'0"{marks.YEAR_SUFFIX}"'


def write_template(form: Form, year: int, unit: str, path: Path, moment: datetime) -> None:
    """Write the blank for a year, for one unit or (with an empty name) for any, as of a moment.

    Raise OSError where the file cannot be written. It is written in place: ``path`` must hold nothing
    of value.
    """
    description = describe(form, Report(form.id, year=year, unit_name=unit), draft=None)
    _Template(form, description).write(path, moment)


class _Template:
    """One blank on its way into a workbook."""

    def __init__(self, form: Form, description: Description) -> None:
        self._form = form
        self._description = description
        self._book = StyledWorkbook()
        self._looks = looks.add_looks(self._book)
        self._places: dict[CellId, Place] = {}
        self._names: dict[str, str] = {}
        self._results: dict[str, dict[str, int | str]] = {}

    def write(self, path: Path, moment: datetime) -> None:
        cover = self._book.worksheets[0]
        tables = {block.id: block for block in self._description.blocks if isinstance(block, TableBlock)}
        for section in self._form.sections:
            sheet = self._book.create_sheet(sheet_name(self._description, section.id))
            if section.table is None:
                self._draw_text(sheet, section)
            else:
                self._draw_table(sheet, section, tables[section.table])
        self._draw_cover(cover)
        self._add_identity()
        self._protect()
        self._book.properties.title = self._title
        self._book.properties.creator = self._description.unit
        self._book.properties.lastModifiedBy = self._description.unit
        self._book.properties.language = "zh-CN"
        save(self._book, path, moment, self._names, self._results)

    @property
    def _title(self) -> str:
        return self._description.title_lines[-1] + _TITLE_SUFFIX

    def _name(self, name: str, place: Place) -> None:
        self._names[name] = place.reference

    def _put_formula(self, cell: Cell, formula: str, result: int | str) -> None:
        """Put in a formula with its result, for previews that do not calculate."""
        sheet = cell.parent
        assert isinstance(sheet, Worksheet)
        cell.value = formula
        self._results.setdefault(sheet.title, {})[cell.coordinate] = result

    # ------------------------------------------------------------ the cover

    def _draw_cover(self, sheet: Worksheet) -> None:
        sheet.title = COVER_SHEET
        sheet.sheet_view.tabSelected = True
        set_widths(sheet, FACT_WIDTHS)
        columns = len(FACT_WIDTHS)
        put_heading(sheet, 1, self._title, styles.TITLE, self._looks[styles.TITLE], columns)
        row = self._draw_facts(sheet, 3)
        put_heading(sheet, row + 1, _ADVICE_HEADING, styles.HEADING, self._looks[styles.HEADING], columns)
        for number, text in enumerate(_ADVICE, row + 2):
            self._put_advice(sheet, number, text, sum(FACT_WIDTHS), columns)
        set_up_page(sheet, columns, one_page=True, draft=None)

    def _draw_facts(self, sheet: Worksheet, top: int) -> int:
        """Put the cover data from a row on and return the row behind them."""
        facts = dict(self._description.cover)
        name, level, year, edition, state = (
            self._put_fact(sheet, top + number, label) for number, label in enumerate((*facts, _STATE_LABEL))
        )
        for name_, cell in ((marks.NAME_NAME, name), (marks.LEVEL_NAME, level), (marks.YEAR_NAME, year)):
            self._name(name_, _place(sheet, cell))
        put_text(name, facts[marks.NAME_LABEL], self._looks[looks.FACT])
        dress(level, self._looks[looks.FACT])
        dress_apart(year, self._looks[looks.FACT])
        year.value, year.number_format = self._description.year, _YEAR_FORMAT
        put_text(edition, facts[marks.FORM_LABEL], self._looks[styles.FACT])
        dress(state, self._looks[styles.FACT])
        self._put_formula(state, *self._state())
        rules.restrict_level(sheet, self._form, _place(sheet, level))
        rules.restrict_year(sheet, self._form, _place(sheet, year))
        return state.row + 1

    def _put_fact(self, sheet: Worksheet, row: int, label: str) -> Cell:
        """Put the label of a cover datum and return the cell behind it."""
        put_text(cell_at(sheet, row, 1), label, self._looks[styles.FACT_LABEL])
        set_height(sheet, row, _LEAST_FACT_HEIGHT)
        return cell_at(sheet, row, 2)

    def _put_advice(self, sheet: Worksheet, row: int, text: str, width: int, columns: int) -> None:
        cell, look = cell_at(sheet, row, 1), self._looks[looks.ADVICE]
        put_text(cell, text, look)
        merge(cell, 1, columns, look)
        size = styles.SIZES.get(looks.ADVICE, 11.0)
        set_height(sheet, row, measure.height_of(text, measure.columns_in(width, size), size))

    def _state(self) -> tuple[str, str]:
        """Return a formula that says how far the figures are, and what it says of a blank."""
        inputs = [self._places[cell] for cell in self._form.inputs]
        broken = [
            f"NOT({holds(check, self._places, COVER_SHEET)})" for check in rules.balances(self._form.checks)
        ]
        filled, wrong = f"COUNT({ranges(inputs, COVER_SHEET)})", "+".join(broken) or "0"
        formula = f'="已填 "&{filled}&" 格，共 {len(inputs)} 格；勾稽不平 "&({wrong})&" 处"'
        return formula, f"已填 0 格，共 {len(inputs)} 格；勾稽不平 0 处"

    # ------------------------------------------------------------ the sections

    def _draw_table(self, sheet: Worksheet, section: Section, table: TableBlock) -> None:
        def put(cell: Cell, box: TableCell) -> StyleArray:
            assert box.cell is not None
            place = self._places[box.cell] = _place(sheet, cell)
            self._name(f"{marks.CELL_PREFIX}{box.cell}", place)
            look = self._looks[looks.TOTAL if self._form.is_total(box.cell) else looks.INPUT]
            dress(cell, look)
            return look

        columns = len(table.widths)
        draw_table(sheet, table, self._looks, put)
        put_heading(sheet, 1, section.heading, styles.HEADING, self._looks[styles.HEADING], columns)
        set_up_page(sheet, columns, one_page=True, draft=None)
        self._put_totals(sheet)
        self._put_verdicts(sheet, table)
        inputs = [cell for cell in self._form.inputs if self._is_on(cell, sheet)]
        rules.restrict_numbers(sheet, self._form, self._places, inputs)
        rules.colour_disagreements(sheet, self._form, self._places)

    def _is_on(self, cell: CellId, sheet: Worksheet) -> bool:
        return cell in self._places and self._places[cell].sheet == sheet.title

    def _put_totals(self, sheet: Worksheet) -> None:
        for total in self._form.totals:
            if self._is_on(total.cell, sheet):
                place = self._places[total.cell]
                cell = cell_at(sheet, place.row, place.column)
                self._put_formula(cell, f"={sum_of(total.terms, self._places, sheet.title)}", 0)

    def _put_verdicts(self, sheet: Worksheet, table: TableBlock) -> None:
        """Say below each column whether its figures agree, for those whom colours do not help."""
        row, look = TABLE_TOP + table.row_count, self._looks[looks.VERDICT]
        checks = rules.balances(rules.checks_on(self._form, self._places, sheet.title))
        by_column = {columns.pop(): check for check in checks if len(columns := self._columns(check)) == 1}
        for column, check in by_column.items():
            cell = cell_at(sheet, row, column)
            dress(cell, look)
            self._put_formula(cell, verdict(check, self._places, sheet.title), LEVEL)
        if by_column and table.label_columns:
            label = cell_at(sheet, row, 1)
            put_text(label, marks.VERDICT_LABEL, look)
            merge(label, 1, table.label_columns, look)

    def _columns(self, check: Check) -> set[int]:
        """Return the columns in which a check's figures stand."""
        return {self._places[term.cell].column for term in (*check.left, *check.right)}

    def _draw_text(self, sheet: Worksheet, section: Section) -> None:
        """Draw a heading, what the section is about, and a cell for each paragraph."""
        set_widths(sheet, (TEXT_WIDTH,))
        heading = section.heading or sheet.title
        put_heading(sheet, 1, heading, styles.HEADING, self._looks[styles.HEADING])
        top = 2
        if section.help:
            self._put_advice(sheet, top, section.help, TEXT_WIDTH, 1)
            top += 1
        for row in range(top, top + TEXT_ROWS):
            dress(cell_at(sheet, row, 1), self._looks[looks.TEXT])
        sheet.sheet_format.defaultRowHeight = _TEXT_ROW_HEIGHT
        sheet.sheet_format.customHeight = True
        last = Place(sheet.title, top + TEXT_ROWS - 1, 1).reference.partition("!")[2]
        self._names[f"{marks.TEXT_PREFIX}{section.id}"] = f"{Place(sheet.title, top, 1).reference}:{last}"
        set_up_page(sheet, 1, one_page=False, draft=None)

    # ------------------------------------------------------------ identity and protection

    def _add_identity(self) -> None:
        sheet = self._book.create_sheet(marks.IDENTITY_SHEET)
        sheet.sheet_state = "veryHidden"
        description, look = self._description, self._looks[styles.NOTE]
        pairs = (
            (marks.FORMAT_KEY, marks.FORMAT),
            (marks.VERSION_KEY, str(marks.VERSION)),
            (marks.FORM_KEY, description.form),
            (marks.YEAR_KEY, str(description.year)),
            (marks.UNIT_KEY, description.unit),
        )
        for row, pair in enumerate(pairs, 1):
            for column, text in enumerate(pair, 1):
                put_text(cell_at(sheet, row, column), text, look)

    def _protect(self) -> None:
        """Protect all but the inputs, without a password; rows may be made higher for long texts."""
        for sheet in self._book.worksheets:
            sheet.protection.sheet = True
            sheet.protection.formatRows = False
            sheet.protection.formatColumns = False
        self._book.security = WorkbookProtection(lockStructure=True)


def _place(sheet: Worksheet, cell: Cell) -> Place:
    return Place(sheet.title, cell.row, cell.column)
