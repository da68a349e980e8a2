"""Filled workbooks become reports: any values, either kind of workbook, and what is not taken is said."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from export.excel import write_excel
from export.layout import describe
from export.template import write_template
from model.catalogue import load_form
from model.cells import CellId, Kind, Value
from model.checks import review
from model.document import Document
from model.errors import CannotImport
from model.locks import is_locked
from model.reading.template import Imported, as_patch, read_template
from model.report import Report, put
from tests.model import builders, official
from tests.strategies import mappings_of_values

FORM = load_form("2021")
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
UNIT = "某县人民政府"
GRANTED = "xxgk.requests.granted.natural_person"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(FORM, 2025, UNIT, path, MOMENT)
    return path


@pytest.fixture
def book(template: Path) -> Workbook:
    return openpyxl.load_workbook(template)


def named(book: Workbook, name: str) -> Cell:
    [(sheet, place)] = book.defined_names[name].destinations
    cell = book[sheet][place.replace("$", "").partition(":")[0]]
    assert isinstance(cell, Cell)
    return cell


def read(book: Workbook, folder: Path) -> Imported:
    path = folder / "filled.xlsx"
    book.save(path)
    return read_template(path)


def fill(book: Workbook, values: dict[CellId, Value]) -> None:
    for cell, value in values.items():
        named(book, f"xxgk.{cell}").value = value


def fits(value: Value) -> bool:
    """Tell whether a spreadsheet program keeps every digit of a value."""
    return not isinstance(value, Decimal) or len(value.normalize().as_tuple().digits) <= 15


@settings(max_examples=settings.default.max_examples // 4)
@given(values=mappings_of_values(FORM.inputs, most=166))
def test_any_values_come_back_from_a_filled_template(
    values: dict[CellId, Value], template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = {cell: value for cell, value in values.items() if fits(value)}
    book = openpyxl.load_workbook(template)
    fill(book, kept)
    imported = read(book, tmp_path_factory.mktemp("filled"))
    assert imported.doubts == ()
    assert imported.report.inputs == kept
    assert imported.read == set(FORM.inputs)


@settings(max_examples=settings.default.max_examples // 4)
@given(values=mappings_of_values(FORM.inputs, most=166))
def test_any_values_come_back_from_an_exported_report(
    values: dict[CellId, Value], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("exported") / "e.xlsx"
    report = replace(builders.report(), inputs=values)
    write_excel(describe(FORM, report, draft="草稿"), path, MOMENT)
    imported = read_template(path)
    assert imported.doubts == ()
    assert imported.report == report


def test_long_texts_come_back_from_an_exported_report(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    texts = {"introduction": "引言。", "overview": "本年公开信息若干条。" * 3_000 + "\n（一）主动公开\n=1+1"}
    report = builders.report(texts={**builders.TEXTS, **texts})
    write_excel(describe(FORM, report, draft=None), path, MOMENT)
    assert read_template(path).report == report


def test_shuffled_sheets_and_new_names_change_nothing(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    random.Random(1).shuffle(book._sheets)
    imported = read(book, tmp_path)
    assert imported.doubts == ()
    assert imported.report.inputs == builders.report().inputs


# ---------------------------------------------------------------- what stands in an input


@pytest.mark.parametrize(
    ("content", "format_", "expected", "reason"),
    [
        (68.0, None, 68, None),
        ("６８", None, 68, None),
        (" 1,234 件", None, 1234, None),
        (68.5, None, None, "整数"),
        (-3, None, None, "负数"),
        (1_000_000_000, None, None, "数字太大"),
        ("/", None, None, "没有发生请填 0"),
        ("约10", None, None, "约数"),
        (True, None, None, "逻辑值"),
        ("#REF!", None, None, "公式出错"),
        (45_000, "yyyy-mm-dd", None, "日期"),
        (45_000, 'yyyy"年"m"月"', None, "日期"),
        (1, "0%", None, "百分数"),
        (12, '0"件"', 12, None),
        (12, "#,##0_ ;[Red]\\-#,##0\\ ", 12, None),
        ("=1+1", None, None, "没有算出结果"),
        (1e300, None, None, "不是数字"),
    ],
)
def test_an_input_is_read_as_typed_or_refused_with_its_reason(
    content: object, format_: str | None, expected: Value, reason: str | None, book: Workbook, tmp_path: Path
) -> None:
    cell = named(book, GRANTED)
    cell.value = content  # type: ignore[assignment]
    if format_ is not None:
        cell.number_format = format_
    imported = read(book, tmp_path)
    assert imported.report.inputs.get(CellId.parse(GRANTED.removeprefix("xxgk."))) == expected
    assert [doubt.place for doubt in imported.doubts] == (["三、依申请公开!D7"] if reason else [])
    assert all(reason in str(doubt) for doubt in imported.doubts if reason)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (24252.311082, Decimal("24252.311082")),
        (0.1 + 0.2, Decimal("0.3")),
        (5, Decimal(5)),
        (1e-6, Decimal("0.000001")),
        ("12.50", Decimal("12.50")),
        (0.0000001, None),
        (Decimal("1234567890.123456"), None),
        (Decimal("1234567890.12346"), Decimal("1234567890.12346")),
    ],
)
def test_an_amount_is_read_with_the_digits_that_programs_keep(
    stored: object, expected: Value, book: Workbook, tmp_path: Path
) -> None:
    named(book, f"xxgk.{builders.MONEY}").value = stored  # type: ignore[assignment]
    imported = read(book, tmp_path)
    assert imported.report.inputs.get(CellId.parse(builders.MONEY)) == expected
    assert bool(imported.doubts) == (expected is None)


def test_a_formula_in_an_input_is_read_as_its_result_and_reported(template: Path, tmp_path: Path) -> None:
    path = edited(
        template,
        tmp_path,
        "sheet5",
        lambda xml: xml.replace('<c r="D7"', '<c r="D7" x="1"', 1).replace(
            "</sheetData>", '<row r="99"/></sheetData>'
        ),
    )
    assert read_template(path).is_complete
    filled = edited(template, tmp_path, "sheet5", put_formula)
    imported = read_template(filled)
    assert imported.report.inputs == builders.values({"requests.granted.natural_person": 12})
    assert "公式" in str(imported.doubts[0])
    assert imported.doubts[0].place == "三、依申请公开!D7"


def put_formula(xml: str) -> str:
    return re.sub(r'<c r="D7"([^>]*?)/?>(</c>)?', r'<c r="D7"\1><f>5+7</f><v>12</v></c>', xml, count=1)


def edited(template: Path, folder: Path, sheet: str, edit: Callable[[str], str]) -> Path:
    path = folder / "edited.xlsx"
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, edit(content) if sheet in name else content)
    return path


# ---------------------------------------------------------------- totals


def test_a_typed_total_is_stated_even_where_it_agrees(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 5
    named(book, "xxgk.requests.granted.total").value = 5
    imported = read(book, tmp_path)
    assert imported.report.stated == builders.values({"requests.granted.total": 5})
    assert len(imported.doubts) == 1


def test_a_word_in_a_total_is_reported(book: Workbook, tmp_path: Path) -> None:
    named(book, "xxgk.requests.granted.total").value = "五件"
    imported = read(book, tmp_path)
    assert imported.report.stated == {}
    assert "合计格" in str(imported.doubts[0])


def test_a_deleted_total_claims_nothing(book: Workbook, tmp_path: Path) -> None:
    named(book, "xxgk.requests.granted.total").value = None
    assert read(book, tmp_path).is_complete


def test_a_total_that_an_exported_report_has_otherwise_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    write_excel(describe(FORM, builders.report(), draft=None), path, MOMENT)
    book = openpyxl.load_workbook(path)
    named(book, "xxgk.review.cases.reconsideration_total").value = 999
    imported = read(book, tmp_path)
    assert imported.report.stated == builders.values({"review.cases.reconsideration_total": 999})
    assert "原表合计" in str(imported.doubts[0])


# ---------------------------------------------------------------- words and names


def test_known_variants_of_labels_are_labels(book: Workbook, tmp_path: Path) -> None:
    variants = {
        "行政规范性文件": "规范性文件",
        "本年处理决定数量": "处理决定数量",
        "行政事业性收费": "行政事业型 收费",
        "（一）予以公开": "(一) 予以公开",
        "本年收费金额（单位：万元）": "本年收费金额(单位:万元)",
    }
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in variants and isinstance(cell, Cell):
                    cell.value = variants[str(cell.value)]
    fill(book, builders.values(builders.balanced_inputs()))
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs


def test_one_lost_name_is_found_by_its_words_and_reported(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 7
    book.defined_names[GRANTED].attr_text = "#REF!"
    imported = read(book, tmp_path)
    assert list(imported.report.inputs.values()) == [7]
    assert [doubt.why for doubt in imported.doubts] == ["单元格名称丢失，按行名和列名读入"]


def test_names_without_any_words_are_enough_and_said(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.data_type == "s" and sheet.title[0] in "二三四":
                    cell.value = "?"
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert sum("大多认不出来" in str(doubt) for doubt in imported.doubts) == 3


def test_swapped_numbers_of_two_rows_cannot_be_seen_but_swapped_labels_are_refused(
    book: Workbook, tmp_path: Path
) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    sheet = book["三、依申请公开"]
    sheet["C9"].value, sheet["C10"].value = sheet["C10"].value, sheet["C9"].value
    imported = read(book, tmp_path)
    lost = {cell for cell in FORM.inputs if cell not in imported.read}
    assert lost
    assert {cell.row for cell in lost} == {"refused_state_secret", "refused_other_law"}


def test_a_table_that_is_gone_is_one_doubt(book: Workbook, tmp_path: Path) -> None:
    del book["四、复议诉讼"]
    imported = read(book, tmp_path)
    assert [str(doubt) for doubt in imported.doubts] == [f"{FORM.tables[2].heading}：没有找到这张表"]
    assert len(imported.read) == 166 - 12


def test_two_tables_in_one_sheet_are_told_apart(tmp_path: Path, book: Workbook) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    target, source = book["三、依申请公开"], book["四、复议诉讼"]
    for row in source.iter_rows():
        for cell in row:
            target.cell(cell.row + 40, cell.column, cell.value)
    for area in list(source.merged_cells.ranges):
        area.shift(row_shift=40)
        target.merged_cells.add(str(area))
    for name in list(book.defined_names):
        del book.defined_names[name]
    del book["四、复议诉讼"]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs


# ---------------------------------------------------------------- moved cells


def move(book: Workbook, name: str, place: str) -> None:
    """Move a named cell within its sheet, as cut and paste does: its name goes with it."""
    cell = named(book, name)
    sheet = book[cell.parent.title]
    sheet[place].value, cell.value = cell.value, None
    book.defined_names[name].attr_text = f"'{sheet.title}'!${place[0]}${place[1:]}"


def test_a_cell_moved_to_a_free_place_is_read_by_its_name_and_reported(
    book: Workbook, tmp_path: Path
) -> None:
    named(book, GRANTED).value = 7
    move(book, GRANTED, "M7")
    imported = read(book, tmp_path)
    assert list(imported.report.inputs.values()) == [7]
    assert [doubt.place for doubt in imported.doubts] == ["三、依申请公开!M7"]
    assert "三、依申请公开!D7" in str(imported.doubts[0])


def test_a_cell_moved_onto_another_is_not_read(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 7
    move(book, GRANTED, "D8")
    imported = read(book, tmp_path)
    moved = CellId.parse(GRANTED.removeprefix("xxgk."))
    assert moved not in imported.read
    assert [doubt.cells for doubt in imported.doubts if moved in doubt.cells]


def test_a_moved_total_and_a_moved_blank_say_nothing(book: Workbook, tmp_path: Path) -> None:
    move(book, GRANTED, "M7")
    move(book, "xxgk.requests.granted.total", "N7")
    assert read(book, tmp_path).is_complete


def test_split_merges_and_lost_names_together_are_read_by_the_words(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert imported.report.unit_name == UNIT


def test_a_table_without_names_and_with_few_words_is_not_guessed_at(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    del book.defined_names[GRANTED]
    book["三、依申请公开"]["B7"].value = "公开"
    imported = read(book, tmp_path)
    assert CellId.parse(GRANTED.removeprefix("xxgk.")) not in imported.read
    assert any("没有找到这一格" in doubt.why for doubt in imported.doubts)


def test_a_header_that_stands_twice_is_reported_where_names_lead(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    book["三、依申请公开"]["E4"].value = "自然人"
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.report().inputs
    assert [doubt.what for doubt in imported.doubts] == ["自然人", "商业企业"]


def test_a_header_that_stands_twice_is_not_chosen_from(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    book["三、依申请公开"]["E4"].value = "自然人"
    for name in list(book.defined_names):
        del book.defined_names[name]
    imported = read(book, tmp_path)
    assert {cell.column for cell in FORM.inputs if cell not in imported.read} == {
        "natural_person",
        "business",
    }


# ---------------------------------------------------------------- cover and texts


def test_cover_data_that_are_missing_or_odd_are_reported(book: Workbook, tmp_path: Path) -> None:
    named(book, "xxgk_unit.name").value = "另一个单位"
    named(book, "xxgk_unit.level").value = "居委会"
    named(book, "xxgk_unit.year").value = "去年"
    imported = read(book, tmp_path)
    assert (imported.report.unit_name, imported.report.unit_level, imported.report.year) == (
        "另一个单位", None, 2025,
    )  # fmt: skip
    assert [doubt.place for doubt in imported.doubts] == ["报告信息!B3", "报告信息!B4", "报告信息!B5"]


def test_a_missing_name_and_year_are_reported(book: Workbook, tmp_path: Path) -> None:
    for name in ("xxgk_unit.name", "xxgk_unit.year"):
        named(book, name).value = None
    imported = read(book, tmp_path)
    assert [doubt.why for doubt in imported.doubts] == ["没有填写", "没有填写，按模板的标识取 2025 年"]


def test_texts_keep_their_paragraphs_and_blank_lines(book: Workbook, tmp_path: Path) -> None:
    sheet = book["一、总体情况"]
    for place, words in {"A3": "第一段", "A5": "第三行\n同一格", "A6": "  缩进"}.items():
        sheet[place].value = words
    imported = read(book, tmp_path)
    assert imported.report.texts == {"overview": "第一段\n\n第三行\n同一格\n  缩进"}
    assert imported.is_complete


def test_words_outside_the_cells_for_them_and_formulas_are_reported(book: Workbook, tmp_path: Path) -> None:
    sheet = book["一、总体情况"]
    sheet["B3"].value, sheet["A50"].value, sheet["A4"].value = "旁边", "下面", "=1+1"
    imported = read(book, tmp_path)
    assert [doubt.place for doubt in imported.doubts] == [
        "一、总体情况!B3",
        "一、总体情况!A50",
        "一、总体情况!A4",
    ]


def test_a_text_whose_sheet_is_gone_is_reported_and_one_whose_name_is_gone_is_found(
    book: Workbook, tmp_path: Path
) -> None:
    del book["六、其他事项"]
    del book.defined_names["xxgk_text.overview"]
    book["一、总体情况"]["A3"].value = "正文"
    imported = read(book, tmp_path)
    assert imported.report.texts == {"overview": "正文"}
    assert [doubt.why for doubt in imported.doubts] == [
        "单元格名称丢失，读入标题下面的文字，请核对",
        "没有找到这一部分",
    ]


# ---------------------------------------------------------------- other editions, other workbooks


@pytest.mark.parametrize(("key", "value"), [("form", "2019"), ("version", 2)])
def test_another_edition_is_refused(key: str, value: object, book: Workbook, tmp_path: Path) -> None:
    for row in book["xxgk"].iter_rows():
        if row[0].value == key:
            row[1].value = value  # type: ignore[assignment, union-attr]
    with pytest.raises(CannotImport, match=r"2019|更新版本"):
        read(book, tmp_path)


def test_the_tables_of_another_edition_are_refused_by_their_headers(book: Workbook, tmp_path: Path) -> None:
    former = {
        "本年制发件数": "本年新制作数量",
        "本年废止件数": "本年新公开数量",
        "现行有效件数": "对外公开总数量",
    }
    more = {"本年处理决定数量": "本年增/减", "本年收费金额（单位：万元）": "采购总金额"}
    for row in book["二、主动公开"].iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.value in {**former, **more}:
                cell.value = {**former, **more}[str(cell.value)]
    del book["xxgk"]
    for name in list(book.defined_names):
        del book.defined_names[name]
    with pytest.raises(CannotImport, match="主动公开政府信息情况”的列名对不上"):
        read(book, tmp_path)


def test_a_workbook_about_something_else_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "名单"
    with pytest.raises(CannotImport, match="找不到年报的表格"):
        read(book, tmp_path)


# ---------------------------------------------------------------- into a report that is open


def test_an_import_is_one_undo_step(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.values(builders.balanced_inputs()))
    named(book, "xxgk.requests.granted.total").value = 9
    before = Report("2021", year=2025, inputs=builders.values({"requests.granted.other": 3}))
    document = Document(FORM, before)
    imported = read(book, tmp_path)
    patch = as_patch(imported, document.report)
    assert patch.doubts == ()
    document.apply("导入", patch.new)
    assert document.report == imported.report
    document.undo()
    assert document.report == before


def test_refused_cells_keep_their_value_and_locked_ones_take_the_workbook_s_and_say_so(
    book: Workbook, tmp_path: Path
) -> None:
    named(book, GRANTED).value = "约10"
    named(book, "xxgk.requests.carried_in.natural_person").value = 8
    granted, carried = (CellId.parse(f"requests.{row}.natural_person") for row in ("granted", "carried_in"))
    business = carried._replace(column="business")
    inputs: dict[CellId, Value] = {granted: 4, carried: 2, business: 1}
    report = Report("2021", 2024, "别的单位", inputs=inputs, locks={carried: {}, business: {}})
    document = Document(FORM, report)
    patch = as_patch(read(book, tmp_path), report)
    document.apply("导入", patch.new)
    assert document.report.inputs == {granted: 4, carried: 8, business: 1}
    assert is_locked(document.report, carried)
    said = [str(doubt) for doubt in patch.doubts if "已锁定" in str(doubt)]
    assert len(said) == 2
    assert any("由 2 改为导入的 8" in one for one in said)
    assert any("导入的是空白，保留 1" in one for one in said)
    document.undo()
    assert document.report == report


def test_an_import_of_another_edition_cannot_be_applied(book: Workbook, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="form"):
        as_patch(read(book, tmp_path), Report("2019"))


def test_every_input_of_the_form_has_a_kind_that_the_reader_knows() -> None:
    assert {FORM.kind(cell) for cell in FORM.inputs} == {Kind.COUNT, Kind.MONEY}
    assert len(official.inputs()) == 166


# ---------------------------------------------------------------- a group in one row


def merged_in_one_row(book: Workbook, sums: dict[str, int]) -> None:
    """Make of the three rows of （六） one under the group's name, as some offices publish them."""
    sheet = named(book, GRANTED).parent
    last = named(book, "xxgk.requests.other_other.natural_person").row
    for name in list(book.defined_names):
        del book.defined_names[name]
    for area in list(sheet.merged_cells.ranges):
        if last - 2 <= area.min_row <= last:
            sheet.unmerge_cells(str(area))
    label = next(c for row in sheet.iter_rows(last - 2, last - 2) for c in row if c.value == "（六）其他处理")
    for row in sheet.iter_rows(last - 2, last):
        for one in row[label.column - 1 :]:
            one.value = None
    sheet.delete_rows(last - 1, 2)
    label.value = "（六）其他处理"
    first = next(c for row in sheet.iter_rows() for c in row if c.value == "自然人").column
    for offset, value in enumerate(sums.values()):
        sheet.cell(last - 2, first + offset).value = value


