"""Read a filled 填报模板, or a workbook that the program exported, back into a report.

By names and marks, never by position; where names are damaged by the words around a number; and what is
moved, retyped or refused is reported with its place, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model import workbook_marks as marks
from model.catalogue import form_ids, load_form
from model.cells import CellId, Value, format_value
from model.engine import Sheet, evaluate
from model.errors import CannotImport
from model.forms import Form
from model.merged_rows import with_marks
from model.parsing import Refusal
from model.reading.cover import is_template, read_cover, read_identity
from model.reading.doubts import Doubt
from model.reading.labels import Words, has_columns
from model.reading.locating import Located, locate
from model.reading.sheet_data import SheetCell, Spreadsheet
from model.reading.sheet_numbers import plain, read_number
from model.reading.spots import Spot
from model.reading.spreadsheet import read_spreadsheet
from model.reading.surroundings import about_copies, about_strays
from model.reading.text_sections import read_texts
from model.report import Report


@dataclass(frozen=True)
class Imported:
    """What was read from a workbook: a report, and everything that a person should look at."""

    report: Report
    doubts: tuple[Doubt, ...]
    read: frozenset[CellId]
    """The inputs that were found and understood, blank ones included."""

    @property
    def is_complete(self) -> bool:
        """Tell whether there is nothing to look at."""
        return not self.doubts


def read_template(path: Path) -> Imported:
    """Return what a workbook says; raise FileMissing, CannotRead or CannotImport where that is nothing."""
    book = read_spreadsheet(path)
    identity = read_identity(book)
    form = _form_of(path, book, identity)
    located = locate(form, book)
    if not located.spots:
        raise CannotImport(path, _NOT_OURS)
    filled_in = is_template(book)
    cover, texts = read_cover(form, book, identity), read_texts(form, book, is_template=filled_in)
    numbers = _Numbers(form, located, is_template=filled_in)
    merged = located.merged & numbers.inputs.keys()
    report = Report(
        form=form.id,
        year=cover.year,
        unit_name=cover.name,
        unit_level=cover.level,
        inputs={cell: value for cell, value in numbers.inputs.items() if value is not None},
        texts=texts.found,
        stated=numbers.stated,
        notes=with_marks(form, (), merged, numbers.inputs),
    )
    around = (*about_copies(form, located), *(about_strays(located) if filled_in else ()))
    doubts = (*cover.doubts, *located.doubts, *numbers.doubts, *around, *texts.doubts)
    return Imported(report, doubts, frozenset(numbers.inputs))


_NOT_OURS = "里面找不到年报的表格；请选择用本程序的填报模板填好的表，或者本程序导出的 Excel"


def _form_of(path: Path, book: Spreadsheet, identity: Mapping[str, str]) -> Form:
    """Return the edition a workbook is made in: as it is marked, else as its headers show."""
    if not identity:
        return _recognised(path, book)
    version = identity.get(marks.VERSION_KEY, "")
    if version != str(marks.VERSION):
        raise CannotImport(path, f"它是更新版本的填报模板（{version or '版本不明'}），请改用新版程序导入")
    id_ = identity.get(marks.FORM_KEY, "")
    if id_ not in form_ids():
        place = f"隐藏工作表“{marks.IDENTITY_SHEET}”的 {marks.FORM_KEY}"
        raise CannotImport(
            path, f"它是另一版格式“{id_}”的填报模板（见{place}），本程序只有 {'、'.join(form_ids())} 版"
        )
    return load_form(id_)


def _recognised(path: Path, book: Spreadsheet) -> Form:
    """Return the newest edition of which every table's columns are there, or whose names are."""
    words = [Words(sheet) for sheet in book.sheets]
    forms = [load_form(id_) for id_ in reversed(form_ids())]
    for form in forms:
        if all(has_columns(table, words) for table in form.tables):
            return form
    for form in forms:
        if any(f"{marks.CELL_PREFIX}{cell}" in book.names for cell in form.cells):
            return form
    strange = [table.heading for table in forms[0].tables if not has_columns(table, words)]
    if len(strange) == len(forms[0].tables):
        raise CannotImport(path, _NOT_OURS)
    raise CannotImport(path, f"它不是{forms[0].name}：“{'”“'.join(strange)}”的列名对不上")


class _Numbers:
    """The numbers of a workbook: inputs as they stand, totals where they were typed."""

    def __init__(self, form: Form, located: Located, *, is_template: bool) -> None:
        self.inputs: dict[CellId, Value] = {}
        self.stated: dict[CellId, Value] = {}
        self.doubts: list[Doubt] = []
        self._form = form
        self._is_template = is_template
        self._wrong_formulas: list[tuple[Spot, CellId]] = []
        self._typed_sums: list[tuple[Spot, CellId]] = []
        spots = located.spots
        for cell in form.inputs:
            if cell in spots:
                self._take_input(cell, spots[cell])
        computed = evaluate(form, self.inputs)
        for cell in form.total_of:
            if cell in spots:
                self._take_total(cell, spots[cell], computed)
        self._report_together(self._typed_sums, "个合计格被改填为数字，都与各项相加一致")
        why = "个合计公式的结果与各项相加不符（公式被改动，或者没有重算），以各项相加为准"
        self._report_together(self._wrong_formulas, why)

    def _doubt(self, spot: Spot, cell: CellId, why: str) -> None:
        self.doubts.append(Doubt(str(spot), self._form.describe_cell(cell), why, (cell,)))

    def _take_input(self, cell: CellId, spot: Spot) -> None:
        held = spot.cell
        value = read_number(held, self._form.kind(cell))
        if isinstance(value, Refusal):
            self._doubt(spot, cell, f"“{value.text}”没有读入：{value.reason}")
            return
        self.inputs[cell] = value
        if held is not None and held.is_formula:
            self._doubt(spot, cell, f"这里是公式，按算出的 {format_value(value)} 读入，请核对")

    def _take_total(self, cell: CellId, spot: Spot, computed: Sheet) -> None:
        """Keep a total that somebody typed into a template, or that an exported report has otherwise."""
        held = spot.cell
        if held is None or (held.is_formula and not held.text):
            return
        if _agrees(held, computed[cell]) and (held.is_formula or not self._is_template):
            return
        value = read_number(held, self._form.kind(cell))
        if isinstance(value, Refusal):
            self._doubt(spot, cell, f"合计格里的“{value.text}”没有读入：{value.reason}")
            return
        if self._is_template and held.is_formula:
            self._wrong_formulas.append((spot, cell))
        elif value is not None and value == computed[cell]:
            self.stated[cell] = value
            self._typed_sums.append((spot, cell))
        elif value is not None:
            self.stated[cell] = value
            how = "合计被改填为" if self._is_template else "原表合计是"
            self._doubt(
                spot, cell, f"{how} {format_value(value)}，按各项相加是 {format_value(computed[cell])}"
            )

    def _report_together(self, found: list[tuple[Spot, CellId]], why: str) -> None:
        """Report totals in one doubt that are alike, for they were changed together."""
        if not found:
            return
        spots, cells = zip(*found, strict=True)
        names = "、".join(map(self._form.describe_cell, cells[:3])) + ("等" if len(cells) > 3 else "")
        self.doubts.append(Doubt(str(spots[0]), names, f"{len(cells)} {why}", cells))


def _agrees(held: SheetCell, computed: Value) -> bool:
    """Tell whether a total is what was computed, which may be more than a typed one can be."""
    return plain(held.text) == format_value(computed)
