"""Draws an official table for the web: every number names the cells that head it (HTML 4.9.12).

Knows roles and extents of boxes, never what a row is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from export.html_tags import Element, tag
from export.layout import Role, TableBlock, TableCell
from export.printed_tables import stands_left, words_of
from model.forms import BAND_COLOUR

_BOX = "border:1px solid #000;padding:4px 3px;vertical-align:middle;font-weight:normal"
_BALANCED = ";text-wrap:balance"
"""「商业企业」 in a narrow column breaks in the middle."""
_BETWEEN_WORDS = ";word-break:keep-all"
"""A header breaks only where it is told to."""
_NARROWEST = 2.7
"""Width of the narrowest column in em: below it the table is scrolled, not squeezed."""


def table(block: TableBlock, heading_id: str | None) -> Element:
    """Return a table in a frame that scrolls sideways on a phone; the heading with that id names it."""
    name = {"aria-labelledby": heading_id} if heading_id else {}
    least = _NARROWEST * sum(block.widths) / min(block.widths)
    style = (
        f"width:100%;min-width:{least:.1f}em;border-collapse:collapse;table-layout:fixed;"
        "font-size:0.875em;line-height:1.5"
    )
    inner = tag("table", {**name, "style": style}, _columns(block), *_row_groups(block))
    frame = {"role": "region", **name, "tabindex": "0", "style": "overflow-x:auto;margin:0.75em 0"}
    return tag("div", frame, inner)


def _columns(block: TableBlock) -> Element:
    whole = sum(block.widths)
    columns = (tag("col", {"style": f"width:{100 * width / whole:.2f}%"}) for width in block.widths)
    return tag("colgroup", {}, *columns)


def _row_groups(block: TableBlock) -> Iterator[Element]:
    """Yield the head, and a body for each band or one for all: a band heads the rows of its body."""
    if block.header_rows:
        yield tag("thead", {}, *_rows(block, 0, block.header_rows))
    starts = sorted({block.header_rows, *(box.row for box in block.cells if box.role is Role.BAND)})
    for start, end in zip(starts, [*starts[1:], block.row_count], strict=True):
        if start < end:
            yield tag("tbody", {}, *_rows(block, start, end))


def _rows(block: TableBlock, start: int, end: int) -> Iterator[Element]:
    for row in range(start, end):
        boxes = sorted((box for box in block.cells if box.row == row), key=lambda box: box.column)
        yield tag("tr", {}, *(_box(block, box) for box in boxes))


def _box(block: TableBlock, box: TableCell) -> Element:
    attributes: dict[str, str] = {}
    if box.column_span > 1:
        attributes["colspan"] = str(box.column_span)
    if box.row_span > 1:
        attributes["rowspan"] = str(box.row_span)
    attributes["style"] = _style(box)
    if box.cell is None:
        heading = {"id": _id(block, box), "scope": _SCOPES[box.role]}
        attributes["style"] += _BALANCED
        words = words_of(box.text)
        attributes["style"] += _BETWEEN_WORDS if len(words) > 1 else ""
        return tag("th", heading | attributes, *_breakable(words))
    heads = " ".join(_id(block, head) for head in heads_of(block, box))
    return tag("td", {"data-cell": str(box.cell), "headers": heads} | attributes, box.text)


def _breakable(words: Sequence[str]) -> Iterator[Element | str]:
    for number, word in enumerate(words):
        if number:
            yield tag("wbr", {})
        yield word


def join_words(head: Element) -> None:
    """Let a header break anywhere, without a mark of where."""
    if len(head):
        text, style = "".join(head.itertext()), head.get("style", "")
        head[:] = []
        head.text = text
        head.set("style", style.removesuffix(_BETWEEN_WORDS))


_SCOPES = {Role.BAND: "rowgroup", Role.HEADER: "col", Role.LABEL: "row"}


def heads_of(block: TableBlock, box: TableCell) -> list[TableCell]:
    """Return what heads a number: its band, then column headers and row labels, outermost first."""
    bands = [head for head in block.cells if head.role is Role.BAND and head.row < box.row]
    top = max((band.row for band in bands), default=0)
    heads = [head for head in block.cells if head.cell is None and _heads(head, box, top)]
    order = (Role.BAND, Role.HEADER, Role.LABEL)
    return sorted(heads, key=lambda head: (order.index(head.role), head.row, head.column))


def _heads(head: TableCell, box: TableCell, top: int) -> bool:
    """Tell whether a box heads a number whose band, or table, begins at row ``top``."""
    if head.role is Role.LABEL:
        return head.row <= box.row < head.row + head.row_span
    is_beside = head.column >= box.column + box.column_span or box.column >= head.column + head.column_span
    return top <= head.row < box.row and not is_beside


def _id(block: TableBlock, box: TableCell) -> str:
    return f"xxgk-{block.id}-{box.row}-{box.column}"


def _style(box: TableCell) -> str:
    align = "left" if stands_left(box) else "center"
    shade = f";background-color:#{BAND_COLOUR}" if box.role is Role.BAND else ""
    return f"{_BOX};text-align:{align}{shade}"
