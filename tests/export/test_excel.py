"""The workbook: its numbers at the official places and by name, its texts as typed, its look for print."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from export import excel_archive, excel_rows
from export.excel import write_excel
from export.excel_reading import read_excel_numbers
from export.layout import describe
from export.printed_tables import scale
from model.catalogue import load_form
from model.cells import CellId, Value
from model.engine import evaluate
from model.forms import Form
from model.report import Report
from tests.model import builders, official
from tests.strategies import reports

MOMENT = datetime(2022, 1, 20, 2, 3, 4, tzinfo=UTC)
XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = [
    "报告信息",
    "引言",
    "一、总体情况",
    "二、主动公开",
    "三、依申请公开",
    "四、复议诉讼",
    "五、问题与改进",
    "六、其他事项",
]


def test_the_sheet_of_a_table_bears_the_name_that_the_form_gives_it(form: Form, tmp_path: Path) -> None:
    tables = tuple(replace(table, sheet=f"附表/{table.id}") for table in form.tables)
    path = tmp_path / "报告.xlsx"
    write_excel(describe(replace(form, tables=tables), builders.report(), draft=None), path, MOMENT)
    assert openpyxl.load_workbook(path).sheetnames == [
        SHEETS[0],
        SHEETS[2],
        *(f"附表{table.id}" for table in form.tables),
        *SHEETS[6:],
    ]


@pytest.mark.parametrize(
    "change",
    [lambda: excel_archive._with_names(b"<workbook/>", {}), lambda: excel_rows._parts(b"<sheetData/>")],
)
def test_another_openpyxl_is_refused_and_not_written_with(change: Callable[[], object]) -> None:
    with pytest.raises(RuntimeError, match="openpyxl wrote"):
        change()


def official_places() -> Iterator[tuple[str, str, str]]:
    """Yield sheet, coordinate and id of every number, typed from the official form."""
    disclosure = {"regulations": 4, "normative_documents": 5}
    for row, number in disclosure.items():
        for letter, column in zip("BCD", official.DISCLOSURE_COLUMNS, strict=True):
            yield SHEETS[3], f"{letter}{number}", f"disclosure.{row}.{column}"
    for row, number in {"licences": 8, "penalties": 11, "coercive_measures": 12}.items():
        yield SHEETS[3], f"B{number}", f"disclosure.{row}.decisions"
    yield SHEETS[3], "B15", "disclosure.fees.amount"
    for number, row in enumerate(official.REQUEST_ROWS, 5):
        for letter, column in zip("DEFGHIJ", [*official.APPLICANTS, "total"], strict=True):
            yield SHEETS[4], f"{letter}{number}", f"requests.{row}.{column}"
    outcomes = ["upheld", "corrected", "other", "pending", "total"]
    groups = ["reconsideration", "direct_litigation", "litigation_after_reconsideration"]
    columns = [f"{group}_{outcome}" for group in groups for outcome in outcomes]
    for letter, column in zip("ABCDEFGHIJKLMNO", columns, strict=True):
        yield SHEETS[5], f"{letter}5", f"review.cases.{column}"


def write(report: Report, form: Form, folder: Path, draft: str | None = None) -> tuple[Path, tuple[str, ...]]:
    path = folder / "报告.xlsx"
    return path, write_excel(describe(form, report, draft=draft), path, MOMENT)


def read(report: Report, form: Form, folder: Path, draft: str | None = None) -> Workbook:
    return openpyxl.load_workbook(write(report, form, folder, draft)[0])


def stated(value: object) -> Value:
    """Return the number that a cell holds, whether as number or as text."""
    if isinstance(value, float | str):
        return Decimal(str(value))
    assert value is None or isinstance(value, int)
    return value


def cells_of(sheet: Worksheet) -> Iterator[Cell]:
    return (cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell))


def texts_of(book: Workbook) -> list[str]:
    return [str(cell.value) for sheet in book for cell in cells_of(sheet) if cell.data_type == "s"]


@settings(max_examples=settings.default.max_examples // 3)
@given(report=reports())
def test_every_number_stands_at_its_official_place_and_under_its_name(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    form = load_form("2021")
    path, _ = write(report, form, tmp_path_factory.mktemp("book"))
    expected = evaluate(form, report.inputs)
    assert read_excel_numbers(path) == expected
    book = openpyxl.load_workbook(path)
    found = {CellId.parse(id_): stated(book[sheet][place].value) for sheet, place, id_ in official_places()}
    assert found == expected
    for sheet, place, id_ in official_places():
        [(named_sheet, named_place)] = book.defined_names[f"xxgk.{id_}"].destinations
        assert (named_sheet, named_place.replace("$", "")) == (sheet, place)
    assert len([name for name in book.defined_names if name.startswith("xxgk.")]) == 200


def test_the_sheets_follow_the_report_and_a_missing_introduction_has_none(form: Form, tmp_path: Path) -> None:
    with_all = builders.report(texts={**builders.TEXTS, "introduction": "根据《条例》编制。"})
    assert read(with_all, form, tmp_path).sheetnames == SHEETS
    assert read(builders.report(), form, tmp_path).sheetnames == [SHEETS[0], *SHEETS[2:]]


def test_blank_stays_blank_and_zero_stays_zero(form: Form, tmp_path: Path) -> None:
    book = read(Report("2021", inputs={builders.cell("requests.granted.business"): 0}), form, tmp_path)
    requests = book[SHEETS[4]]
    assert [requests[place].value for place in ("D7", "E7", "J7")] == [None, 0, 0]


@pytest.mark.parametrize(
    ("amount", "shown", "kept"),
    [
        ("24252.311082", "0.000000", "n"),
        ("12.50", "0.00", "n"),
        ("0", "0", "n"),
        ("999999999.999999", "0.000000", "n"),
        ("1234567890.123456", None, "s"),
        ("123456789012.1", "0.0", "n"),
    ],
)
def test_an_amount_is_exact_and_shows_its_decimals(
    amount: str, shown: str | None, kept: str, form: Form, tmp_path: Path
) -> None:
    report = builders.report({builders.MONEY: Decimal(amount)})
    path, notes = write(report, form, tmp_path)
    cell = openpyxl.load_workbook(path)[SHEETS[3]]["B15"]
    assert cell.data_type == kept
    assert stated(cell.value) == Decimal(amount)
    assert shown is None or cell.number_format == shown
    assert bool(notes) == (kept == "s")
    assert all(amount in note for note in notes)


def test_a_number_kept_as_text_is_explained_on_its_sheet(form: Form, tmp_path: Path) -> None:
    book = read(builders.report({builders.MONEY: Decimal("999999999999.999999")}), form, tmp_path)
    remarks = [text for text in texts_of(book) if text.startswith("注：")]
    assert len(remarks) == 1
    assert "999999999999.999999" in remarks[0]


STRANGE = [
    '<b>粗</b> & <img src="/etc/hostname"> </p>',
    '=HYPERLINK("http://example.com","x")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "镕喆堃㎡",
    "😀👨‍👩‍👧",
    "#N/A",
    "12345",
    "TRUE",
]


def test_texts_come_out_as_typed_and_none_is_a_formula(form: Form, tmp_path: Path) -> None:
    texts = dict.fromkeys(official.TEXT_SECTIONS, "\n".join(STRANGE))
    for unit in STRANGE:
        book = read(builders.report(texts=texts, unit_name=unit), form, tmp_path)
        written = [text.lstrip("\u3000") for text in texts_of(book)]
        assert all(written.count(text) >= len(texts) for text in STRANGE)
        assert all(cell.data_type in "sn" for sheet in book for cell in cells_of(sheet))
        names = [cell for cell in cells_of(book.worksheets[0]) if cell.value == unit]
        assert len(names) == 2
        assert all(bool(cell.quotePrefix) == (unit[0] in "=+-@") for cell in names)


def test_an_escape_of_the_file_format_is_written_so_that_it_is_shown_as_typed(
    form: Form, tmp_path: Path
) -> None:
    path, _ = write(builders.report(texts={"other": "a_x0041_b_x"}), form, tmp_path)
    with zipfile.ZipFile(path) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if "sheet" in name)
    assert "a_x005F_x0041_b_x" in sheets


def test_there_are_no_formulas_macros_or_links(form: Form, tmp_path: Path) -> None:
    path, _ = write(builders.report(texts={"other": STRANGE[1]}), form, tmp_path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        sheets = [archive.read(name).decode() for name in names if name.startswith("xl/worksheets/")]
    assert not [name for name in names if "vba" in name or "external" in name or "rels/sheet" in name]
    assert not [
        sheet for sheet in sheets if "<f>" in sheet or "hyperlink" in sheet.lower().replace("=hyperlink", "")
    ]


def test_long_texts_are_cut_into_rows_behind_sentences_and_lose_nothing(form: Form, tmp_path: Path) -> None:
    long = "本年公开信息若干条，办理申请若干件。" * 2_500
    unbroken = "长" * 33_000
    book = read(builders.report(texts={"overview": long, "other": unbroken}), form, tmp_path)
    for name, text in ((SHEETS[2], long), (SHEETS[7], unbroken)):
        sheet = book[name]
        pieces = [str(cell.value) for cell in cells_of(sheet)][1:]
        assert "".join(pieces).lstrip("\u3000") == text
        assert max(map(len, pieces)) < 32_767
        assert all((sheet.row_dimensions[row].height or 0) <= 409 for row in range(1, sheet.max_row + 1))
    assert all(piece.endswith("。") for piece in [str(c.value) for c in cells_of(book[SHEETS[2]])][1:])


def test_the_merges_are_the_official_ones(form: Form, tmp_path: Path) -> None:
    book = read(builders.report(), form, tmp_path)
    merged = {name: {str(area) for area in book[name].merged_cells.ranges} for name in SHEETS[3:6]}
    assert merged[SHEETS[3]] == {
        "A1:D1", "A2:D2", "A6:D6", "A9:D9", "A13:D13",
        "B7:D7", "B8:D8", "B10:D10", "B11:D11", "B12:D12", "B14:D14", "B15:D15",
    }  # fmt: skip
    assert merged[SHEETS[4]] == {
        "A1:J1", "A2:C4", "D2:J2", "D3:D4", "E3:I3", "J3:J4", "A5:C5", "A6:C6", "A7:A28", "B7:C7", "B8:C8",
        "B9:B16", "B17:B19", "B20:B24", "B25:B27", "B28:C28", "A29:C29",
    }  # fmt: skip
    assert merged[SHEETS[5]] == {
        "A1:O1", "A2:E2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F2:O2", "F3:J3", "K3:O3",
    }  # fmt: skip


def test_every_box_of_a_table_is_framed_and_the_bands_are_light_blue(form: Form, tmp_path: Path) -> None:
    path, _ = write(builders.report(), form, tmp_path)
    with zipfile.ZipFile(path) as archive:
        looks = ElementTree.fromstring(archive.read("xl/styles.xml")).find(f"{XML}cellXfs")
        tables = [ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{n}.xml")) for n in (3, 4, 5)]
    framed = {str(number) for number, look in enumerate(looks or ()) if look.get("borderId") != "0"}
    for table, size in zip(tables, (14 * 4, 28 * 10, 4 * 15), strict=True):
        rows = table.findall(f"{XML}sheetData/{XML}row")[1:]
        assert [cell.get("s") in framed for row in rows for cell in row] == [True] * size
    book = openpyxl.load_workbook(path)
    bands = [cell.coordinate for cell in cells_of(book[SHEETS[3]]) if cell.fill.fgColor.rgb == "00C6D9F1"]
    assert bands == ["A2", "A6", "A9", "A13"]


def test_faces_bear_their_chinese_names(form: Form, tmp_path: Path) -> None:
    book = read(builders.report(texts={"overview": "（一）主动公开\n正文。"}), form, tmp_path)
    faces = [str(cell.font.name) for cell in cells_of(book[SHEETS[2]])]
    assert faces == ["黑体", "楷体", "仿宋"]
    assert book[SHEETS[4]]["D10"].font.name == "宋体"
    assert book[SHEETS[4]]["A2"].font.name == "楷体"


def test_each_sheet_prints_on_a4_as_wide_as_the_page_and_numbered(form: Form, tmp_path: Path) -> None:
    for sheet in read(builders.report(), form, tmp_path):
        setup = sheet.page_setup
        assert (int(setup.paperSize), setup.orientation, setup.fitToWidth) == (9, "portrait", 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_options.horizontalCentered
        assert "&P" in str(sheet.oddFooter.right.text)
        assert "&P" in str(sheet.evenFooter.left.text)
        assert sheet.print_area
        width = sum(dimension.width for dimension in sheet.column_dimensions.values()) * 8 * 0.75
        assert width <= 595 - 2 * 0.7 * 72
    assert setup.fitToHeight == 0


def test_the_workbook_opens_at_its_first_cell(form: Form, tmp_path: Path) -> None:
    book = read(builders.report(), form, tmp_path)
    assert book.active is book.worksheets[0]
    assert [sheet.sheet_view.tabSelected for sheet in book].count(True) == 1
    assert all(selection.activeCell == "A1" for sheet in book for selection in sheet.sheet_view.selection)
    assert book[SHEETS[4]].freeze_panes == "D5"
    assert book[SHEETS[4]].print_title_rows == "$1:$4"


def test_a_draft_says_so_on_every_sheet_and_every_page(form: Form, tmp_path: Path) -> None:
    for sheet in read(builders.report(), form, tmp_path, draft="草稿"):
        assert sheet["A1"].value.startswith("【草稿】")
        assert sheet.oddHeader.center.text == "草稿"
        assert sheet.evenHeader.center.text == "草稿"
    for sheet in read(builders.report(), form, tmp_path):
        assert all("草稿" not in str(cell.value) for cell in cells_of(sheet))
        assert not sheet.oddHeader.center.text


def test_the_properties_name_report_and_unit_and_nothing_of_the_machine(form: Form, tmp_path: Path) -> None:
    path, _ = write(builders.report(), form, tmp_path)
    properties = openpyxl.load_workbook(path).properties
    assert properties.title == f"某县人民政府2023年{form.title}"
    assert properties.creator == properties.lastModifiedBy == "某县人民政府"
    assert properties.created == properties.modified == MOMENT.replace(tzinfo=None)
    with zipfile.ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for trace in (str(tmp_path), str(Path.home()), "openpyxl"):
        assert trace.encode() not in content


def test_the_same_report_gives_the_same_bytes(form: Form, tmp_path: Path) -> None:
    first = write(builders.report(), form, tmp_path)[0].read_bytes()
    assert write(builders.report(), form, tmp_path)[0].read_bytes() == first
    other = replace(builders.report(), year=2022)
    assert write(other, form, tmp_path)[0].read_bytes() != first


def test_a_name_that_holds_no_number_is_left_out_when_numbers_are_read(form: Form, tmp_path: Path) -> None:
    path, _ = write(builders.report(), form, tmp_path)
    book = openpyxl.load_workbook(path)
    book[SHEETS[4]]["D7"].value = "六十八"
    book[SHEETS[4]]["E7"].value = True
    book.save(path)
    found = read_excel_numbers(path)
    assert len(found) == 198
    assert not {"requests.granted.natural_person", "requests.granted.business"} & set(map(str, found))


def test_widths_keep_their_proportions_and_equal_ones_stay_equal() -> None:
    assert scale([754, 921, 3271, *[685] * 7], 545) == [42, 52, 183, *[38] * 7]


def test_no_print_shows_a_clipped_label(form: Form, tmp_path: Path) -> None:
    """Every row is as high as its label needs when it breaks after as many characters as fit."""
    sheet = read(builders.report(), form, tmp_path)[SHEETS[4]]
    widths = [sheet.column_dimensions[letter].width * 8 - 7 for letter in "ABC"]
    for number in range(9, 28):
        label = str(sheet.cell(number, 3).value)
        lines = -(-len(re.sub(r"[0-9.]", "", label)) * 10 // (widths[2] * 0.75))
        assert sheet.row_dimensions[number].height >= lines * 10 * 1.2
