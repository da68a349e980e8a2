"""Word how a total comes about, with the numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from model.cells import CellId, format_value
from model.engine import Sheet
from model.forms import Form, Term, Total


def word_sum(terms: Iterable[tuple[int, str]]) -> str:
    """Return signed terms as they are written: 制发 4 - 废止 1 + 其他 2."""
    parts: list[str] = []
    for sign, text in terms:
        mark = "- " if sign < 0 else "+ " if parts else ""
        parts.append(f"{mark}{text}")
    return " ".join(parts)


def total_formula(form: Form, sheet: Sheet, cell: CellId) -> str:
    """Return a total's sum with its numbers: 自然人 68 + 商业企业 2 = 70；其余 4 项为 0 或空白.

    Raise KeyError for a cell that is no total.
    """
    total = form.total_of[cell]
    shown = [term for term in total.terms if sheet[term.cell]]
    result = format_value(sheet[cell])
    if not shown:
        return f"{len(total.terms)} 项都为 0 或空白，合计 {result}"
    sum_text = word_sum(
        (term.sign, f"{term_name(form, total, term)} {format_value(sheet[term.cell])}") for term in shown
    )
    rest = len(total.terms) - len(shown)
    return f"{sum_text} = {result}" + (f"；其余 {rest} 项为 0 或空白" if rest else "")


def term_name(form: Form, total: Total, term: Term) -> str:
    """Return what a term is called within its total: its column where all share the row, else its row."""
    one_row = all(other.cell.row == total.cell.row for other in total.terms)
    return form.column(term.cell).name if one_row else form.row(term.cell).name