def test_one_row_for_a_group_goes_to_its_last_row_and_asks(book: Workbook, tmp_path: Path) -> None:
    columns = [column.id for column in FORM.table("requests").blocks[0].columns if column.id != "total"]
    merged_in_one_row(book, {column: number for number, column in enumerate(columns, 2)})
    imported = read(book, tmp_path)
    row = {c.column: v for c, v in imported.report.inputs.items() if c.row.startswith("other_")}
    assert row == {column: number for number, column in enumerate(columns, 2)}
    about = [doubt for doubt in imported.doubts if "没有分开" in str(doubt)]
    assert len(about) == 1
    assert "（六）其他处理" in str(about[0])
    assert not any("没有找到这一格" in str(doubt) for doubt in imported.doubts)
    assert [finding.code for finding in review(FORM, imported.report)].count("merged_rows.otherwise") == 1


def test_an_import_into_a_report_takes_the_question_along_and_ends_it(book: Workbook, tmp_path: Path) -> None:
    apart = read(openpyxl.load_workbook(copy_of(book, tmp_path)), tmp_path)
    merged_in_one_row(book, {"natural_person": 5})
    imported = read(book, tmp_path)
    into = replace(builders.report(), inputs={})
    with_question = put(into, as_patch(imported, into).new)
    code = "merged_rows.otherwise"
    assert code in [finding.code for finding in review(FORM, with_question)]
    filled = replace(
        apart, report=builders.report({**builders.zeros(), "requests.other_other.natural_person": 5})
    )
    without = put(with_question, as_patch(filled, with_question).new)
    assert without.inputs[CellId("requests", "other_other", "natural_person")] == 5
    assert code not in [finding.code for finding in review(FORM, without)]


