"""A plain reading of the 40 强制 identities, independent of the program, and reports to try it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from model.cells import Value
from model.findings import Finding
from model.forms import Severity
from tests.model import official
from tests.model.builders import MONEY, computed, zeros


@dataclass(frozen=True)
class Expected:
    """What a finding on an identity must say."""

    cells: tuple[str, ...]
    expected: int
    actual: int
    difference: int


def failing(given: Mapping[str, Value], stated: Mapping[str, Value]) -> dict[str, Expected]:
    """Return the identities that do not hold, by code."""
    totals = computed(given)
    found: dict[str, Expected] = {}
    for code, (left, right) in official.identities().items():
        expected = sum(int(totals.get(name, given.get(name)) or 0) for name in left)
        if code.startswith("balance."):
            actual = sum(int(totals.get(name, given.get(name)) or 0) for name in right)
        else:
            told = stated.get(right[0])
            if told is None:
                continue
            actual = int(told)
        if expected != actual:
            found[code] = Expected((*left, *right), expected, actual, actual - expected)
    return found


def errors(findings: tuple[Finding, ...]) -> dict[str, Expected]:
    """Return what the program found of severity 强制, in the same shape."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert len({finding.code for finding in errors}) == len(errors)
    return {
        finding.code: Expected(
            tuple(str(cell) for cell in finding.cells),
            finding.expected,  # type: ignore[arg-type]
            finding.actual,  # type: ignore[arg-type]
            finding.difference,  # type: ignore[arg-type]
        )
        for finding in errors
    }


def mentioning(name: str) -> set[str]:
    """Return the identities that change when one input changes, worked out by hand."""
    table, row, column = name.split(".")
    if table == "disclosure":
        return set()
    if table == "review":
        return {f"group_total.{column.rpartition('_')[0]}"}
    codes = {f"balance.{column}", f"row_total.{row}"}
    if row in official.RESULT_ROWS:
        codes |= {f"column_total.{column}", "grand_total"}
    return codes


@st.composite
def balanced_sheets(draw: st.DrawFn) -> dict[str, Value]:
    """Draw inputs in which every identity holds: carried_out is what is left of the applications."""
    given = zeros()
    some = st.lists(st.integers(0, 3000), min_size=21, max_size=21)
    for column in official.APPLICANTS:
        results = draw(some)
        given |= {f"requests.{row}.{column}": n for row, n in zip(official.RESULT_ROWS, results, strict=True)}
        carried_out = draw(st.integers(0, 50))
        carried_in = draw(st.integers(0, min(50, sum(results) + carried_out)))
        given[f"requests.carried_out.{column}"] = carried_out
        given[f"requests.carried_in.{column}"] = carried_in
        given[f"requests.received.{column}"] = sum(results) + carried_out - carried_in
    for name in given:
        if name.startswith("review.") or (name.startswith("disclosure.") and name != MONEY):
            given[name] = draw(st.integers(0, 99))
    return given
