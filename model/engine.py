"""Evaluate a report: every total, in full, after each edit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from model.cells import CellId, Value
from model.forms import Form, Term

Sheet: TypeAlias = Mapping[CellId, Value]
"""The value of every cell of a form, totals included. Totals are never blank."""


def evaluate(form: Form, inputs: Mapping[CellId, Value]) -> Sheet:
    """Return the values of all cells: the inputs as they are, the totals computed (blank counts as 0)."""
    sheet: dict[CellId, Value] = {cell: inputs.get(cell) for cell in form.inputs}
    for total in form.totals:
        sheet[total.cell] = add_up(sheet, total.terms)
    return {cell: sheet[cell] for cell in form.cells}


def add_up(sheet: Sheet, terms: Iterable[Term]) -> int | Decimal:
    """Return the signed sum of some cells; a blank cell counts as 0."""
    result: int | Decimal = 0
    for cell, sign in ((term.cell, term.sign) for term in terms):
        result += sign * (sheet[cell] or 0)
    return result
