"""What cells can hold: inputs within the limits of typing, totals whatever inputs add up to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from model.cells import CellId
from model.forms import Form
from model.report import Address, Note, Part
from model.storage import load, save
from model.validity import can_hold, require_valid
from tests.model import builders

TOTAL = CellId("requests", "granted", "total")
INPUT = CellId("requests", "granted", "natural_person")
MONEY = builders.cell(builders.MONEY)


@pytest.mark.parametrize("value", [-1, 10**9, -(10**12), 10**30 - 1])
def test_a_total_can_hold_what_no_input_can(form: Form, value: int) -> None:
    assert can_hold(form, TOTAL, value)
    assert not can_hold(form, INPUT, value)


@pytest.mark.parametrize("value", [10**30, True, 1.0, "1", Decimal(1)])
def test_nothing_else_is_a_count(form: Form, value: object) -> None:
    assert not can_hold(form, TOTAL, value)
    assert not can_hold(form, INPUT, value)


@pytest.mark.parametrize("value", ["-1", "-0", "1E+3", "0.0000001", "1000000000000", "NaN", "Infinity"])
def test_an_amount_is_typed_without_sign_exponent_or_more_digits(form: Form, value: str) -> None:
    assert not can_hold(form, MONEY, Decimal(value))
    assert can_hold(form, MONEY, Decimal("999999999999.999999"))
    assert not can_hold(form, MONEY, 1)


def test_a_total_below_zero_is_saved_and_read_again(form: Form, tmp_path: Path) -> None:
    require_valid(form, Address(Part.STATED, TOTAL), -5)
    note = Note("row_total.granted", (TOTAL, INPUT), (-7, 3), "理由", "")
    report = builders.report(stated={str(TOTAL): -5}, notes=(note,))
    path = tmp_path / "年报.xxgk"
    save(report, path, None)
    assert load(path) == report
