"""An import into an open report: one step, disagreements are said, a group in one row is asked about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from model.cells import CellId, Value
from model.checks import review
from model.document import Document
from model.locks import is_locked
from model.reading.import_patch import as_patch
from model.report import Report, put
from tests.model import builders
from tests.workbooks import FORM, GRANTED, fill, named, read


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
