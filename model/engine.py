"""Evaluate a report: every total, in full, after each edit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from model.cells import CellId, Kind, Value
from model.forms import Form, Term

Sheet: TypeAlias = Mapping[CellId, Value]
"""The value of every cell of a form, totals included. Totals are never blank."""


def evaluate(form: Form, inputs: Mapping[CellId, Value]) -> Sheet:
    """Return the values of all cells: the inputs as they are, the totals computed (blank counts as 0)."""
    sheet: dict[CellId, Value] = {cell: inputs.get(cell) for cell in form.inputs}
    for total in form.totals:
        value = add_up(sheet, total.terms)
        sheet[total.cell] = Decimal(value) if form.kind(total.cell) is Kind.MONEY else value
    return {cell: sheet[cell] for cell in form.cells}


def add_up(sheet: Sheet, terms: Iterable[Term]) -> int | Decimal:
    """Return the signed sum of some cells; a blank cell counts as 0."""
    result: int | Decimal = 0
    for cell, sign in ((term.cell, term.sign) for term in terms):
        result += sign * (sheet[cell] or 0)
    return result


def suggest(form: Form, sheet: Sheet, previous: Sheet) -> Mapping[CellId, Value]:
    """Return what blank inputs are likely to be, where enough is known to say.

    ``previous`` holds last year's values, empty where there are none. Nothing is suggested from
    blanks and computed zeros alone, nor a sum below 0.
    """
    blank = (suggestion for suggestion in form.suggestions if sheet[suggestion.cell] is None)
    likely = {suggestion.cell: _likely(suggestion.terms, sheet, previous) for suggestion in blank}
    return {cell: value for cell, value in likely.items() if value is not None and value >= 0}


def _likely(terms: Iterable[Term], sheet: Sheet, previous: Sheet) -> int | Decimal | None:
    total: int | Decimal = 0
    unknown = known = False
    for term in terms:
        value = (previous if term.of_previous else sheet).get(term.cell)
        if value is None and term.of_previous:
            return None
        unknown |= value is None
        known |= bool(value)
        total += term.sign * (value or 0)
    return total if known or not unknown else None
