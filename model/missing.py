"""还差什么: what a report still lacks, place by place. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.cells import CellId
from model.checks import last_years_sheet
from model.engine import Sheet
from model.forms import Form, Section, Table
from model.outline import has_body
from model.progress import COVER
from model.report import Report

_MOST_NAMED = 3


@dataclass(frozen=True)
class Missing:
    """One thing that is not there yet, and where it belongs."""

    text: str
    section: str = ""
    """The section to go to; "unit" for the cover data, empty where there is no page for it."""
    cell: CellId | None = None
    """The first blank, where cells are missing."""


def missing(form: Form, report: Report, sheet: Sheet) -> tuple[Missing, ...]:
    """Return what a report lacks, in the order of the form."""
    return (*_of_cover(report), *_of_sections(form, report, sheet), *_of_last_year(report))


def _of_cover(report: Report) -> Iterator[Missing]:
    if not report.is_named:
        yield Missing("没有填写机关名称", COVER)
    if report.unit_level is None:
        yield Missing("没有选择单位层级", COVER)
    if report.year is None:
        yield Missing("没有填写报告年份", COVER)


def _of_sections(form: Form, report: Report, sheet: Sheet) -> Iterator[Missing]:
    for section in form.sections:
        if section.table is not None:
            table = form.table(section.table)
            filled = any(report.inputs.get(cell) is not None for cell in table.cells)
            yield from _of_table(section, table, sheet) if filled else [_whole(section, table.cells[0])]
        elif section.heading and not has_body(report.texts.get(section.id, "")):
            yield Missing(f"“{section.short}”还没有写", section.id)


def _whole(section: Section, first: CellId) -> Missing:
    return Missing(f"“{section.short}”还没有填", section.id, first)


def _of_table(section: Section, table: Table, sheet: Sheet) -> Iterator[Missing]:
    """Yield one line for a table that has blanks: how many, and in which rows."""
    blank = [cell for cell in table.cells if sheet[cell] is None]
    if not blank:
        return
    rows = list(dict.fromkeys(table.places[cell][0].name for cell in blank))
    named = [name for name in rows if name][:_MOST_NAMED]
    text = f"“{section.short}”有 {len(blank)} 个空格"
    if named:
        more = f"等 {len(rows)} 行" if len(rows) > len(named) else ""
        text += f"：{'、'.join(named)}{more}"
    yield Missing(text, section.id, blank[0])


def _of_last_year(report: Report) -> Iterator[Missing]:
    if not last_years_sheet(report):
        yield Missing("没有上年数，无法与上年核对（数据 > 提取上年数）")
