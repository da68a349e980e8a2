"""Filled workbooks become reports: any values, either kind of workbook, and what is not taken is said."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from export.excel import write_excel
from export.layout import describe
from model.cells import CellId, Kind, Value
from model.errors import CannotImport
from model.reading.template import read_template
from tests.model import builders, official
from tests.strategies import mappings_of_values
from tests.workbooks import FORM, GRANTED, MOMENT, edited, fill, named, read


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


def test_every_input_of_the_form_has_a_kind_that_the_reader_knows() -> None:
    assert {FORM.kind(cell) for cell in FORM.inputs} == {Kind.COUNT, Kind.MONEY}
    assert len(official.inputs()) == 166


def put_formula(xml: str) -> str:
    return re.sub(r'<c r="D7"([^>]*?)/?>(</c>)?', r'<c r="D7"\1><f>5+7</f><v>12</v></c>', xml, count=1)


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


def test_every_cell_of_a_formula_over_several_cells_is_reported(template: Path, tmp_path: Path) -> None:
    def edit(xml: str) -> str:
        formula = '<f t="array" ref="D7:E7">D8:E8</f><v>5</v></c>'
        xml = re.sub(r'(<c r="D7"[^>]*)/>', rf"\1>{formula}", xml)
        return re.sub(r'(<c r="E7"[^>]*)/>', r"\1><v>6</v></c>", xml)

    imported = read_template(edited(template, tmp_path, "sheet5", edit))
    about = [doubt.place for doubt in imported.doubts if "这里是公式" in doubt.why]
    assert about == ["三、依申请公开!D7", "三、依申请公开!E7"]


# ---------------------------------------------------------------- totals


def test_a_typed_total_is_stated_even_where_it_agrees(book: Workbook, tmp_path: Path) -> None:
    named(book, GRANTED).value = 5
    named(book, "xxgk.requests.granted.total").value = 5
    imported = read(book, tmp_path)
    assert imported.report.stated == builders.values({"requests.granted.total": 5})
    assert len(imported.doubts) == 1


def test_totals_typed_as_the_sums_are_one_doubt(book: Workbook, tmp_path: Path) -> None:
    report = builders.balanced()
    fill(book, {**report.inputs, **report.stated})
    imported = read(book, tmp_path)
    assert imported.report.stated == report.stated
    [doubt] = imported.doubts
    assert "34 个合计格被改填为数字，都与各项相加一致" in str(doubt)


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


def test_a_fault_is_no_name_of_a_unit(book: Workbook, tmp_path: Path) -> None:
    named(book, "xxgk_unit.name").value = "#REF!"
    imported = read(book, tmp_path)
    assert imported.report.unit_name == ""
    assert [doubt.why for doubt in imported.doubts] == ["“#REF!”不是名称，没有读入"]


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
