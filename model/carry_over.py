"""Begin a report from last year's file: unit and last year's figures are taken over, the rest is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from model.catalogue import load_form
from model.cells import CellId, Value
from model.engine import evaluate
from model.forms import Form
from model.report import Previous, Report


def previous_of(last: Report) -> Previous:
    """Return a report's figures as next year's report keeps them; raise ValueError for one without a year."""
    if last.year is None:
        raise ValueError("上年的报告没有填写年份，不能作为上年数")
    return Previous(last.form, last.year, dict(last.inputs))


def begin_next(form: Form, last: Report) -> Report:
    """Return the report in edition ``form`` for the year after ``last``.

    Cells that the form takes over from last year (上年结转) are filled and locked; texts are left empty,
    since they are not to be repeated. Raise ValueError where the last report has no year.
    """
    previous = previous_of(last)
    taken = figures_taken_over(form, previous)
    return Report(
        form=form.id,
        year=previous.year + 1,
        unit_name=last.unit_name,
        unit_level=last.unit_level if last.unit_level in form.levels else None,
        inputs=taken,
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
        if suggestion.locked and source is not None:
            taken[suggestion.cell] = source
    return taken


def with_previous(report: Report, last: Report) -> Report:
    """Return a report with ``last`` as last year's, to compare with; nothing else is changed."""
    return replace(report, previous=previous_of(last))
