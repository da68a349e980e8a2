"""What each place of a report can hold: just what a report file can, so that every report can be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeGuard

from model.cells import MOST_COUNT, MOST_MONEY_DECIMALS, MOST_MONEY_DIGITS, CellId, Kind
from model.forms import Form
from model.report import Address, Note, Part, Previous

YEARS = range(1900, 10_000)

_MOST_SUM = 10**30
"""No sum of inputs of a form comes near it, and more digits no file can hold."""


def can_hold(form: Form, cell: CellId, value: object) -> TypeGuard[int | Decimal]:
    """Tell whether a cell can hold a value that is not blank.

    Inputs are not negative and have no more digits than may be typed. A computed cell, whose value a
    source states or a note remembers, can hold any sum of inputs: also one below 0, or above them all.
    """
    is_total = form.is_total(cell)
    if form.kind(cell) is Kind.COUNT:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return _is_within(value, MOST_COUNT + 1, is_total)
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    return _is_spelled(value) and _is_within(value, 10**MOST_MONEY_DIGITS, is_total)


def _is_within(value: int | Decimal, limit: int, is_total: bool) -> bool:
    if is_total:
        return -_MOST_SUM < value < _MOST_SUM
    return not Decimal(value).is_signed() and value < limit


def _is_spelled(value: Decimal) -> bool:
    """Tell whether a file can spell an amount: without exponent, with few enough decimals."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -MOST_MONEY_DECIMALS <= exponent <= 0


def is_year(value: object) -> TypeGuard[int]:
    """Tell whether a value is a year of four digits."""
    return type(value) is int and value in YEARS


def require_valid(form: Form, address: Address, value: object) -> None:
    """Raise ValueError for a place that a report of this form does not have, or cannot hold the value."""
    if not _is_place(form, address):
        raise ValueError(f"no such place: {address}")
    if not _HOLDS[address.part](form, address, value):
        raise ValueError(f"{address} cannot hold {value!r:.80}")


def _is_place(form: Form, address: Address) -> bool:
    match address.part:
        case Part.INPUT | Part.LOCK:
            return (
                isinstance(address.key, CellId) and form.has(address.key) and not form.is_total(address.key)
            )
        case Part.STATED:
            return isinstance(address.key, CellId) and form.is_total(address.key)
        case Part.TEXT:
            return address.key in {section.id for section in form.text_sections}
        case _:
            return address.key is None


def _is_value(form: Form, address: Address, value: object) -> bool:
    return value is None or (isinstance(address.key, CellId) and can_hold(form, address.key, value))


_HOLDS: Mapping[Part, Callable[[Form, Address, object], bool]] = {
    Part.INPUT: _is_value,
    Part.STATED: _is_value,
    Part.TEXT: lambda _form, _address, value: isinstance(value, str),
    Part.LOCK: lambda _form, _address, value: value is None or isinstance(value, Mapping),
    Part.UNIT_NAME: lambda _form, _address, value: isinstance(value, str),
    Part.UNIT_LEVEL: lambda form, _address, value: value is None or value in form.levels,
    Part.YEAR: lambda _form, _address, value: value is None or is_year(value),
    Part.PREVIOUS: lambda _form, _address, value: value is None or isinstance(value, Previous),
    Part.NOTES: lambda _form, _address, value: (
        isinstance(value, tuple) and all(isinstance(note, Note) for note in value)
    ),
}