def copy_of(book: Workbook, folder: Path) -> Path:
    path = folder / "copy.xlsx"
    book.save(path)
    return path


# ---------------------------------------------------------------- copies, merges, strays


REQUESTS = "三、依申请公开"


@pytest.mark.parametrize("place", [0, 9], ids=["before", "behind"])
def test_a_filled_copy_of_a_sheet_is_one_doubt_and_never_silent(
    place: int, book: Workbook, tmp_path: Path
) -> None:
    copy = book.copy_worksheet(book[REQUESTS])
    copy.title = "填好的"
    copy["D7"], copy["E7"] = 5, 6
    book.move_sheet(copy, place - len(book.sheetnames) + 1)
    imported = read(book, tmp_path)
    assert imported.report.inputs == {}
    assert [(doubt.place, len(doubt.cells)) for doubt in imported.doubts] == [("填好的", 2)]
    assert "2 个数与读入的不同" in str(imported.doubts[0])


def test_a_copy_with_last_years_numbers_does_not_shut_out_this_years(book: Workbook, tmp_path: Path) -> None:
    copy = book.copy_worksheet(book[REQUESTS])
    copy.title = "上年"
    copy["D7"] = 5
    book.move_sheet(copy, 1 - len(book.sheetnames))
    fill(book, builders.balanced().inputs)
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.balanced().inputs
    assert [doubt.place for doubt in imported.doubts] == ["上年"]


