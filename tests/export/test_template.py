"""The 填报模板: what is locked, what is calculated, what is refused and when it turns red."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation

from export.command_line import main
from export.template import write_template
from export.template_file import default_template_name, save_template
from export.template_formulas import Place, areas
from model import storage
from model.catalogue import load_form
from model.errors import BadTarget, WrittenDiffers
from model.forms import Form, Severity
from model.reading.template import read_template
from tests.model import official
from tests.workbooks import named

FORM = load_form("2021")
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
UNIT = "某县人民政府"
XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "填报表.xlsx"
    save_template(FORM, path, year=2025, unit=UNIT, moment=MOMENT)
    return path


@pytest.fixture(scope="module")
def book(template: Path) -> Workbook:
    return openpyxl.load_workbook(template)


def rules_of(book: Workbook, cell: Cell) -> list[DataValidation]:
    sheet = book[cell.parent.title]
    return [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]


def test_every_number_has_its_name_and_only_inputs_can_be_typed_into(book: Workbook) -> None:
    for cell in FORM.cells:
        assert named(book, f"xxgk.{cell}").protection.locked == FORM.is_total(cell)
    assert len([name for name in book.defined_names if name.startswith("xxgk.")]) == 200


def test_all_but_inputs_texts_and_cover_data_is_locked(book: Workbook) -> None:
    free = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    }
    inputs = {named(book, f"xxgk.{name}") for name in official.inputs()}
    cover = {named(book, f"xxgk_unit.{key}") for key in ("name", "level", "year")}
    titles = {book.defined_names[f"xxgk_text.{id_}"].attr_text for id_ in official.TEXT_SECTIONS}
    # openpyxl reads the cells behind a merged one as MergedCell: they are no Cell
    expected = {(cell.parent.title, cell.coordinate) for cell in inputs | cover}
    texts = free - expected
    assert expected <= free
    assert len(titles) == 4
    assert {place.rstrip("0123456789") for _, place in texts} == {"A"}
    assert len(texts) == 4 * 40


def test_every_sheet_and_the_structure_are_protected_without_a_password(book: Workbook) -> None:
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    assert book.security.lockStructure
    assert not book.security.workbookPassword


def test_totals_are_formulas_with_their_result(template: Path, book: Workbook) -> None:
    values = openpyxl.load_workbook(template, data_only=True)
    for cell in FORM.cells:
        formula, value = (named(each, f"xxgk.{cell}").value for each in (book, values))
        assert (formula is None) != FORM.is_total(cell)
        assert value == (0 if FORM.is_total(cell) else None)
    assert named(book, "xxgk.requests.granted.total").value == "=SUM($D$7:$I$7)"
    assert named(book, "xxgk.requests.results_total.natural_person").value == "=SUM($D$7:$D$27)"


def test_no_formula_is_without_a_result(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        sheets = [ElementTree.fromstring(archive.read(name)) for name in names]
    cells = [cell for sheet in sheets for cell in sheet.iter(f"{XML}c") if cell.find(f"{XML}f") is not None]
    assert len(cells) == 34 + 6 + 1
    assert all(cell.findtext(f"{XML}v") for cell in cells)


def test_counts_are_whole_numbers_and_amounts_have_six_decimals(book: Workbook) -> None:
    [count] = rules_of(book, named(book, "xxgk.requests.granted.business"))
    assert (count.type, count.operator, count.formula1, count.formula2) == (
        "whole", "between", "0", "999999999",
    )  # fmt: skip
    amount = named(book, "xxgk.disclosure.fees.amount")
    [money] = rules_of(book, amount)
    assert money.type == "custom"
    assert f"ROUND({amount.coordinate},6)" in str(money.formula1)


def test_each_input_is_restricted_once_and_refuses_in_chinese(book: Workbook) -> None:
    for cell in FORM.inputs:
        [rule] = rules_of(book, named(book, f"xxgk.{cell}"))
        assert rule.errorStyle == "stop"
        assert rule.showErrorMessage
        assert rule.allowBlank
        for text, most in (
            (rule.error, 255),
            (rule.prompt, 255),
            (rule.errorTitle, 32),
            (rule.promptTitle, 32),
        ):
            assert text is None or re.search("[\u4e00-\u9fff]", text)
            assert len(text or "") <= most
        assert str(rule.prompt) in FORM.row(cell).help


def test_totals_take_no_rule_and_levels_come_from_a_list(book: Workbook) -> None:
    assert not rules_of(book, named(book, "xxgk.requests.granted.total"))
    [level] = rules_of(book, named(book, "xxgk_unit.level"))
    assert (level.type, level.formula1) == ("list", f'"{",".join(FORM.levels)}"')


def coloured(book: Workbook, name: str) -> list[str]:
    """Return the formulas that colour a named cell."""
    cell = named(book, name)
    ranges = book[cell.parent.title].conditional_formatting
    return [rule.formula[0] for area in ranges if cell.coordinate in area for rule in area.rules]


def test_every_identity_colours_its_cells(book: Workbook) -> None:
    for check in FORM.checks:
        terms = check.right if check.stated else (*check.left, *check.right)
        if check.severity is Severity.ERROR:
            assert all(coloured(book, f"xxgk.{term.cell}") for term in terms)
    assert "NOT(SUM($D$5:$D$6)=SUM($D$28:$D$29))" in coloured(book, "xxgk.requests.received.natural_person")
    assert coloured(book, "xxgk.requests.granted.natural_person") == []


def test_the_identity_stands_on_a_sheet_that_nobody_sees(book: Workbook) -> None:
    sheet = book["xxgk"]
    assert sheet.sheet_state == "veryHidden"
    pairs = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert pairs == {"format": "xxgk-template", "version": "1", "form": "2021", "year": "2025", "unit": UNIT}


def test_the_cover_shows_unit_year_and_advice(book: Workbook) -> None:
    assert named(book, "xxgk_unit.name").value == UNIT
    assert named(book, "xxgk_unit.year").value == 2025
    assert named(book, "xxgk_unit.level").value is None
    texts = [str(cell.value) for row in book["报告信息"].iter_rows() for cell in row if cell.value]
    assert "填写说明" in texts
    assert texts[0] == "2025年政府信息公开工作年度报告填报表"


def test_texts_have_wrapped_cells_below_their_heading(book: Workbook) -> None:
    for id_ in official.TEXT_SECTIONS:
        cell = named(book, f"xxgk_text.{id_}")
        assert cell.alignment.wrap_text
        section = FORM.section(id_)
        assert book[cell.parent.title]["A1"].value == (section.heading or section.short)


def test_it_looks_like_the_exported_report(book: Workbook) -> None:
    assert "B9:B16" in {str(area) for area in book["三、依申请公开"].merged_cells.ranges}
    assert book["三、依申请公开"].freeze_panes == "D5"
    assert book["三、依申请公开"].print_area == "'三、依申请公开'!$A$1:$J$29"


def test_the_same_moment_gives_the_same_bytes_and_nothing_of_the_machine(
    template: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    write_template(FORM, 2025, UNIT, again, MOMENT)
    assert again.read_bytes() == template.read_bytes()
    with zipfile.ZipFile(again) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for trace in (str(tmp_path), str(Path.home()), "openpyxl"):
        assert trace.encode() not in content


def test_a_blank_comes_back_complete(template: Path) -> None:
    imported = read_template(template)
    assert imported.is_complete
    assert imported.read == set(FORM.inputs)
    assert (imported.report.year, imported.report.unit_name) == (2025, UNIT)
    assert not imported.report.inputs


@pytest.mark.parametrize(
    "unit",
    ["=1+1", "某&某<县>人民政府", "", "很长的名称" * 60, "镕喆堃㎡😀"],
    ids=["formula", "marks", "none", "long", "rare"],
)
def test_any_unit_name_comes_back(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    save_template(FORM, path, year=2025, unit=unit, moment=MOMENT)
    assert read_template(path).report.unit_name == unit


def test_areas_cover_places_once() -> None:
    places = [Place("s", row, column) for row, column in ((4, 2), (4, 3), (5, 2), (5, 3), (8, 2), (9, 4))]
    assert areas(places) == ["B4:C5", "B8", "D9"]


def test_the_usual_name_is_one_that_windows_takes() -> None:
    name = default_template_name(FORM, 2025, "某/县")
    assert name == "某／县2025年政府信息公开工作年度报告填报表.xlsx"


# ---------------------------------------------------------------- what goes wrong


def test_a_year_before_the_form_and_a_wrong_suffix_are_refused(tmp_path: Path) -> None:
    for name, year in (("t.xlsx", 2019), ("t.xls", 2025), ("没有/t.xlsx", 2025)):
        with pytest.raises(BadTarget):
            save_template(FORM, tmp_path / name, year=year, unit="", moment=MOMENT)
    assert not list(tmp_path.iterdir())


def test_a_template_that_does_not_read_back_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"former")

    def write(form: Form, year: int, unit: str, place: Path, moment: datetime) -> None:
        write_template(form, year + 1, unit, place, moment)

    monkeypatch.setattr("export.template.write_template", write)
    with pytest.raises(WrittenDiffers):
        save_template(FORM, path, year=2025, unit="", moment=MOMENT)
    assert path.read_bytes() == b"former"


# ---------------------------------------------------------------- commands


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_a_template_made_and_filled_by_commands_becomes_a_report(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path, target = tmp_path / "表.xlsx", tmp_path / "年报.xxgk"
    assert run("template", path, "--year", "2025", "--unit", UNIT) == 0
    book = openpyxl.load_workbook(path)
    named(book, "xxgk.requests.granted.natural_person").value = 68
    book.save(path)
    assert run("import", path, target) == 0
    report = storage.load(target)
    assert {str(cell): value for cell, value in report.inputs.items()} == {
        "requests.granted.natural_person": 68
    }
    assert "已导入" in capsysbinary.readouterr().out.decode()


def test_doubts_are_listed_and_the_report_is_written(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path, target = tmp_path / "表.xlsx", tmp_path / "年报.xxgk"
    save_template(FORM, path, year=2025, unit=UNIT, moment=MOMENT)
    book = openpyxl.load_workbook(path)
    named(book, "xxgk.requests.granted.natural_person").value = "约10"
    book.save(path)
    assert run("import", path, target) == 1
    printed = capsysbinary.readouterr().out.decode()
    assert "三、依申请公开!D7" in printed
    assert "约数" in printed
    assert storage.load(target).inputs == {}


def test_an_existing_report_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path, target = tmp_path / "表.xlsx", tmp_path / "年报.xxgk"
    save_template(FORM, path, year=2025, unit=UNIT, moment=MOMENT)
    target.write_bytes(b"former")
    assert run("import", path, target) == 2
    assert target.read_bytes() == b"former"
    assert run("import", path, target, "--force") == 0
    assert storage.load(target).year == 2025


def test_a_filled_template_is_replaced_by_a_blank_only_when_asked(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "表.xlsx"
    assert run("template", path, "--year", "2025") == 0
    assert run("template", path, "--year", "2026") == 0
    book = openpyxl.load_workbook(path)
    named(book, "xxgk.requests.granted.natural_person").value = 68
    book.save(path)
    filled = path.read_bytes()
    assert run("template", path, "--year", "2026") == 2
    assert path.read_bytes() == filled
    assert "已经填了" in capsysbinary.readouterr().err.decode()
    assert run("template", path, "--year", "2026", "--force") == 0
    assert read_template(path).report.inputs == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["template", "t.xlsx"],
        ["template", "t.xlsx", "--year", "去年"],
        ["template", "t.xlsx", "--year", "2019"],
        ["template", "t.docx", "--year", "2025"],
        ["template", "--year", "2025"],
        ["import", "nothing.xlsx", "a.xxgk"],
        ["import", "nothing.xlsx", "a.json"],
        ["import", "nothing.xlsx"],
    ],
)
def test_what_cannot_be_done_ends_with_2_and_writes_nothing(
    arguments: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert not list(tmp_path.iterdir())
