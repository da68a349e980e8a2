"""The history of a document: undo and redo, what is saved, how typing joins, who hears of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from model.catalogue import load_form
from model.document import Change, Document
from model.report import Address, Note, Part, Report
from tests.model.builders import balanced, cell, report

FORM = load_form("2021")
GRANTED = cell("requests.granted.natural_person")
GRANTED_TOTAL = cell("requests.granted.total")
FEES = cell("disclosure.fees.amount")
FILE = Path("年报.xxgk")


@pytest.fixture
def document() -> Document:
    return Document(FORM, Report(form="2021"))


def names(change: Change | None) -> set[str]:
    assert change is not None
    return {str(cell) for cell in change.cells}


# ---------------------------------------------------------------- undo, redo, saved or not


def test_undo_and_redo_bring_report_sheet_and_findings_back(document: Document) -> None:
    seen = [(document.report, document.sheet, document.findings)]
    for number in range(5):
        document.set_cells("录入", {GRANTED: number + 1, cell("requests.received.business"): number})
        seen.append((document.report, document.sheet, document.findings))
    for state in reversed(seen[:-1]):
        document.undo()
        assert (document.report, document.sheet, document.findings) == state
    for state in seen[1:]:
        document.redo()
        assert (document.report, document.sheet, document.findings) == state


def test_a_new_edit_ends_what_could_be_done_again(document: Document) -> None:
    document.set_cells("一", {GRANTED: 1})
    document.undo()
    assert document.redo_label == "一"
    document.set_cells("二", {GRANTED: 2})
    assert document.redo_label is None
    assert document.redo() is None


def test_labels_say_what_undo_and_redo_do(document: Document) -> None:
    document.set_cells("粘贴", {GRANTED: 1})
    undone = document.undo()
    assert undone is not None
    assert undone.label == "撤销粘贴"
    redone = document.redo()
    assert redone is not None
    assert redone.label == "重做粘贴"


def test_an_edit_taken_back_leaves_the_document_clean(document: Document) -> None:
    document.set_cells("录入", {GRANTED: 1})
    assert document.is_modified
    document.undo()
    assert not document.is_modified
    document.redo()
    assert document.is_modified


def test_undo_after_saving_is_a_change_and_redo_brings_the_saved_state_back(document: Document) -> None:
    document.set_cells("录入", {GRANTED: 1})
    document.mark_saved(FILE)
    assert not document.is_modified
    assert document.path == FILE
    document.undo()
    assert document.is_modified
    document.redo()
    assert not document.is_modified


def test_another_edit_after_undo_is_never_taken_for_the_saved_state(document: Document) -> None:
    document.set_cells("录入", {GRANTED: 1})
    document.mark_saved(FILE)
    document.undo()
    document.set_cells("录入", {GRANTED: 2})
    assert document.is_modified
    document.undo()
    assert document.is_modified
    document.undo()
    assert document.is_modified


def test_the_depth_of_undo_is_limited_and_the_limit_does_not_lie(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.document._DEPTH", 10)
    for number in range(1, 16):
        document.set_cells("录入", {GRANTED: number})
        if number == 3:
            document.mark_saved(FILE)
    steps = 0
    while document.undo() is not None:
        steps += 1
    assert steps == 10
    assert document.report.inputs == {GRANTED: 5}
    assert document.is_modified
    for _ in range(10):
        document.redo()
    assert document.report.inputs == {GRANTED: 15}


def test_a_state_saved_at_the_limit_is_found_again(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.document._DEPTH", 3)
    for number in range(1, 8):
        document.set_cells("录入", {GRANTED: number})
        if number == 4:
            document.mark_saved(FILE)
    for _ in range(3):
        document.undo()
    assert document.report.inputs == {GRANTED: 4}
    assert not document.is_modified


# ---------------------------------------------------------------- typing text


def test_typing_in_a_row_is_one_step_until_it_is_ended(document: Document) -> None:
    for text in ("一", "一二", "一二三"):
        document.set_text("overview", text, merge=True)
    document.end_step()
    document.set_text("overview", "一二三四", merge=True)
    assert document.undo_label == "编辑一 总体情况"
    document.undo()
    assert document.report.texts == {"overview": "一二三"}
    document.undo()
    assert document.report.texts == {}
    assert document.undo_label is None


def test_steps_on_other_texts_cells_or_without_mark_are_not_joined(document: Document) -> None:
    document.set_text("overview", "一", merge=True)
    document.set_text("problems", "二", merge=True)
    document.set_text("overview", "三", merge=True)
    document.set_cells("录入", {GRANTED: 1})
    document.set_text("overview", "四", merge=True)
    document.set_text("overview", "五")
    steps = 0
    while document.undo() is not None:
        steps += 1
    assert steps == 6


@pytest.mark.parametrize("interruption", ["undo", "redo", "save"])
def test_undo_redo_and_saving_end_a_step(document: Document, interruption: str) -> None:
    document.set_text("overview", "一", merge=True)
    if interruption == "undo":
        document.set_cells("录入", {GRANTED: 1})
        document.undo()
    elif interruption == "redo":
        document.undo()
        document.redo()
    else:
        document.mark_saved(FILE)
    document.set_text("overview", "一二", merge=True)
    document.undo()
    assert document.report.texts == {"overview": "一"}


def test_typing_that_comes_back_to_where_it_began_is_no_step(document: Document) -> None:
    document.set_text("overview", "一", merge=True)
    change = document.set_text("overview", "", merge=True)
    assert change is not None
    assert not document.is_modified
    assert document.undo_label is None


def test_a_joined_step_knows_only_what_it_changed_in_the_end(document: Document) -> None:
    here, there = Address(Part.INPUT, GRANTED), Address(Part.INPUT, FEES)
    document.apply("填", {here: 1, there: Decimal(1)}, merge="fill")
    document.apply("填", {here: None}, merge="fill")
    assert names(document.undo()) == {str(FEES)}
    assert document.report == Report(form="2021")
    assert names(document.redo()) == {str(FEES)}


def test_a_section_that_does_not_exist_has_no_text(document: Document) -> None:
    with pytest.raises(KeyError):
        document.set_text("summary", "x")
    with pytest.raises(ValueError, match="no such place"):
        document.set_text("requests", "x")


# ---------------------------------------------------------------- stated totals, notes, saving


def test_accepting_the_computed_totals_ends_their_findings_and_can_be_undone() -> None:
    stated = {**balanced().stated, GRANTED_TOTAL: 1}
    document = Document(FORM, replace(balanced(), stated=stated))
    assert [finding.code for finding in document.findings] == ["row_total.granted"]
    change = document.accept_computed([GRANTED_TOTAL])
    assert names(change) == {str(GRANTED_TOTAL)}
    assert change is not None
    assert change.findings_changed
    assert document.findings == ()
    assert GRANTED_TOTAL not in document.report.stated
    assert document.accept_computed([GRANTED_TOTAL]) is None
    document.undo()
    assert [finding.code for finding in document.findings] == ["row_total.granted"]


def test_a_note_explains_until_a_value_changes_and_again_when_it_comes_back() -> None:
    given = report(
        {
            **{str(key): value for key, value in balanced().inputs.items()},
            "disclosure.regulations.made": 1,
            "disclosure.regulations.in_force": 1,
        }
    )
    document = Document(FORM, given)
    (finding,) = document.findings
    assert finding.code == "regulations_level"
    note = Note(finding.code, finding.cells, finding.values, "县政府受委托代省政府起草一件", "")
    change = document.apply("说明", {Address(Part.NOTES): (note,)})
    assert change is not None
    assert change.cells == frozenset()
    assert change.findings_changed
    assert [f.is_explained for f in document.findings] == [True]
    document.set_cells(
        "录入", {cell("disclosure.regulations.made"): 2, cell("disclosure.regulations.in_force"): 2}
    )
    assert [f.is_explained for f in document.findings] == [False]
    document.undo()
    assert [f.is_explained for f in document.findings] == [True]


def test_saving_ends_the_remark_that_the_file_was_changed_outside() -> None:
    document = Document(FORM, replace(balanced(), modified_outside=True), FILE)
    heard: list[Change] = []
    document.subscribe(heard.append)
    assert [finding.code for finding in document.findings] == ["file.modified_outside"]
    document.mark_saved(FILE)
    assert document.findings == ()
    assert [(change.label, change.findings_changed) for change in heard] == [("保存", True)]
    document.set_cells("录入", {GRANTED: 1})
    document.undo()
    assert document.findings == ()


# ---------------------------------------------------------------- listeners


def test_listeners_hear_each_change_once_it_is_done(document: Document) -> None:
    heard: list[tuple[str, object]] = []
    document.subscribe(lambda change: heard.append((change.label, document.report.inputs.get(GRANTED))))
    document.set_cells("录入", {GRANTED: 1})
    document.undo()
    document.redo()
    document.mark_saved(FILE)
    assert heard == [("录入", 1), ("撤销录入", None), ("重做录入", 1), ("保存", 1)]


def test_a_listener_that_ended_hears_nothing_and_may_end_twice(document: Document) -> None:
    heard: list[Change] = []
    stop = document.subscribe(heard.append)
    other: list[Change] = []
    document.subscribe(other.append)
    stop()
    stop()
    document.set_cells("录入", {GRANTED: 1})
    assert (len(heard), len(other)) == (0, 1)


def test_a_listener_may_end_itself_while_it_listens(document: Document) -> None:
    heard: list[Change] = []

    def once(change: Change) -> None:
        heard.append(change)
        stop()

    stop = document.subscribe(once)
    document.set_cells("录入", {GRANTED: 1})
    document.set_cells("录入", {GRANTED: 2})
    assert len(heard) == 1


def test_a_listener_that_fails_leaves_the_document_whole(document: Document) -> None:
    def fail(change: Change) -> None:
        raise RuntimeError(change.label)

    stop = document.subscribe(fail)
    for act in (lambda: document.set_cells("录入", {GRANTED: 1}), document.undo, document.redo):
        with pytest.raises(RuntimeError):
            act()
    stop()
    assert document.report.inputs == {GRANTED: 1}
    document.undo()
    assert document.report.inputs == {}
    assert not document.is_modified
