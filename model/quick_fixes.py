"""Corrections that a finding allows without doubt, each one undoable edit. Pure.

What is sure comes from the form: a computed total, a figure taken over from last year, a blank that the
printed rule fills, the one figure that can have slipped into another row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.carry_over import figures_taken_over
from model.cells import CellId, Value, format_value
from model.checks import last_years_sheet
from model.engine import Sheet, suggest
from model.findings import Equation, Finding
from model.forms import Form
from model.report import Address, Part, Report


@dataclass(frozen=True)
class Fix:
    """What a button says, what undo calls it, and the new values."""

    text: str
    label: str
    values: Mapping[Address, object]


def fixes(form: Form, report: Report, sheet: Sheet, finding: Finding) -> tuple[Fix, ...]:
    """Return what can be done at once about a finding, mostly nothing."""
    return tuple(_fixes(form, report, sheet, finding))


def _fixes(form: Form, report: Report, sheet: Sheet, finding: Finding) -> Iterator[Fix]:
    equation = finding.equation
    if equation is None:
        yield from _moves(
            form, report, sheet, [cells[-1] for cells in (finding.left, finding.right) if cells]
        )
        return
    if equation.check.stated:
        yield from _moves(form, report, sheet, _wrong_totals(form, report, sheet, equation.check.family))
        total = equation.check.right[0].cell
        text = f"采用计算的合计 {format_value(sheet[total])}"
        yield Fix(text, "采用计算的合计", {Address(Part.STATED, total): None})
    for verb, known in (("取上年数", _of_last_year(form, report)), ("填入推算的", _by_rule(form, sheet))):
        for cell in finding.cells:
            if cell in known and _mends(form, equation, cell, sheet[cell], known[cell]):
                text = f"{verb} {format_value(known[cell])}"
                yield Fix(text, verb, {Address(Part.INPUT, cell): known[cell]})


def _wrong_totals(form: Form, report: Report, sheet: Sheet, family: str) -> list[CellId]:
    """Return the totals that the source printed otherwise than they are, among the checks of a family."""
    totals = [check.right[0].cell for check in form.checks if check.family == family and check.stated]
    return [total for total in totals if report.stated.get(total, sheet[total]) not in (None, sheet[total])]


def _moves(form: Form, report: Report, sheet: Sheet, totals: list[CellId]) -> Iterator[Fix]:
    """Yield the move between two rows that mends both, where only one column can give what is to be moved."""
    if len(totals) != 2 or totals[0].column != totals[1].column:
        return
    if not all(total in report.stated for total in totals):
        return
    surplus = [(sheet[total] or 0) - (report.stated[total] or 0) for total in totals]
    amount = max(surplus)
    if amount <= 0 or surplus[0] != -surplus[1]:
        return
    source, target = sorted(totals, key=lambda total: surplus[totals.index(total)], reverse=True)
    givers = [term.cell for term in form.total_of[source].terms if (sheet[term.cell] or 0) >= amount]
    taker = givers[0]._replace(row=target.row) if len(givers) == 1 else None
    if taker is None or taker not in form.inputs:
        return
    column, row = form.column(taker).name, form.row(taker).name
    values = {givers[0]: (sheet[givers[0]] or 0) - amount, taker: (sheet[taker] or 0) + amount}
    yield Fix(
        f"把{column}的 {format_value(amount)} 移到“{row}”行",
        "移到另一行",
        {Address(Part.INPUT, cell): value for cell, value in values.items()},
    )


def _mends(form: Form, equation: Equation, cell: CellId, old: Value, new: Value) -> bool:
    """Tell whether a figure in the place of another makes both sides of a check equal."""
    weight = form.weights(equation.check).get(cell, 0)
    change = weight * ((new or 0) - (old or 0))
    return equation.check.relation == "=" and equation.actual - equation.expected + change == 0


def _of_last_year(form: Form, report: Report) -> Mapping[CellId, Value]:
    if report.previous is None or not last_years_sheet(report):
        return {}
    return figures_taken_over(form, report.previous)


def _by_rule(form: Form, sheet: Sheet) -> Mapping[CellId, Value]:
    """Return the blanks that this year's figures alone determine."""
    this_year = {
        suggestion.cell
        for suggestion in form.suggestions
        if not any(term.of_previous for term in suggestion.terms)
    }
    return {cell: value for cell, value in suggest(form, sheet, {}).items() if cell in this_year}
