"""Every edition there is: each of its checks is able to pass and able to fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.catalogue import form_ids, load_form
from model.cells import CellId, Value
from model.checks import review
from model.engine import evaluate
from model.forms import Check, Form, Term
from model.report import Previous, Report

CHECKS = [(id_, check.code) for id_ in form_ids() for check in load_form(id_).checks]


def all_zero(form: Form) -> Report:
    """Return a report in which every input and every input of last year is 0."""
    zero: dict[CellId, Value] = dict.fromkeys(form.inputs, 0)
    year = form.first_year + 1
    return Report(form.id, year, inputs=zero, previous=Previous(form.id, year - 1, zero))


def leaf(form: Form, cell: CellId) -> CellId:
    """Return an input that a cell grows with: the cell itself, or one that its total adds."""
    if not form.is_total(cell):
        return cell
    return leaf(form, next(term.cell for term in form.total_of[cell].terms if term.sign > 0))


def disturb(form: Form, report: Report, check: Check) -> Report:
    """Return the report with one more on the left side, or a stated total that is one too high."""
    if check.stated:
        [term] = check.right
        computed = evaluate(form, report.inputs)[term.cell] or 0
        return replace(report, stated={term.cell: computed + 1})
    return raised(form, report, next(term for term in check.left if term.sign > 0))


def raised(form: Form, report: Report, term: Term) -> Report:
    cell = leaf(form, term.cell)
    if not term.of_previous:
        return replace(report, inputs={**report.inputs, cell: 1})
    assert report.previous is not None
    return replace(report, previous=replace(report.previous, inputs={**report.previous.inputs, cell: 1}))


def codes(form: Form, report: Report) -> set[str]:
    return {finding.code for finding in review(form, report)}


@pytest.mark.parametrize(("edition", "code"), CHECKS)
def test_each_check_passes_and_fails(edition: str, code: str) -> None:
    form = load_form(edition)
    [check] = [check for check in form.checks if check.code == code]
    report = all_zero(form)
    stated = replace(report, stated={total.cell: 0 for total in form.totals})
    assert code not in codes(form, stated)
    assert code in codes(form, disturb(form, report, check))
