"""Likely causes of a finding: a number in which digits were swapped, torn off or doubled."""

from __future__ import annotations

import pytest

from model.catalogue import load_form
from model.cells import Value
from model.checks import review
from model.digit_slips import likely_cause
from model.engine import evaluate
from tests.model.builders import report

FORM = load_form("2021")
RECEIVED, GRANTED = "requests.received.natural_person", "requests.granted.natural_person"


def cause(code: str, given: dict[str, Value], stated: dict[str, Value] | None = None) -> str:
    made = report(given, stated=stated or {})
    finding = next(finding for finding in review(FORM, made) if finding.code == code)
    return likely_cause(FORM, made, evaluate(FORM, made.inputs), finding)


@pytest.mark.parametrize(
    ("written", "kind"),
    [(86, "两位数字颠倒"), (6, "少了一位数字"), (680, "多了一位数字"), (668, "多了一位数字")],
)
def test_a_slip_in_a_total_that_the_source_printed_is_named(written: int, kind: str) -> None:
    text = cause("row_total.granted", {RECEIVED: 68, GRANTED: 68}, {"requests.granted.total": written})
    assert f"“（一）予以公开·总计”的 {written} 可能应是 68（{kind}）" in text


@pytest.mark.parametrize("written", [67, 70, 6800, 8])
def test_what_is_no_slip_is_not_named(written: int) -> None:
    stated: dict[str, Value] = {"requests.granted.total": written}
    text = cause("row_total.granted", {RECEIVED: 68, GRANTED: 68}, stated)
    assert bool(text) is (written == 8)


def test_a_slip_in_an_input_is_named_on_either_side() -> None:
    text = cause("balance.natural_person", {RECEIVED: 1728, GRANTED: 128})
    assert text == (
        "“一.新收·自然人”的 1728 可能应是 128（多了一位数字），"
        "或者“（一）予以公开·自然人”的 128 可能应是 1728（少了一位数字）。请与原始材料核对。"
    )


def test_chance_among_many_or_short_numbers_names_nothing() -> None:
    assert cause("balance.natural_person", {RECEIVED: 12, GRANTED: 1}) == ""
    rows = ("refused_state_secret", "refused_other_law", "refused_inquiry")
    many = {f"requests.{row}.natural_person": 12 for row in rows}
    assert cause("balance.natural_person", {RECEIVED: 45, **many}) == ""


def test_a_finding_without_an_equation_has_no_likely_cause() -> None:
    assert cause("blank.requests", {RECEIVED: 1}) == ""
