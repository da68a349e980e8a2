"""Numbers that one slip of the hand explains: two digits swapped, a digit torn off or one too many. Pure.

They are named for the person to look at; nothing is mended by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from model.cells import CellId, Value
from model.engine import Sheet
from model.findings import Equation, Finding
from model.forms import Form
from model.report import Report

_MOST = 2
"""Where a slip in more numbers would explain a finding, none of them is likely."""
_FEWEST_DIGITS = 3
"""Of an input with the digit that it lacks; among shorter ones chance finds too many."""


class Slip(NamedTuple):
    """A number, what it would be without the slip, and what slipped."""

    cell: CellId
    written: int
    meant: int
    kind: str


def likely_cause(form: Form, report: Report, sheet: Sheet, finding: Finding) -> str:
    """Return in a sentence which numbers a slip may have changed; empty where nothing says so."""
    found = slips(form, report, sheet, finding)
    names = [f"“{form.describe_cell(slip.cell)}”的 {slip.written} 可能应是 {slip.meant}" for slip in found]
    parts = [f"{name}（{slip.kind}）" for name, slip in zip(names, found, strict=True)]
    return f"{'，或者'.join(parts)}。请与原始材料核对。" if parts else ""


def slips(form: Form, report: Report, sheet: Sheet, finding: Finding) -> tuple[Slip, ...]:
    """Return the numbers in any one of which a slip accounts for the whole of a finding."""
    equation = finding.equation
    if equation is None or equation.check.relation != "=":
        return ()
    found = tuple(_slips(form, report, sheet, equation))
    return found if len(found) <= _MOST else ()


def _slips(form: Form, report: Report, sheet: Sheet, equation: Equation) -> Iterator[Slip]:
    if equation.check.stated:
        total = equation.check.right[0].cell
        yield from _slip(total, report.stated.get(total), equation.expected, 2)
    difference = equation.actual - equation.expected
    for cell, weight in form.weights(equation.check).items():
        value = sheet[cell]
        if value is not None and abs(weight) == 1:
            yield from _slip(cell, value, value - weight * difference, _FEWEST_DIGITS)


def _slip(cell: CellId, written: Value, meant: Value, fewest_digits: int) -> Iterator[Slip]:
    if isinstance(written, int) and isinstance(meant, int) and written > 0 and meant > 0:
        kind = _kind(str(written), str(meant), fewest_digits)
        if kind:
            yield Slip(cell, written, meant, kind)


def _kind(written: str, meant: str, fewest_digits: int) -> str:
    if len(written) == len(meant):
        return "两位数字颠倒" if _is_swapped(written, meant) else ""
    longer, shorter = sorted((written, meant), key=len, reverse=True)
    if len(longer) < fewest_digits or not _lacks_one(longer, shorter):
        return ""
    return "少了一位数字" if written == shorter else "多了一位数字"


def _is_swapped(one: str, other: str) -> bool:
    return any(
        one[:place] + one[place + 1] + one[place] + one[place + 2 :] == other for place in range(len(one) - 1)
    )


def _lacks_one(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
