"""Run a form's checks and rules over a report and word what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from model.catalogue import load_form
from model.causes import link
from model.cells import CellId, Value, format_value
from model.engine import Sheet, evaluate
from model.findings import Equation, Finding
from model.forms import Check, Form, Severity, Term
from model.reasons import explains, refuse_reason
from model.report import Note, Previous, Report
from model.rules import RULES, Subject

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def review(form: Form, report: Report) -> tuple[Finding, ...]:
    """Return every finding on a report: of its cells and of its texts, the gravest first."""
    return merge(review_cells(form, report, evaluate(form, report.inputs)), review_texts(form, report))


def review_cells(form: Form, report: Report, sheet: Sheet) -> tuple[Finding, ...]:
    """Return the findings on figures and cover data; fast enough to run after each edit."""
    previous = last_years_sheet(report)
    compared = tuple(_compare(_Figures(form, sheet, previous, report.stated)))
    ruled = _apply_rules(Subject(form, report, sheet, previous, compared), of_text=False)
    return merge(_with_notes(report, link(form, sheet, (*compared, *ruled))))


def review_texts(form: Form, report: Report) -> tuple[Finding, ...]:
    """Return the findings on the text sections; to be run when typing rests."""
    subject = Subject(form, report, {}, {}, ())
    return merge(_with_notes(report, _apply_rules(subject, of_text=True)))


def merge(*parts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in one list: 强制, 核实, 提示, each in the order in which they were made."""
    return tuple(sorted((finding for part in parts for finding in part), key=_rank))


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(finding.severity is severity for finding in findings)


def _rank(finding: Finding) -> int:
    return _ORDER[finding.severity]


class _Figures(NamedTuple):
    """The values that the terms of a check stand for."""

    form: Form
    sheet: Sheet
    previous: Sheet
    """Last year's values; empty where the report has none of the year before."""
    stated: Mapping[CellId, Value]

    def value(self, term: Term) -> Value:
        """Return a term's value as the check means it: this year's or last year's, computed."""
        return (self.previous if term.of_previous else self.sheet)[term.cell]

    def equate(self, check: Check) -> Equation:
        """Return both sides of a check with the values of their terms; a blank counts as 0."""
        left = tuple(self.value(term) for term in check.left)
        right = tuple(self.stated[term.cell] if check.stated else self.value(term) for term in check.right)
        return Equation(check, left, right, _add_up(check.left, left), _add_up(check.right, right))

    def can_judge(self, check: Check) -> bool:
        """Tell whether there is something to compare: blanks and absent stated totals claim nothing."""
        if check.stated:
            return self.stated.get(check.right[0].cell) is not None
        terms = check.left + check.right
        if not all(term.cell in self.previous for term in terms if term.of_previous):
            return False
        return all(self.value(term) is not None for term in check.skip_if_blank)


def _compare(figures: _Figures) -> Iterator[Finding]:
    for check in figures.form.checks:
        if figures.can_judge(check):
            equation = figures.equate(check)
            if not _holds(equation.expected, check.relation, equation.actual):
                yield _describe(equation)


def _add_up(terms: Iterable[Term], values: Iterable[Value]) -> int | Decimal:
    return sum((term.sign * (value or 0) for term, value in zip(terms, values, strict=True)), start=0)


def _holds(left: int | Decimal, relation: str, right: int | Decimal) -> bool:
    return left == right if relation == "=" else left <= right


def _describe(equation: Equation) -> Finding:
    check = equation.check
    difference = equation.actual - equation.expected
    numbers = {"expected": equation.expected, "actual": equation.actual, "difference": difference}
    texts = {name: format_value(number) for name, number in numbers.items()}
    if all(value is None for value in equation.right):
        texts["actual"] = "空白"
    left, right = (
        [(term.cell, value) for term, value in zip(terms, values, strict=True) if not term.of_previous]
        for terms, values in ((check.left, equation.left), (check.right, equation.right))
    )
    return Finding(
        code=check.code,
        severity=check.severity,
        message=check.message.format(**check.names, **texts),
        basis=check.basis,
        left=tuple(cell for cell, _ in left),
        right=tuple(cell for cell, _ in right),
        values=tuple(value for _, value in left + right),
        previous=_last_years(equation),
        expected=equation.expected,
        actual=equation.actual,
        difference=difference,
        equation=equation,
    )


def _last_years(equation: Equation) -> Mapping[CellId, Value]:
    """Return last year's values that a check holds this year's against."""
    terms = (*equation.check.left, *equation.check.right)
    values = (*equation.left, *equation.right)
    return {term.cell: value for term, value in zip(terms, values, strict=True) if term.of_previous}


def last_years_sheet(report: Report) -> Sheet:
    """Return last year's values; empty where the report has none, or not of the year before."""
    previous = report.previous
    if previous is None or report.year not in (None, previous.year + 1):
        return {}
    return _evaluate_previous(previous)


def _evaluate_previous(previous: Previous) -> Sheet:
    """Return the sheet of last year's figures, the very ones that were asked for last only looked up."""
    global _last_evaluated
    known, sheet = _last_evaluated
    if known is not previous:
        sheet = evaluate(load_form(previous.form), previous.inputs)
        _last_evaluated = (previous, sheet)
    return sheet


_last_evaluated: tuple[Previous | None, Sheet] = (None, {})
"""Each edit asks for last year's values several times, and none changes them."""


def _apply_rules(subject: Subject, *, of_text: bool) -> Iterator[Finding]:
    for rule in subject.form.rules:
        function = RULES[rule.function]
        if function.of_text is of_text:
            yield from function.run(subject, rule)


def _with_notes(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Join each finding with the reason given for it, if that says anything."""
    notes: dict[tuple[str, tuple[CellId, ...]], list[Note]] = {}
    for note in report.notes:
        if refuse_reason(note.text) is None:
            notes.setdefault((note.code, note.cells), []).append(note)
    for finding in findings:
        given = notes.get((finding.code, finding.cells), []) if finding.explainable else []
        texts = [note.text for note in given if explains(note, finding)]
        yield replace(finding, note=texts[-1]) if texts else finding
