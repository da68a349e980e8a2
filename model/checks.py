"""Run a form's checks and rules over a report and word what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from model.cells import CellId, format_value
from model.engine import Sheet, add_up, evaluate
from model.findings import Finding
from model.forms import Check, Form, Severity, Term
from model.report import Report
from model.rules import RULES, Subject

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_SIGNS = {"=": "≠", "<=": ">"}


def review(form: Form, report: Report) -> tuple[Finding, ...]:
    """Return every finding on a report: of its cells and of its texts, the gravest first."""
    return merge(review_cells(form, report, evaluate(form, report.inputs)), review_texts(form, report))


def review_cells(form: Form, report: Report, sheet: Sheet) -> tuple[Finding, ...]:
    """Return the findings on figures and cover data; fast enough to run after each edit."""
    compared = tuple(_compare(form, report, sheet))
    ruled = _apply_rules(Subject(form, report, sheet, compared), of_text=False)
    return merge(_with_notes(report, (*compared, *ruled)))


def review_texts(form: Form, report: Report) -> tuple[Finding, ...]:
    """Return the findings on the text sections; to be run when typing rests."""
    subject = Subject(form, report, {}, ())
    return merge(_with_notes(report, _apply_rules(subject, of_text=True)))


def merge(*parts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in one list: 强制, 核实, 提示, each in the order in which they were made."""
    return tuple(sorted((finding for part in parts for finding in part), key=_rank))


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(finding.severity is severity for finding in findings)


def _rank(finding: Finding) -> int:
    return _ORDER[finding.severity]


def _compare(form: Form, report: Report, sheet: Sheet) -> Iterator[Finding]:
    for check in form.checks:
        stated = report.stated.get(check.right[0].cell) if check.stated else None
        blank = any(sheet[cell] is None for cell in check.skip_if_blank)
        if blank or (check.stated and stated is None):
            continue
        left = add_up(sheet, check.left)
        right = add_up(sheet, check.right) if stated is None else stated
        if not _holds(left, check.relation, right):
            shown = {**sheet, check.right[0].cell: right} if check.stated else sheet
            yield _describe(form, check, shown, left, right)


def _holds(left: int | Decimal, relation: str, right: int | Decimal) -> bool:
    return left == right if relation == "=" else left <= right


def _describe(
    form: Form, check: Check, shown: Sheet, expected: int | Decimal, actual: int | Decimal
) -> Finding:
    difference = actual - expected
    numbers = {"expected": expected, "actual": actual, "difference": difference}
    texts = {name: format_value(number) for name, number in numbers.items()}
    return Finding(
        code=check.code,
        severity=check.severity,
        message=check.message.format(**check.names, **texts),
        basis=check.basis,
        left=tuple(term.cell for term in check.left),
        right=tuple(term.cell for term in check.right),
        values=tuple(shown[cell] for cell in check.cells),
        expected=expected,
        actual=actual,
        difference=difference,
        formula=_formula(form, check, shown, expected, actual),
    )


def _formula(form: Form, check: Check, shown: Sheet, expected: int | Decimal, actual: int | Decimal) -> str:
    """Return both sides with their numbers: 一.新收 68 + 二.上年结转 空 = 68 ≠ 64 = …，相差 -4."""
    left, right = _side(form, check.left, check.cells, shown), _side(form, check.right, check.cells, shown)
    if len(check.left) > 1:
        left = f"{left} = {format_value(expected)}"
    if len(check.right) > 1:
        right = f"{format_value(actual)} = {right}"
    return f"{left} {_SIGNS[check.relation]} {right}，相差 {format_value(actual - expected)}"


def _side(form: Form, terms: Sequence[Term], among: Sequence[CellId], shown: Sheet) -> str:
    """Return the terms of one side; cells of one row are told apart by column, others by row."""
    one_row = len({cell.row for cell in among}) == 1
    parts: list[str] = []
    for term in terms:
        name = form.column(term.cell).name if one_row else form.row(term.cell).name
        sign = "" if not parts and term.sign > 0 else "+ " if term.sign > 0 else "- "
        value = shown[term.cell]
        parts.append(f"{sign}{name} {'空' if value is None else format_value(value)}")
    return " ".join(parts)


def _apply_rules(subject: Subject, *, of_text: bool) -> Iterator[Finding]:
    for rule in subject.form.rules:
        function = RULES[rule.function]
        if function.of_text is of_text:
            yield from function.run(subject, rule)


def _with_notes(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Join each finding with the reason given for its code, cells and values."""
    notes = {(note.code, note.cells, note.values): note.text for note in report.notes}
    for finding in findings:
        text = notes.get((finding.code, finding.cells, finding.values), "")
        yield replace(finding, note=text) if text else finding
