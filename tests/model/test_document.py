"""The document: one writer, one step an edit, and a state that tells truly whether something changed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from model.catalogue import load_form
from model.checks import review_cells
from model.document import Change, Document
from model.engine import evaluate
from model.report import Address, Note, Part, Previous, Report
from tests.model.builders import cell

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


# ---------------------------------------------------------------- editing


def test_a_new_document_is_clean_and_has_nothing_to_undo(document: Document) -> None:
    assert (document.is_modified, document.undo_label, document.redo_label, document.path) == (
        False,
        None,
        None,
        None,
    )
    assert document.undo() is None
    assert document.redo() is None
    assert document.sheet == evaluate(FORM, {})
    assert document.findings == review_cells(FORM, document.report, document.sheet)


def test_a_typed_value_changes_its_cell_and_every_total_above_it(document: Document) -> None:
    change = document.set_cells("录入", {GRANTED: 68})
    assert names(change) == {
        "requests.granted.natural_person",
        "requests.granted.total",
        "requests.results_total.natural_person",
        "requests.results_total.total",
    }
    assert change is not None
    assert change.addresses == {Address(Part.INPUT, GRANTED)}
    assert change.findings_changed
    assert change.label == document.undo_label == "录入"
    assert document.sheet[GRANTED_TOTAL] == 68
    assert document.report.inputs == {GRANTED: 68}
    assert {finding.code for finding in document.findings} >= {"balance.natural_person"}


def test_several_cells_are_one_step(document: Document) -> None:
    document.set_cells(
        "粘贴", {GRANTED: 68, FEES: Decimal("12.50"), cell("review.cases.direct_litigation_other"): 0}
    )
    assert len(document.report.inputs) == 3
    document.undo()
    assert document.report == Report(form="2021")
    assert document.undo_label is None


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    document.set_cells("录入", {GRANTED: 68})
    heard: list[Change] = []
    document.subscribe(heard.append)
    assert document.set_cells("录入", {GRANTED: 68}) is None
    assert document.set_cells("清除", {cell("requests.granted.business"): None}) is None
    assert document.set_text("overview", "") is None
    assert document.apply("空", {}) is None
    assert heard == []
    document.undo()
    assert document.undo_label is None


def test_only_what_differs_belongs_to_the_step(document: Document) -> None:
    document.set_cells("录入", {GRANTED: 68})
    change = document.set_cells("粘贴", {GRANTED: 68, FEES: Decimal("1")})
    assert change is not None
    assert change.addresses == {Address(Part.INPUT, FEES)}
    assert names(change) == {str(FEES)}


def test_blank_zero_and_the_digits_of_an_amount_are_told_apart(document: Document) -> None:
    assert document.set_cells("录入", {GRANTED: 0}) is not None
    assert document.report.inputs == {GRANTED: 0}
    assert document.set_cells("清除", {GRANTED: None}) is not None
    assert document.report.inputs == {}
    document.set_cells("录入", {FEES: Decimal("12.5")})
    assert names(document.set_cells("录入", {FEES: Decimal("12.50")})) == {str(FEES)}
    assert str(document.report.inputs[FEES]) == "12.50"
    document.undo()
    assert str(document.report.inputs[FEES]) == "12.5"


@pytest.mark.parametrize(
    ("address", "value"),
    [
        (Address(Part.INPUT, GRANTED_TOTAL), 1),
        (Address(Part.INPUT, cell("requests.granted.nobody")), 1),
        (Address(Part.INPUT, "requests.granted.business"), 1),
        (Address(Part.INPUT), {}),
        (Address(Part.INPUT, GRANTED), "68"),
        (Address(Part.INPUT, GRANTED), True),
        (Address(Part.INPUT, GRANTED), 68.0),
        (Address(Part.INPUT, GRANTED), Decimal(68)),
        (Address(Part.INPUT, GRANTED), -1),
        (Address(Part.INPUT, GRANTED), 1_000_000_000),
        (Address(Part.INPUT, FEES), 12),
        (Address(Part.INPUT, FEES), 12.5),
        (Address(Part.INPUT, FEES), "12.5"),
        (Address(Part.INPUT, FEES), Decimal("-1")),
        (Address(Part.INPUT, FEES), Decimal("-0")),
        (Address(Part.INPUT, FEES), Decimal("NaN")),
        (Address(Part.INPUT, FEES), Decimal("sNaN")),
        (Address(Part.INPUT, FEES), Decimal("Infinity")),
        (Address(Part.INPUT, FEES), Decimal("1E+3")),
        (Address(Part.INPUT, FEES), Decimal("1E+999999")),
        (Address(Part.INPUT, FEES), Decimal("0.0000001")),
        (Address(Part.INPUT, FEES), Decimal("1000000000000")),
        (Address(Part.STATED, GRANTED), 1),
        (Address(Part.STATED, GRANTED_TOTAL), -(10**30)),
        (Address(Part.STATED, GRANTED_TOTAL), "64"),
        (Address(Part.STATED), {}),
        (Address(Part.TEXT, "summary"), "x"),
        (Address(Part.TEXT, "requests"), "x"),
        (Address(Part.TEXT), {}),
        (Address(Part.TEXT, "overview"), None),
        (Address(Part.TEXT, "overview"), 5),
        (Address(Part.LOCK, GRANTED_TOTAL), {}),
        (Address(Part.LOCK, GRANTED), "yes"),
        (Address(Part.UNIT_NAME), None),
        (Address(Part.UNIT_NAME, "x"), "x"),
        (Address(Part.UNIT_LEVEL), "县"),
        (Address(Part.UNIT_LEVEL), ""),
        (Address(Part.YEAR), "2021"),
        (Address(Part.YEAR), 21),
        (Address(Part.YEAR), True),
        (Address(Part.YEAR, "x"), 2021),
        (Address(Part.PREVIOUS), {}),
        (Address(Part.NOTES), [Note("x", (), (), "因", "")]),
        (Address(Part.NOTES), ("x",)),
    ],
)
def test_what_no_report_file_could_hold_is_refused_and_nothing_changes(
    document: Document, address: Address, value: object
) -> None:
    before = document.report
    with pytest.raises(ValueError, match=r"no such place|cannot hold"):
        document.apply("改", {Address(Part.UNIT_NAME): "某局", address: value})
    assert document.report is before
    assert not document.is_modified


@pytest.mark.parametrize(
    ("address", "value", "blank"),
    [
        (Address(Part.INPUT, GRANTED), 999_999_999, None),
        (Address(Part.INPUT, FEES), Decimal("999999999999.999999"), None),
        (Address(Part.STATED, GRANTED_TOTAL), 64, None),
        (Address(Part.TEXT, "other"), "无", ""),
        (Address(Part.LOCK, GRANTED), {}, None),
        (Address(Part.UNIT_NAME), "某局", ""),
        (Address(Part.UNIT_LEVEL), "部门", None),
        (Address(Part.YEAR), 2023, None),
        (Address(Part.PREVIOUS), Previous("2021", 2022, {}), None),
        (Address(Part.NOTES), (Note("x", (), (), "因", ""),), ()),
    ],
)
def test_every_part_can_be_set_blanked_and_undone(
    document: Document, address: Address, value: object, blank: object
) -> None:
    empty = document.report
    document.apply("填", {address: value})
    filled = document.report
    assert filled != empty
    document.apply("清", {address: blank})
    assert document.report == empty
    document.undo()
    assert document.report == filled
    document.undo()
    assert document.report == empty
    document.redo()
    assert document.report == filled
