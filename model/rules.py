"""The irregular checks, each a small function that the form's file names and gives its parameters.

A rule knows no id of the form by itself: cells, sections and words come from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from model.cells import CellId
from model.engine import Sheet
from model.findings import Finding
from model.forms import COVER, Aspect, Form, Rule
from model.merged_rows import undivided
from model.report import Report


class Subject(NamedTuple):
    """What a rule looks at: the report, its values and what the checks of cells found before."""

    form: Form
    report: Report
    sheet: Sheet
    previous: Sheet
    """Last year's values; empty where the report has none of the year before."""
    compared: Sequence[Finding]


class RuleFunction(NamedTuple):
    """A rule's function, the parameters it takes from the form's file and the fields of its message."""

    run: Callable[[Subject, Rule], Iterable[Finding]]
    parameters: tuple[str, ...]
    fields: tuple[str, ...]
    of_text: bool


_Run = Callable[[Subject, Rule], Iterable[Finding]]
_RULES: dict[str, RuleFunction] = {}
RULES: Mapping[str, RuleFunction] = _RULES
"""Every rule by the name the form's file calls it."""


def _rule(*parameters: str, fields: tuple[str, ...] = (), of_text: bool = False) -> Callable[[_Run], _Run]:
    def register(run: _Run) -> _Run:
        _RULES[run.__name__] = RuleFunction(run, parameters, fields, of_text)
        return run

    return register


def _finding(rule: Rule, fields: Mapping[str, object] | None = None, **places: object) -> Finding:
    message = rule.message.format(**(fields or {}))
    return Finding(rule.code, rule.severity, message, rule.basis, **places)  # type: ignore[arg-type]  # by name


# ---------------------------------------------------------------- cover data and file


