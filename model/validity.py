"""What each place of a report can hold: just what a report file can, so that every report can be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeGuard

from model.cells import CellId, Kind
from model.forms import Form
from model.report import Address, Note, Part, Previous

MOST_COUNT = 999_999_999
MOST_MONEY_DIGITS = 12
MOST_MONEY_DECIMALS = 6
YEARS = range(1900, 10_000)


def is_count(value: object) -> TypeGuard[int]:
    """Tell whether a value is a whole number that a cell can hold; true is none."""
    return type(value) is int and 0 <= value <= MOST_COUNT


def is_amount(value: object) -> TypeGuard[Decimal]:
    """Tell whether a value is an amount as a file spells it: no sign, no exponent, no more digits."""
    if not isinstance(value, Decimal) or not value.is_finite() or value.is_signed():
        return False
    exponent = value.as_tuple().exponent
    spelled = isinstance(exponent, int) and -MOST_MONEY_DECIMALS <= exponent <= 0
    return spelled and value < 10**MOST_MONEY_DIGITS


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


def can_hold(form: Form, cell: CellId, value: object) -> bool:
    """Tell whether a cell can hold a value that is not blank: a count or an amount, as its kind asks for."""
    return is_count(value) if form.kind(cell) is Kind.COUNT else is_amount(value)


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
