"""Begin a report from last year's file: unit, figures and sub-headings are taken over, the rest is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from model.catalogue import load_form
from model.cells import CellId, Value
from model.engine import evaluate
from model.forms import Form
from model.outline import skeleton
from model.report import Address, Part, Previous, Report
from model.validity import can_hold


def previous_of(last: Report) -> Previous:
    """Return a report's figures as next year's report keeps them; raise ValueError for one without a year."""
    if last.year is None:
        raise ValueError("上年的报告没有填写年份，不能作为上年数")
    return Previous(last.form, last.year, dict(last.inputs))


def begin_next(form: Form, last: Report) -> Report:
    """Return the report in edition ``form`` for the year after ``last``.

    Cells that the form takes over from last year (上年结转) are filled and locked. Of the texts only the
    sub-headings are kept, since what stands below them is not to be repeated. Raise ValueError where the last
    report has no year.
    """
    previous = previous_of(last)
    taken = figures_taken_over(form, previous)
    return Report(
        form=form.id,
        year=previous.year + 1,
        unit_name=last.unit_name,
        unit_level=last.unit_level if last.unit_level in form.levels else None,
        inputs=taken,
        texts=_skeletons(form, last),
        locks={cell: {} for cell in taken},
        previous=previous,
        unit_extra=last.unit_extra,
    )


def figures_taken_over(form: Form, previous: Previous) -> Mapping[CellId, Value]:
    """Return the inputs that the form takes over from last year, for those that last year states."""
    sheet = evaluate(load_form(previous.form), previous.inputs)
    taken: dict[CellId, Value] = {}
    for suggestion in form.suggestions:
        source = sheet.get(suggestion.terms[0].cell)
        if suggestion.locked and source is not None and can_hold(form, suggestion.cell, source):
            taken[suggestion.cell] = source
    return taken


def refuse_previous(year: int | None, last: Report) -> str | None:
    """Return why a report is not that of the year before ``year``, in Chinese, or None where it may be."""
    if last.year is None:
        return "这份年报没有填写年份，不能作为上年数"
    if year is not None and last.year != year - 1:
        return f"这是 {last.year} 年的年报，本报告要的是 {year - 1} 年的"
    return None


def take_previous(form: Form, report: Report, last: Report) -> Mapping[Address, object]:
    """Return the edit that keeps ``last`` as last year's figures (提取上年数).

    Blanks that the form takes over from last year are filled and locked; figures already there stay
    as they are, for a check compares them. Raise ValueError for what :func:`refuse_previous` refuses.
    """
    refusal = refuse_previous(report.year, last)
    if refusal is not None:
        raise ValueError(refusal)
    previous = previous_of(last)
    new: dict[Address, object] = {Address(Part.PREVIOUS): previous}
    for cell, value in figures_taken_over(form, previous).items():
        if report.inputs.get(cell) is None:
            new[Address(Part.INPUT, cell)] = value
            new[Address(Part.LOCK, cell)] = {}
    return new


def with_previous(report: Report, last: Report) -> Report:
    """Return a report with ``last`` as last year's, to compare with; nothing else is changed."""
    return replace(report, previous=previous_of(last))


def _skeletons(form: Form, last: Report) -> Mapping[str, str]:
    kept = {section.id: skeleton(last.texts.get(section.id, "")) for section in form.text_sections}
    return {section: text for section, text in kept.items() if text}
