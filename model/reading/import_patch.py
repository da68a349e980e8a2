"""What an import changes in a report that is being worked on, and what there speaks against it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from model import workbook_marks as marks
from model.catalogue import load_form
from model.cells import CellId, Value, format_value
from model.locks import is_locked
from model.merged_rows import marked_cells, with_marks
from model.reading.doubts import Doubt
from model.reading.template import Imported
from model.report import Address, Part, Report


@dataclass(frozen=True)
class Patch:
    """What an import changes in a report that is being worked on: one undo step."""

    new: Mapping[Address, object]
    """For :meth:`model.document.Document.apply`."""
    doubts: tuple[Doubt, ...]
    """What disagrees with the report, beside the doubts of the import itself."""


def as_patch(imported: Imported, report: Report) -> Patch:
    """Return what to change in a report so that it holds what was imported.

    Cells that could not be read keep their value, and so do locked ones, texts and cover data that are
    blank in the workbook. A locked cell that the workbook states takes its figure, and that is said: a
    lock keeps hands off, not documents. Stated totals are those of the workbook. Raise ValueError for
    another edition.
    """
    found = imported.report
    if found.form != report.form:
        raise ValueError(f"imported form {found.form}, report in form {report.form}")
    locked = tuple(cell for cell in sorted(imported.read) if is_locked(report, cell))
    stated = {cell: found.inputs.get(cell) for cell in imported.read}
    taken = {cell: value for cell, value in stated.items() if value is not None or cell not in locked}
    new: dict[Address, object] = {Address(Part.INPUT, cell): value for cell, value in taken.items()}
    form = load_form(found.form)
    new[Address(Part.NOTES)] = with_marks(form, report.notes, marked_cells(found), taken)
    new |= {Address(Part.STATED, cell): found.stated.get(cell) for cell in form.total_of}
    new |= {Address(Part.TEXT, section): text for section, text in found.texts.items()}
    new |= dict(_cover_changes(found))
    return Patch(new, tuple(_disagreements(found, report, locked)))


def _disagreements(found: Report, report: Report, locked: Iterable[CellId]) -> Iterator[Doubt]:
    """Yield what in a report speaks against taking an import over as it is."""
    if None not in (found.year, report.year) and found.year != report.year:
        yield Doubt("", marks.YEAR_LABEL, f"导入的是 {found.year} 年的，当前年报是 {report.year} 年的")
    if found.unit_name and report.unit_name.strip() not in ("", found.unit_name):
        why = f"导入的是“{found.unit_name}”，当前年报是“{report.unit_name.strip()}”"
        yield Doubt("", marks.NAME_LABEL, why)
    form = load_form(found.form)
    for cell in locked:
        value, kept = found.inputs.get(cell), report.inputs.get(cell)
        if value != kept:
            changed = f"由 {_shown(kept)} 改为导入的 {_shown(value)}，请与上年年报核对"
            what_became = f"导入的是空白，保留 {_shown(kept)}" if value is None else changed
            why = f"这一格取自上年、已锁定，{what_became}"
            yield Doubt("", form.describe_cell(cell), why, (cell,))


def _shown(value: Value) -> str:
    return "空白" if value is None else format_value(value)


def _cover_changes(found: Report) -> Iterator[tuple[Address, object]]:
    if found.unit_name:
        yield Address(Part.UNIT_NAME), found.unit_name
    if found.unit_level is not None:
        yield Address(Part.UNIT_LEVEL), found.unit_level
    if found.year is not None:
        yield Address(Part.YEAR), found.year