def test_a_filled_copy_of_a_text_is_never_silent(book: Workbook, tmp_path: Path) -> None:
    copy = book.copy_worksheet(named(book, "xxgk_text.overview").parent)
    copy.title = "总体情况（改）"
    copy["A3"] = "全年公开信息一百条。"
    imported = read(book, tmp_path)
    assert "overview" not in imported.report.texts
    assert [doubt.place for doubt in imported.doubts] == ["总体情况（改）!A1"]
    named(book, "xxgk_text.overview").value = "全年公开信息一百条。"
    assert read(book, tmp_path).is_complete


def test_a_blank_copy_and_one_that_agrees_say_nothing(book: Workbook, tmp_path: Path) -> None:
    book.copy_worksheet(book[REQUESTS]).title = "空白"
    fill(book, builders.balanced().inputs)
    book.copy_worksheet(book[REQUESTS]).title = "备份"
    assert read(book, tmp_path).is_complete


def test_numbers_whose_cells_were_merged_are_not_read(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    book[REQUESTS].merge_cells("D7:E8")
    imported = read(book, tmp_path)
    [doubt] = imported.doubts
    assert len(doubt.cells) == 4
    assert not imported.read & set(doubt.cells)
    assert doubt.place == "三、依申请公开!D7"


def test_merges_that_overlap_are_no_fault(template: Path, tmp_path: Path) -> None:
    def edit(xml: str) -> str:
        overlapping = '<mergeCell ref="D7:E8"/><mergeCell ref="E7:F8"/><mergeCell ref="C1:ZZ999"/>'
        return re.sub("<mergeCells[^>]*>", rf"\g<0>{overlapping}", xml)

    imported = read_template(edited(template, tmp_path, "sheet5", edit))
    told = [cell for doubt in imported.doubts for cell in doubt.cells]
    assert len(told) == len(set(told)) == len(FORM.table("requests").cells)


def test_a_heading_that_stands_many_times_on_another_sheet_is_told_once(
    book: Workbook, tmp_path: Path
) -> None:
    for row in range(1, 50):
        book["二、主动公开"][f"H{row}"] = "一、总体情况"
        book["二、主动公开"][f"I{row}"] = f"第 {row} 段"
    imported = read(book, tmp_path)
    assert len([doubt for doubt in imported.doubts if "与读入的不同" in doubt.why]) == 1


def test_names_that_meet_in_one_cell_are_reported(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    move(book, GRANTED, "E7")
    imported = read(book, tmp_path)
    said = {doubt.cells[0].column: doubt.why for doubt in imported.doubts}
    assert said.keys() == {"natural_person", "business"}
    assert "移到了这里" in said["business"]


def test_names_that_meet_without_words_are_not_read(book: Workbook, tmp_path: Path) -> None:
    fill(book, builders.balanced().inputs)
    move(book, GRANTED, "E7")
    for place in ("D3", "E4"):
        book[REQUESTS][place] = "改过"
    imported = read(book, tmp_path)
    cells = {CellId.parse(f"requests.granted.{column}") for column in ("natural_person", "business")}
    assert not imported.read & cells
    assert cells <= {cell for doubt in imported.doubts for cell in doubt.cells}


def test_what_stands_outside_a_table_is_reported_once_a_sheet(book: Workbook, tmp_path: Path) -> None:
    book[REQUESTS]["L7"] = 99
    book[REQUESTS]["A40"] = "其中 3 件为上年转入"
    [doubt] = read(book, tmp_path).doubts
    assert (doubt.place, doubt.why) == ("三、依申请公开!L7", "这里有内容“99”等 2 格，没有读入")


def test_totals_typed_as_the_sums_are_one_doubt(book: Workbook, tmp_path: Path) -> None:
    report = builders.balanced()
    fill(book, {**report.inputs, **report.stated})
    imported = read(book, tmp_path)
    assert imported.report.stated == report.stated
    [doubt] = imported.doubts
    assert "34 个合计格被改填为数字，都与各项相加一致" in str(doubt)


@pytest.mark.parametrize("code", ["0!.0,", '0.0,"万"', "#,##0,", r"0\.0000", '0"."0', '0"00"', '"1"0', "-0"])
def test_a_number_that_is_shown_as_another_is_refused(code: str, book: Workbook, tmp_path: Path) -> None:
    money = named(book, f"xxgk.{builders.MONEY}")
    money.value, money.number_format = 125000, code
    imported = read(book, tmp_path)
    assert imported.report.inputs == {}
    assert "与实际不同" in str(imported.doubts[0])


@pytest.mark.parametrize(
    "code", ["#,##0", "#,##0.00", "0.00", '"￥"#,##0.00_);\\("￥"#,##0.00\\)', "General"]
)
def test_a_number_that_is_shown_as_it_is_is_read(code: str, book: Workbook, tmp_path: Path) -> None:
    money = named(book, f"xxgk.{builders.MONEY}")
    money.value, money.number_format = 125000, code
    imported = read(book, tmp_path)
    assert (imported.report.inputs, imported.doubts) == (
        builders.values({builders.MONEY: Decimal(125000)}),
        (),
    )


def test_every_cell_of_a_formula_over_several_cells_is_reported(template: Path, tmp_path: Path) -> None:
    def edit(xml: str) -> str:
        formula = '<f t="array" ref="D7:E7">D8:E8</f><v>5</v></c>'
        xml = re.sub(r'(<c r="D7"[^>]*)/>', rf"\1>{formula}", xml)
        return re.sub(r'(<c r="E7"[^>]*)/>', r"\1><v>6</v></c>", xml)

    imported = read_template(edited(template, tmp_path, "sheet5", edit))
    about = [doubt.place for doubt in imported.doubts if "这里是公式" in doubt.why]
    assert about == ["三、依申请公开!D7", "三、依申请公开!E7"]


def test_a_fault_is_no_name_of_a_unit(book: Workbook, tmp_path: Path) -> None:
    named(book, "xxgk_unit.name").value = "#REF!"
    imported = read(book, tmp_path)
    assert imported.report.unit_name == ""
    assert [doubt.why for doubt in imported.doubts] == ["“#REF!”不是名称，没有读入"]


@pytest.mark.parametrize(
    ("value", "code", "text", "why"),
    [
        (46042, 'yyyy"年"m"月"d"日"', "2026年1月20日", "当成了日期"),
        (0.5, "0%", "", "不是文字"),
        (0.395833, "h:mm", "", "不是文字"),
        (True, "General", "", "不是文字"),
        (2025, "General", "2025", ""),
    ],
)
def test_what_a_program_makes_of_a_text_is_reported(
    value: object, code: str, text: str, why: str, book: Workbook, tmp_path: Path
) -> None:
    cell = named(book, "xxgk_text.other")
    cell.value, cell.number_format = value, code  # type: ignore[assignment]
    imported = read(book, tmp_path)
    assert imported.report.texts.get("other", "") == text
    assert [why in doubt.why for doubt in imported.doubts] == ([True] if why else [])
