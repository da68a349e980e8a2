"""A source that states a group of rows as one: noted with the report, asked about until dealt with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from model.blocks import read_text
from model.cells import Value
from model.checks import review
from model.document import Document
from model.findings import Finding
from model.forms import Severity
from model.merged_rows import SOURCE
from model.pasting import place
from model.reasons import with_reason
from model.report import Address, Part, Report
from model.storage import load, save
from model.table_edits import fill_blank_with_zero, paste, paste_whole
from model.table_grid import TableGrid
from tests.merged_source import FORM, merged_rows_text
from tests.model.builders import balanced_inputs, cell, report

CODE = "merged_rows.otherwise"
OTHER = "requests.other_other.natural_person"
APART = ("requests.other_no_correction", "requests.other_unpaid")
REASON = "台账显示五件都是申请人主动撤回"


def source() -> Report:
    """Return a report whose （六） is all in 3.其他, as a merged row reads."""
    inputs = {key: 0 if key.startswith(APART) else value for key, value in balanced_inputs().items()}
    return report({**inputs, OTHER: 5, "requests.other_other.business": 2})


def pasted(document: Document, text: str, *, whole: bool) -> None:
    grid = TableGrid(FORM.table("requests"))
    placement = place(FORM, grid, read_text(text), grid.first(), whole=whole)
    paste_whole(document, placement) if whole else paste(document, placement)


@pytest.fixture(params=[True, False], ids=["whole", "plain"])
def document(request: pytest.FixtureRequest) -> Document:
    """Return a document into which a table with a merged row was pasted."""
    made = Document(FORM, report({}))
    pasted(made, merged_rows_text(source()), whole=request.param)
    return made


def asked(document: Document) -> list[Finding]:
    return [finding for finding in document.findings if finding.code == CODE]


def set_cell(document: Document, name: str, value: Value) -> None:
    document.set_cells("录入", {cell(name): value})


def test_figures_of_a_merged_row_ask_to_be_divided_or_explained(document: Document) -> None:
    [finding] = asked(document)
    assert finding.severity is Severity.WARNING
    assert "“（六）其他处理”只有一行" in finding.message
    assert "“3.其他”" in finding.message
    assert {place.row for place in finding.cells} == {"other_other"}
    assert len(finding.cells) == 6
    assert finding.values[:2] == (5, 2)


def test_it_comes_and_goes_with_the_paste_in_one_step(document: Document) -> None:
    document.undo()
    assert (asked(document), document.report.notes, document.undo_label) == ([], (), None)
    document.redo()
    assert len(asked(document)) == 1


def test_it_is_there_again_after_saving_and_opening(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "年报.xxgk"
    save(document.report, path, None)
    assert load(path) == document.report
    assert [finding.code for finding in review(FORM, load(path))].count(CODE) == 1


def test_a_reason_explains_it_and_taking_the_reason_away_asks_again(document: Document) -> None:
    [finding] = asked(document)
    at = datetime(2022, 1, 20)
    explained = with_reason(document.report, finding, REASON, at)
    document.apply("说明", {Address(Part.NOTES): explained})
    assert asked(document)[0].note == REASON
    removed = with_reason(document.report, asked(document)[0], "", at)
    document.apply("说明", {Address(Part.NOTES): removed})
    [finding] = asked(document)
    assert not finding.is_explained


def test_dividing_the_figures_ends_it_and_taking_that_back_asks_again(document: Document) -> None:
    set_cell(document, "requests.other_unpaid.natural_person", 3)
    assert asked(document) == []
    document.undo()
    assert len(asked(document)) == 1


def test_zeros_in_the_other_rows_divide_nothing(document: Document) -> None:
    fill_blank_with_zero(document, FORM.table("requests").cells)
    assert len(asked(document)) == 1


def test_it_ends_when_none_of_the_figures_is_the_source_s_any_more(document: Document) -> None:
    held = [cell for cell in document.report.inputs if cell.row == "other_other"]
    set_cell(document, OTHER, 6)
    assert len(asked(document)) == 1
    document.set_cells("清除", dict.fromkeys(held))
    assert asked(document) == []


@pytest.mark.parametrize("whole", [True, False])
def test_a_source_that_states_the_rows_apart_ends_it(document: Document, whole: bool) -> None:
    from model.blocks import write_text
    from model.copying import whole_table_rows

    rows = whole_table_rows(FORM.table("requests"), Document(FORM, source()).sheet)
    pasted(document, write_text(rows), whole=whole)
    assert document.report.inputs[cell(OTHER)] == 5
    assert asked(document) == []
    assert not any(note.code == SOURCE for note in document.report.notes)


def test_pasting_the_same_again_asks_once_and_keeps_the_reason(document: Document) -> None:
    [finding] = asked(document)
    explained = with_reason(document.report, finding, REASON, datetime(2022, 1, 20))
    document.apply("说明", {Address(Part.NOTES): explained})
    pasted(document, merged_rows_text(source()), whole=True)
    assert [finding.note for finding in asked(document)] == [REASON]


def test_a_merged_row_without_figures_asks_nothing() -> None:
    empty = replace(source(), inputs={})
    made = Document(FORM, report({}))
    pasted(made, merged_rows_text(empty), whole=True)
    assert (asked(made), made.report.notes) == ([], ())


def test_the_rows_apart_ask_nothing() -> None:
    assert [finding.code for finding in review(FORM, source())].count(CODE) == 0
