"""Word how a total comes about, with the numbers, and what the printed rules suggest for a cell. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from model.cells import CellId, Value, format_value
from model.engine import Sheet, add_up
from model.forms import Check, Form, Severity, Term, Total


def total_formula(form: Form, sheet: Sheet, cell: CellId) -> str:
    """Return a total's sum with its numbers: 自然人 68 + 商业企业 2 = 70；其余 4 项为 0 或空白.

    Raise KeyError for a cell that is no total.
    """
    total = form.total_of[cell]
    shown = [term for term in total.terms if sheet[term.cell]]
    result = format_value(sheet[cell])
    if not shown:
        return f"{len(total.terms)} 项都为 0 或空白，合计 {result}"
    sum_text = " + ".join(
        f"{term_name(form, total, term)} {format_value(sheet[term.cell])}" for term in shown
    )
    rest = len(total.terms) - len(shown)
    return f"{sum_text} = {result}" + (f"；其余 {rest} 项为 0 或空白" if rest else "")


def term_name(form: Form, total: Total, term: Term) -> str:
    """Return what a term is called within its total: its column where all share the row, else its row."""
    one_row = all(other.cell.row == total.cell.row for other in total.terms)
    return form.column(term.cell).name if one_row else form.row(term.cell).name


def suggestions(form: Form, sheet: Sheet) -> Mapping[CellId, Value]:
    """Return what the printed rules make of blank inputs: 四.结转下年 = 一 + 二 - 总计.

    A rule speaks only for the one input that stands on a side among totals, only where the other side
    holds a number, and never of a number below 0.
    """
    found: dict[CellId, Value] = {}
    for check in form.checks:
        cell = _open_cell(form, check)
        if cell is None or sheet[cell] is not None or all(sheet[term.cell] is None for term in check.left):
            continue
        wanted = add_up(sheet, check.left) - add_up(sheet, check.right)
        if wanted >= 0:
            found[cell] = wanted
    return found


def _open_cell(form: Form, check: Check) -> CellId | None:
    """Return the only input on the right side of a printed equation, None where there is no such one."""
    if check.stated or check.relation != "=" or check.severity is not Severity.ERROR:
        return None
    inputs = [term.cell for term in check.right if not form.is_total(term.cell) and term.sign > 0]
    return inputs[0] if len(inputs) == 1 and len(check.right) > 1 else None
