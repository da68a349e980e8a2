"""Run a form's checks and rules over a report and word what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from model.catalogue import load_form
from model.cells import CellId, Value, format_value
from model.engine import Sheet, evaluate
from model.findings import Finding
from model.forms import Check, Form, Severity, Term
from model.reasons import refuse_reason
from model.report import Report
from model.rules import RULES, Subject

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_SIGNS = {"=": "≠", "<=": ">"}


def review(form: Form, report: Report) -> tuple[Finding, ...]:
    """Return every finding on a report: of its cells and of its texts, the gravest first."""
    return merge(review_cells(form, report, evaluate(form, report.inputs)), review_texts(form, report))


def review_cells(form: Form, report: Report, sheet: Sheet) -> tuple[Finding, ...]:
    """Return the findings on figures and cover data; fast enough to run after each edit."""
    previous = last_years_sheet(report)
    compared = tuple(_compare(_Figures(form, sheet, previous, report.stated)))
    ruled = _apply_rules(Subject(form, report, sheet, previous, compared), of_text=False)
    return merge(_with_notes(report, (*compared, *ruled)))


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


@dataclass(frozen=True)
class _Figures:
    """The values that the terms of a check stand for."""

    form: Form
    sheet: Sheet
    previous: Sheet
    """Last year's values; empty where the report has none of the year before."""
    stated: Mapping[CellId, Value]

    def value(self, term: Term) -> Value:
        """Return a term's value as the check means it: this year's or last year's, computed."""
        return (self.previous if term.of_previous else self.sheet)[term.cell]

    def add_up(self, terms: Iterable[Term]) -> int | Decimal:
        """Return the signed sum of some terms; a blank counts as 0."""
        return sum((term.sign * (self.value(term) or 0) for term in terms), start=0)

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
            seen = _as_stated(figures, check)
            left, right = figures.add_up(check.left), seen.add_up(check.right)
            if not _holds(left, check.relation, right):
                yield _describe(seen, check, left, right)


def _as_stated(figures: _Figures, check: Check) -> _Figures:
    """Return the figures with the stated total in its place, where the check looks at one."""
    if not check.stated:
        return figures
    cell = check.right[0].cell
    return replace(figures, sheet={**figures.sheet, cell: figures.stated[cell]})


def _holds(left: int | Decimal, relation: str, right: int | Decimal) -> bool:
    return left == right if relation == "=" else left <= right


def _describe(figures: _Figures, check: Check, expected: int | Decimal, actual: int | Decimal) -> Finding:
    difference = actual - expected
    numbers = {"expected": expected, "actual": actual, "difference": difference}
    texts = {name: format_value(number) for name, number in numbers.items()}
    left, right = ([term.cell for term in side if not term.of_previous] for side in (check.left, check.right))
    return Finding(
        code=check.code,
        severity=check.severity,
        message=check.message.format(**check.names, **texts),
        basis=check.basis,
        left=tuple(left),
        right=tuple(right),
        values=tuple(figures.sheet[cell] for cell in left + right),
        expected=expected,
        actual=actual,
        difference=difference,
        formula=_formula(figures, check, texts),
    )


def _formula(figures: _Figures, check: Check, numbers: Mapping[str, str]) -> str:
    """Return both sides with their numbers: 一.新收 68 + 二.上年结转 空 = 68 ≠ 64 = …，相差 -4."""
    one_row = len({term.cell.row for term in check.left + check.right}) == 1
    left, right = (_side(figures, side, by_column=one_row) for side in (check.left, check.right))
    if len(check.left) > 1:
        left = f"{left} = {numbers['expected']}"
    if len(check.right) > 1:
        right = f"{numbers['actual']} = {right}"
    return f"{left} {_SIGNS[check.relation]} {right}，相差 {numbers['difference']}"


def _side(figures: _Figures, terms: Sequence[Term], *, by_column: bool) -> str:
    """Return the terms of one side; cells of one row are told apart by column, others by row."""
    parts: list[str] = []
    for term in terms:
        place = figures.form.column(term.cell) if by_column else figures.form.row(term.cell)
        sign = "" if not parts and term.sign > 0 else "+ " if term.sign > 0 else "- "
        value = figures.value(term)
        year = "上年" if term.of_previous else ""
        parts.append(f"{sign}{year}{place.name} {'空' if value is None else format_value(value)}")
    return " ".join(parts)


def last_years_sheet(report: Report) -> Sheet:
    """Return last year's values; empty where the report has none, or not of the year before."""
    previous = report.previous
    if previous is None or report.year not in (None, previous.year + 1):
        return {}
    return evaluate(load_form(previous.form), previous.inputs)


def _apply_rules(subject: Subject, *, of_text: bool) -> Iterator[Finding]:
    for rule in subject.form.rules:
        function = RULES[rule.function]
        if function.of_text is of_text:
            yield from function.run(subject, rule)


def _with_notes(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Join each finding with the reason given for its code, cells and values, if it says anything."""
    notes = {
        (note.code, note.cells, note.values): note.text
        for note in report.notes
        if refuse_reason(note.text) is None
    }
    for finding in findings:
        text = notes.get((finding.code, finding.cells, finding.values), "")
        yield replace(finding, note=text) if text else finding
