"""What a clerk does to cells: type, clear, fill. Each is one undo step; totals and locks stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from model.cells import CellId, Value, format_value
from model.document import Document
from model.locks import is_locked
from model.parsing import Refusal, parse
from model.report import Address, Part

if TYPE_CHECKING:
    from model.pasting import Placement


class RefusedCell(NamedTuple):
    """A text that was not written, where it was meant to go and why not."""

    cell: CellId
    text: str
    reason: str


class Outcome(NamedTuple):
    """What became of an edit of several cells."""

    asked: int
    written: int
    totals: int = 0
    locked: int = 0
    outside: int = 0
    """Cells beyond the edge of the table."""
    refused: tuple[RefusedCell, ...] = ()

    def line(self, verb: str) -> str:
        """Return the outcome in one line: 粘贴 24 格：写入 20，跳过合计 3，拒绝 1."""
        parts = [f"写入 {self.written}"]
        parts += [f"跳过合计 {self.totals}"] if self.totals else []
        parts += [f"跳过锁定 {self.locked}"] if self.locked else []
        parts += [f"超出表格 {self.outside}"] if self.outside else []
        parts += [f"拒绝 {len(self.refused)}"] if self.refused else []
        return f"{verb} {self.asked} 格：{'，'.join(parts)}"


READ_ONLY = "年报以只读方式打开，不能改动；要改，请先另存为一份"
"""Why nothing can be edited while somebody else has the report's file."""


def why_closed(document: Document, cell: CellId) -> str | None:
    """Return why a cell takes no typed number, None where it does."""
    if document.form.is_total(cell):
        return "合计由程序计算，不用填写"
    if document.is_read_only:
        return READ_ONLY
    if is_locked(document.report, cell):
        return "这一格取自上年并已锁定，要改请先解除锁定并说明理由"
    return None


def type_text(document: Document, cell: CellId, text: str) -> Refusal | None:
    """Put what was typed into a cell as one step; return a refusal where it keeps its value."""
    reason = why_closed(document, cell)
    if reason is not None:
        return Refusal(text, reason)
    value = parse(text, document.form.kind(cell))
    if isinstance(value, Refusal):
        return value
    document.set_cells("录入" if value is not None else "清除", {cell: value})
    return None


def write(
    document: Document,
    label: str,
    texts: Sequence[tuple[CellId, str]],
    *,
    source: Placement | None = None,
) -> Outcome:
    """Put a text into each of some cells as one step; what cannot be written is counted or listed.

    ``source`` is the block that the texts come from, if they do.
    """
    values: dict[CellId, Value] = {}
    refused: list[RefusedCell] = []
    totals = locked = 0
    for cell, text in texts:
        if document.form.is_total(cell):
            totals += 1
        elif document.is_read_only or is_locked(document.report, cell):
            locked += 1
        elif isinstance(value := parse(text, document.form.kind(cell)), Refusal):
            refused.append(RefusedCell(cell, text, value.reason))
        else:
            values[cell] = value
    if values:
        new: dict[Address, object] = {Address(Part.INPUT, cell): value for cell, value in values.items()}
        document.apply(label, new if source is None else {**new, **_merged(document, source, values)})
    outside = 0 if source is None else source.outside
    return Outcome(len(texts) + outside, len(values), totals, locked, outside, tuple(refused))


def _merged(
    document: Document, source: Placement, values: Mapping[CellId, Value]
) -> Mapping[Address, object]:
    """Return the edit that notes which rows of a pasted block stood for a whole group."""
    from model.merged_rows import with_marks

    folded = {row.id for row in source.folded}
    cells = [cell for cell, _ in source.texts if cell.row in folded]
    return {Address(Part.NOTES): with_marks(document.form, document.report.notes, cells, values)}


def paste(document: Document, placement: Placement) -> Outcome:
    """Write a placed block into the inputs it covers; totals and locked cells are skipped."""
    return write(document, "粘贴", placement.texts, source=placement)


def paste_whole(document: Document, placement: Placement) -> tuple[Outcome, tuple[CellId, ...]]:
    """Write a whole table: its totals are kept as stated ones.

    Return the outcome and the totals that differ from the computed ones.
    """
    form, report = document.form, document.report
    values: dict[tuple[Part, CellId], Value] = {}
    refused: list[RefusedCell] = []
    locked = 0
    for cell, text in placement.texts:
        part = Part.STATED if form.is_total(cell) else Part.INPUT
        if document.is_read_only or is_locked(report, cell):
            locked += 1
        elif isinstance(value := parse(text, form.kind(cell)), Refusal):
            refused.append(RefusedCell(cell, text, value.reason))
        else:
            values[part, cell] = value
    new: dict[Address, object] = {Address(*place): value for place, value in values.items()}
    inputs = {cell: value for (part, cell), value in values.items() if part is Part.INPUT}
    document.apply("整表粘贴", {**new, **_merged(document, placement, inputs)})
    stated = document.report.stated
    differing = tuple(
        cell for cell, _ in placement.texts if cell in stated and stated[cell] != document.sheet[cell]
    )
    asked = len(placement.texts) + placement.outside
    outcome = Outcome(asked, len(values), locked=locked, outside=placement.outside, refused=tuple(refused))
    return outcome, differing


def clear(document: Document, cells: Iterable[CellId], label: str = "清除") -> Outcome:
    """Blank the inputs among some cells."""
    return write(document, label, [(cell, "") for cell in cells])


def fill_blank_with_zero(document: Document, cells: Iterable[CellId]) -> Outcome:
    """Put 0 into the blank inputs among some cells."""
    blank = [cell for cell in cells if document.sheet[cell] is None]
    return write(document, "空白填 0", [(cell, "0") for cell in blank])


def copy_values(document: Document, label: str, sources: Mapping[CellId, CellId]) -> Outcome:
    """Give each cell the value of another one, for 向下填充 and 向右填充."""
    texts = [(target, format_value(document.sheet[source])) for target, source in sources.items()]
    return write(document, label, texts)