@_rule()
def unit_missing(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a unit without a name."""
    if not subject.report.is_named:
        yield _finding(rule, section=COVER)


@_rule()
def year_missing(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a report without a year."""
    if subject.report.year is None:
        yield _finding(rule, section=COVER)


@_rule()
def modified_outside(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find that the checksum did not match the content when the file was opened."""
    if subject.report.modified_outside:
        yield _finding(rule, section=COVER, explainable=False)


# ---------------------------------------------------------------- figures


def _opposite(subject: Subject, family: str) -> tuple[Finding, Finding] | None:
    """Return the two findings of a family that are off by +d and -d, where they are the only two."""
    families = {check.code: check.family for check in subject.form.checks}
    found = [finding for finding in subject.compared if families[finding.code] == family]
    if len(found) != 2:
        return None
    under, over = sorted(found, key=lambda finding: finding.difference or 0)
    return (over, under) if (over.difference or 0) == -(under.difference or 0) else None


def _shift(subject: Subject, rule: Rule, name_of: Callable[[CellId], str]) -> Iterator[Finding]:
    reported: set[frozenset[str]] = set()
    for family in rule.parameters.checks:
        pair = _opposite(subject, family)
        if pair is None:
            continue
        over, under = pair
        names = {"over": name_of(over.right[-1]), "under": name_of(under.right[-1])}
        if frozenset(names.values()) not in reported:
            reported.add(frozenset(names.values()))
            fields = {**names, "difference": over.difference}
            first, second = sorted(pair, key=subject.compared.index)
            values = first.values + second.values
            yield _finding(rule, fields, left=first.cells, right=second.cells, values=values)


@_rule("checks", fields=("over", "under", "difference"))
def opposite_rows(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find that exactly two rows are off, one by +d and one by -d: 可能串行."""
    return _shift(subject, rule, lambda cell: subject.form.row(cell).name)


@_rule("checks", fields=("over", "under", "difference"))
def opposite_columns(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find that exactly two columns are off, one by +d and one by -d: 可能串列."""
    return _shift(subject, rule, lambda cell: subject.form.column(cell).name)


@_rule("table", fields=("table", "count"))
def blank_cells(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find the blank inputs of a table; one finding for all of them."""
    table = subject.form.table(rule.parameters.table)
    blank = tuple(cell for cell in table.cells if subject.sheet[cell] is None)
    if blank:
        fields = {"table": table.sheet, "count": len(blank)}
        yield _finding(rule, fields, left=blank, values=(None,) * len(blank))


@_rule("cells", "levels", fields=("level",))
def cells_above_zero_at_levels(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find cells above 0 although units of this level have no such thing."""
    level = subject.report.unit_level
    cells = tuple(cell for cell in rule.parameters.cells if subject.sheet[cell])
    if cells and level in rule.parameters.levels:
        values = tuple(subject.sheet[cell] for cell in cells)
        yield _finding(rule, {"level": level}, left=cells, values=values)


@_rule(fields=("group", "row"))
def rows_merged_in_source(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find rows that hold what a source states for their whole group: one finding a group."""
    for one in undivided(subject.form, subject.report):
        fields = {"group": one.group.label, "row": one.row.label}
        values = tuple(subject.sheet[cell] for cell in one.cells)
        suffixed = rule._replace(code=f"{rule.code}.{one.group.id}")
        yield _finding(suffixed, fields, left=one.cells, values=values)


# ---------------------------------------------------------------- figures against last year's


@_rule(fields=("year", "found"))
def previous_of_other_year(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find that the figures kept as last year's are of another year, so that they are not compared."""
    year, previous = subject.report.year, subject.report.previous
    if previous is not None and year not in (None, previous.year + 1):
        yield _finding(rule, {"year": (year or 0) - 1, "found": previous.year}, section=COVER)


@_rule("cells", "limit", fields=("cell", "previous", "value"))
def cells_out_of_scale(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find cells that are ``limit`` times last year's or more, or that part of it or less: a wrong unit."""
    limit = rule.parameters.limit
    for cell in rule.parameters.cells:
        now, before = subject.sheet[cell], subject.previous.get(cell)
        if now and before and (now >= before * limit or now * limit <= before):
            fields = {"cell": subject.form.describe_cell(cell), "previous": before, "value": now}
            yield _finding(rule, fields, left=(cell,), values=(now,), previous={cell: before})


@_rule("table", "limit", fields=("table", "count", "cells"))
def cells_changed_much(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find the inputs of a table that changed by more than half and by more than ``limit``: one finding."""
    table = subject.form.table(rule.parameters.table)
    inputs = [cell for cell in table.cells if not subject.form.is_total(cell)]
    jumps = tuple(cell for cell in inputs if _is_jump(subject, cell, rule.parameters.limit))
    if jumps:
        shown = "、".join(subject.form.describe_cell(cell) for cell in jumps[:3])
        fields = {
            "table": table.sheet,
            "count": len(jumps),
            "cells": shown + ("等" if len(jumps) > 3 else ""),
        }
        values = tuple(subject.sheet[cell] for cell in jumps)
        before = {cell: subject.previous[cell] for cell in jumps}
        yield _finding(rule, fields, left=jumps, values=values, previous=before)


def _is_jump(subject: Subject, cell: CellId, limit: int) -> bool:
    now, before = subject.sheet[cell], subject.previous.get(cell)
    if now is None or before is None:
        return False
    change = abs(Decimal(now) - before)
    return change > limit and change * 2 > before


@_rule("cells", "others")
def cells_without_others(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find cells above 0 although others were 0 this year and last, so that nothing can have led to them."""
    cells = tuple(cell for cell in rule.parameters.cells if subject.sheet[cell])
    others = [
        sheet.get(cell) for sheet in (subject.sheet, subject.previous) for cell in rule.parameters.others
    ]
    if cells and subject.previous and not any(others):
        yield _finding(rule, left=cells, values=tuple(subject.sheet[cell] for cell in cells))


# ---------------------------------------------------------------- texts


def _text(subject: Subject, rule: Rule) -> str:
    """Return a section's text without white space: lines pasted from a page break inside words."""
    return "".join(subject.report.texts.get(rule.parameters.section, "").split())


def _text_finding(subject: Subject, rule: Rule, **fields: object) -> Finding:
    section = subject.form.section(rule.parameters.section)
    return _finding(rule, {"section": section.heading, **fields}, section=section.id)


def _missing(text: str, aspects: Iterable[Aspect]) -> list[Aspect]:
    return [aspect for aspect in aspects if not any(word in text for word in aspect.words)]


@_rule("section", "limit", fields=("section", "count", "limit"), of_text=True)
def text_longer_than(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a text with more characters than is usual."""
    length = len(_text(subject, rule))
    if length > rule.parameters.limit:
        yield _text_finding(subject, rule, count=length, limit=rule.parameters.limit)


@_rule("section", "limit", fields=("section", "count", "limit"), of_text=True)
def text_shorter_than(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a text with so few characters that it can hardly say anything."""
    length = len(_text(subject, rule))
    if length < rule.parameters.limit:
        yield _text_finding(subject, rule, count=length, limit=rule.parameters.limit)


@_rule("section", "aspects", fields=("section", "aspect"), of_text=True)
def text_without_aspect(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find what a text says nothing on: one finding an aspect, one in all for an empty text."""
    text = _text(subject, rule)
    missing = _missing(text, rule.parameters.aspects)
    if not text:
        yield _text_finding(subject, rule, aspect="、".join(aspect.label for aspect in missing))
        return
    for aspect in missing:
        yield _text_finding(subject, rule, aspect=aspect.label)


@_rule("section", "aspects", "levels", fields=("section", "aspect"), of_text=True)
def text_without_words_at_levels(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find what units of this level should report and a text says nothing on; one finding in all."""
    text = _text(subject, rule)
    missing = _missing(text, rule.parameters.aspects)
    if text and missing and subject.report.unit_level in rule.parameters.levels:
        yield _text_finding(subject, rule, aspect="、".join(aspect.label for aspect in missing))


@_rule("section", "words", fields=("section",), of_text=True)
def text_without_words(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a text with none of the words by which one would see that it covers something."""
    text = _text(subject, rule)
    if not any(word in text for word in rule.parameters.words):
        yield _text_finding(subject, rule)


@_rule("section", "words", "at_least", fields=("section", "words"), of_text=True)
def text_with_stock_phrases(subject: Subject, rule: Rule) -> Iterator[Finding]:
    """Find a text with several phrases that fit any office in any year."""
    used = [word for word in rule.parameters.words if word in _text(subject, rule)]
    if len(used) >= rule.parameters.at_least:
        yield _text_finding(subject, rule, words="、".join(used))
