"""Numbers as documents print them: one grammar for all readers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.printed_numbers import numbers_in, read_printed_number
from model.cells import CellId, Value, format_value

CELL = CellId("a", "b", "c")


@given(st.none() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_every_value_is_read_as_it_is_printed(value: Value) -> None:
    assert read_printed_number(f" {format_value(value)} ") == value


def test_an_amount_keeps_its_decimals() -> None:
    assert str(read_printed_number("-12.50")) == "-12.50"
    assert isinstance(read_printed_number("12"), int)
    assert isinstance(read_printed_number("12.0"), Decimal)


@pytest.mark.parametrize(
    "text",
    ["68件", "1,234", "+1", "--1", "- 1", "1e3", "1E3", "一", "1.", ".5", "１２", "68 68", "NaN", "Infinity"],
)
def test_what_is_no_plain_number_is_left_out(text: str) -> None:
    with pytest.raises(ValueError, match="not a printed number"):
        read_printed_number(text)
    assert numbers_in([(CELL, text)]) == {}


def test_a_blank_is_a_value() -> None:
    assert numbers_in([(CELL, " ")]) == {CELL: None}
