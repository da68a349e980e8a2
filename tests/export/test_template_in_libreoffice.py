"""The template in a real LibreOffice: filled in, damaged in ten ways, saved, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from export.template_file import save_template
from model.catalogue import load_form
from model.cells import CellId, Value
from model.engine import evaluate
from model.errors import CannotImport
from model.reading.template import Imported, read_template
from tests.libreoffice import MISSING, SOFFICE, Job, text, work
from tests.model import builders

pytestmark = [pytest.mark.slow, pytest.mark.skipif(SOFFICE is None, reason=MISSING)]

FORM = load_form("2021")
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
TEXTS = {
    "introduction": "根据《条例》编制。",
    "overview": "（一）主动公开\n本年主动公开信息一百条。\n\n（二）依申请公开\n全部办结。",
    "problems": builders.PROBLEMS,
    "other": '=1+1 不是公式，"引号"也照样。',
}
REPORT = builders.report(texts=TEXTS, year=2025)
REQUESTS, MONEY = "三、依申请公开", CellId.parse(builders.MONEY)
NATURAL = "xxgk.requests.granted.natural_person"

FILL = [
    *(f'Cell("xxgk.{cell}").setValue({value})' for cell, value in REPORT.inputs.items()),
    f'Cell("xxgk_unit.name").setString({text(REPORT.unit_name)})',
    f'Cell("xxgk_unit.level").setString({text(str(REPORT.unit_level))})',
    *(f'Cell("xxgk_text.{section}").setString({text(words)})' for section, words in TEXTS.items()),
]
PROTECTION = (
    f'Cell("xxgk_text.other").setString(Sheet("{REQUESTS}").isProtected() & '
    f'Cell("{NATURAL}").CellProtection.IsLocked & '
    'Cell("xxgk.requests.granted.total").CellProtection.IsLocked)'
)
DAMAGE = {
    "row inserted": [f'Sheet("{REQUESTS}").Rows.insertByIndex(9, 1)'],
    "column of numbers moved away": [
        f'Sheet("{REQUESTS}").moveRange(Sheet("{REQUESTS}").getCellRangeByName("L5").getCellAddress(), '
        f'Sheet("{REQUESTS}").getCellRangeByName("D5:D29").getRangeAddress())'
    ],
    "column inserted": [f'Sheet("{REQUESTS}").Columns.insertByIndex(4, 1)'],
    "sheet renamed": [f'Sheet("{REQUESTS}").Name = "表三"'],
    "label edited": [
        f'Sheet("{REQUESTS}").getCellRangeByName("B7").setString("予以公开的")',
        f'Sheet("{REQUESTS}").getCellRangeByName("D3").setString("个人")',
    ],
    "total typed over": ['Cell("xxgk.requests.granted.total").setValue(7)'],
    "text in a number": [f'Cell("{NATURAL}").setString("约10")', f'Cell("xxgk.{MONEY}").setString("2万")'],
    "merged cells split": [
        f'Sheet("{REQUESTS}").getCellRangeByName("A1:J29").merge(False)',
        'Sheet("四、复议诉讼").getCellRangeByName("A1:O4").merge(False)',
        'Sheet("二、主动公开").getCellRangeByName("A1:D15").merge(False)',
    ],
    "hidden sheet deleted": ['book.Sheets.removeByName("xxgk")'],
    "cells shifted down": [
        f'Sheet("{REQUESTS}").insertCells(Sheet("{REQUESTS}").getCellRangeByName("D7").getRangeAddress(), '
        "com.sun.star.sheet.CellInsertMode.DOWN)"
    ],
    "names deleted": [
        "Dim name As Variant",
        "For Each name In book.NamedRanges.ElementNames",
        '  If Left(name, 4) = "xxgk" Then book.NamedRanges.removeByName(name)',
        "Next",
    ],
    "row deleted": [f'Sheet("{REQUESTS}").Rows.removeByIndex(8, 1)'],
    "edition changed": ['Sheet("xxgk").getCellRangeByName("B3").setString("2019")'],
    "year changed": ['Cell("xxgk_unit.year").setValue(2024)'],
    "protection": [],
}


@dataclass(frozen=True)
class Office:
    """Where LibreOffice left the workbooks."""

    folder: Path

    def read(self, name: str) -> Imported:
        return read_template(self.folder / f"{name}.xlsx")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    template = folder / "模板.xlsx"
    save_template(FORM, template, year=2025, unit="", moment=MOMENT)
    jobs = [Job(template, folder / "filled.xlsx", FILL)]
    for name, lines in DAMAGE.items():
        more = ["Unprotect", *lines] if lines else [PROTECTION]
        jobs.append(Job(template, folder / f"{name}.xlsx", [*FILL, *more]))
    work(folder, jobs)
    return Office(folder)


def differing(imported: Imported) -> Mapping[CellId, tuple[Value, Value]]:
    """Return the inputs that are not as they were filled in: filled, read."""
    pairs = {cell: (REPORT.inputs.get(cell), imported.report.inputs.get(cell)) for cell in FORM.inputs}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}


def doubts(imported: Imported) -> str:
    return "\n".join(map(str, imported.doubts))


def test_a_filled_template_comes_back_with_all_200_numbers(office: Office) -> None:
    imported = office.read("filled")
    assert imported.doubts == ()
    assert imported.read == set(FORM.inputs)
    assert evaluate(FORM, imported.report.inputs) == evaluate(FORM, REPORT.inputs)
    assert imported.report == REPORT


def test_totals_are_calculated_by_the_office_program(office: Office) -> None:
    from openpyxl import load_workbook

    book = load_workbook(office.folder / "filled.xlsx", data_only=True)
    for cell, value in evaluate(FORM, REPORT.inputs).items():
        [(sheet, place)] = book.defined_names[f"xxgk.{cell}"].destinations
        assert book[sheet][place.replace("$", "").partition(":")[0]].value == pytest.approx(
            None if value is None else float(value)
        )
    assert [book[REQUESTS][f"{letter}30"].value for letter in "DEFGHI"] == ["平"] * 6
    assert "已填 166 格" in str(book["报告信息"]["B7"].value)


@pytest.mark.parametrize("name", ["row inserted", "column inserted", "sheet renamed"])
def test_what_moves_with_its_words_is_recovered_without_a_doubt(name: str, office: Office) -> None:
    imported = office.read(name)
    assert imported.doubts == ()
    assert imported.report == REPORT


def test_the_office_program_protects_all_but_inputs(office: Office) -> None:
    assert office.read("protection").report.texts["other"] == "TrueFalseTrue"


def test_a_column_moved_away_is_recovered_by_name_and_reported(office: Office) -> None:
    imported = office.read("column of numbers moved away")
    assert not differing(imported)
    assert {doubt.place for doubt in imported.doubts} >= {f"{REQUESTS}!L5", f"{REQUESTS}!L29"}
    assert imported.report.stated == {}
    assert sum("合计公式" in str(doubt) for doubt in imported.doubts) == 1


def test_an_edited_label_is_reported_and_its_numbers_are_recovered_by_name(office: Office) -> None:
    imported = office.read("label edited")
    assert not differing(imported)
    assert [doubt.what for doubt in imported.doubts] == ["（一）予以公开", "自然人"]
    assert imported.doubts[0].place == f"{REQUESTS}!D7"


def test_a_total_typed_over_becomes_stated(office: Office) -> None:
    imported = office.read("total typed over")
    assert not differing(imported)
    assert imported.report.stated == builders.values({"requests.granted.total": 7})
    assert [doubt.place for doubt in imported.doubts] == [f"{REQUESTS}!J7"]


def test_text_in_a_number_is_refused_with_place_and_reason(office: Office) -> None:
    imported = office.read("text in a number")
    assert set(differing(imported)) == {MONEY, CellId.parse(NATURAL.removeprefix("xxgk."))}
    assert f"{REQUESTS}!D7" in doubts(imported)
    assert "约数" in doubts(imported)
    assert "“万”" in doubts(imported)
    assert len(imported.doubts) == 2


def test_split_merges_change_nothing(office: Office) -> None:
    imported = office.read("merged cells split")
    assert imported.doubts == ()
    assert imported.report == REPORT


def test_a_deleted_identity_is_reported_and_nothing_is_lost(office: Office) -> None:
    imported = office.read("hidden sheet deleted")
    assert not differing(imported)
    assert imported.report == REPORT
    assert len(imported.doubts) == 1
    assert "标识" in doubts(imported)


def test_cells_shifted_against_their_labels_are_refused_with_both_places(office: Office) -> None:
    imported = office.read("cells shifted down")
    wrong = differing(imported)
    assert wrong
    assert {cell.column for cell in wrong} == {"natural_person"}
    assert all(read is None for _, read in wrong.values())
    reported = {cell for doubt in imported.doubts for cell in doubt.cells}
    assert set(wrong) <= reported
    assert f"{REQUESTS}!D8" in doubts(imported)


def test_without_any_name_the_words_lead(office: Office) -> None:
    imported = office.read("names deleted")
    assert not differing(imported)
    assert imported.report == REPORT
    assert sum("名称都丢失" in str(doubt) for doubt in imported.doubts) == len(FORM.tables)
    assert sum("名称丢失" in str(doubt) for doubt in imported.doubts) == len(TEXTS)


def test_a_deleted_row_is_missing_and_nothing_takes_its_place(office: Office) -> None:
    imported = office.read("row deleted")
    assert {cell.row for cell in differing(imported)} == {FORM.tables[1].blocks[0].rows[4].id}
    assert all(read is None for _, read in differing(imported).values())
    assert imported.doubts


def test_another_edition_is_refused_with_the_place(office: Office) -> None:
    with pytest.raises(CannotImport, match=r"2019.*隐藏工作表"):
        office.read("edition changed")


def test_another_year_is_reported_with_the_place(office: Office) -> None:
    imported = office.read("year changed")
    assert not differing(imported)
    assert "报告信息!B5" in doubts(imported)
    assert "2025 年" in doubts(imported)
