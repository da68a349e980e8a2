"""Compare a number with last year's: the difference and the growth in percent. Pure and exact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from model.cells import Value, format_value


class Growth(NamedTuple):
    """Last year's number, the difference to it and the growth, as texts; empty where unknown."""

    last: str
    difference: str
    percent: str


def growth(value: Value, last: Value) -> Growth:
    """Return how a number compares with last year's; a blank says nothing, growth from 0 is no number."""
    if last is None or value is None:
        return Growth(format_value(last), "", "")
    difference = value - last
    if not last:
        return Growth(format_value(last), _signed(difference), "—")
    percent = (Decimal(difference) * 100 / Decimal(last)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Growth(format_value(last), _signed(difference), f"{_signed(percent)}%")


def _signed(number: int | Decimal) -> str:
    text = format_value(number)
    return f"+{text}" if number > 0 else text
