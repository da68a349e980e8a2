"""What a cell says in words: its tooltip and its text for screen readers. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator

from gui.cell_states import CellMark, CellState, Side
from model.cells import CellId, format_value
from model.document import Document
from model.formulas import total_formula


def tooltip(document: Document, cell: CellId, state: CellState) -> str:
    """Return what is shown when the mouse rests on a cell; empty where there is nothing to add."""
    return "\n".join(_remarks(document, cell, state))


def hint(state: CellState) -> str:
    """Return what can be done at a cell besides typing; empty for an ordinary one."""
    if state.suggestion:
        return f"建议填 {state.suggestion}，按空格键采用"
    if state.is_locked:
        return "取自上年，已锁定"
    return "合计，按 F2 看算式" if state.is_total else ""


def _remarks(document: Document, cell: CellId, state: CellState) -> Iterator[str]:
    if state.is_total:
        yield f"合计：{total_formula(document.form, document.sheet, cell)}"
    if state.stated is not None:
        yield f"原表写作 {format_value(state.stated)}，与计算的 {state.text} 不符"
    if state.is_locked:
        yield "取自上年，已锁定"
    if state.suggestion:
        yield f"建议填 {state.suggestion}，按空格键采用"
    if state.mark is not None:
        yield from _findings(state.mark)


def _findings(mark: CellMark) -> Iterator[str]:
    for finding in mark.findings:
        label = "已说明" if finding.is_explained else finding.severity.label
        yield f"【{label}】{finding.message}"
        if finding.note:
            yield f"　说明：{finding.note}"


def accessible_text(document: Document, cell: CellId, state: CellState) -> str:
    """Return row, column, value and state of a cell in one sentence."""
    form = document.form
    names = [form.row(cell).name, form.column(cell).name]
    return "，".join([*(name for name in names if name), state.text or "空白", *_states(state)])


def _states(state: CellState) -> Iterator[str]:
    if state.is_total:
        yield "合计，只读"
    if state.is_locked:
        yield "取自上年，已锁定"
    if state.suggestion:
        yield f"建议 {state.suggestion}"
    if state.mark is not None:
        yield f"{state.mark.kind.value} {state.mark.number}：{state.mark.findings[0].message}"
    if state.side is Side.LEFT:
        yield "所选问题的左边"
    if state.side is Side.RIGHT:
        yield "所选问题的右边"
    if state.side is Side.ALONE:
        yield "所选问题涉及"
