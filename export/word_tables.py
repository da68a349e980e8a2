"""Draws an official table for Word: real merges, a repeated head, a bookmark on every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from export import word_styles as styles
from export.layout import Role, TableBlock, TableCell
from export.printed_tables import SMALL_SIZE, TEXT_SIZE, scale, stands_left, text_size
from export.word_numbers import bookmark_name
from export.word_page import TEXT_WIDTH
from export.word_xml import Element, element, run
from model.forms import BAND_COLOUR

_STYLE_OF_SIZE = {TEXT_SIZE: styles.TABLE_TEXT, SMALL_SIZE: styles.SMALL_TABLE_TEXT}
_ROW_HEIGHT_OF_SIZE = {TEXT_SIZE: 420, SMALL_SIZE: 385}
"""At least; twentieths of a point."""
_PADDING = {"top": 20, "left": 40, "bottom": 20, "right": 40}
_DIGIT_EM = 0.56
"""Width of a digit in faces that stand in for 宋体, where it is half an em."""
_LEAST_SIZE = 8
"""Half points."""


def table(block: TableBlock, name: str, bookmark_ids: count[int]) -> Element:
    """Return a table across the whole 版心, kept on one page where it fits; readers aloud say its name."""
    return _Table(block, bookmark_ids).draw(name)


class _Table:
    """One table being drawn."""

    def __init__(self, block: TableBlock, bookmark_ids: count[int]) -> None:
        self._block = block
        self._bookmark_ids = bookmark_ids
        self._widths = scale(block.widths, TEXT_WIDTH)
        self._size = text_size(block)
        self._boxes = _boxes_by_row(block)

    def draw(self, name: str) -> Element:
        margins = element(
            "w:tblCellMar", *(element(f"w:{side}", w=width, type="dxa") for side, width in _PADDING.items())
        )
        properties = element(
            "w:tblPr",
            element("w:tblStyle", val=styles.TABLE_STYLE),
            element("w:tblW", w=sum(self._widths), type="dxa"),
            element("w:jc", val="center"),
            styles.borders(),
            element("w:tblLayout", type="fixed"),
            margins,
            element("w:tblCaption", val=name),
        )
        grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in self._widths))
        return element("w:tbl", properties, grid, *(self._row(row) for row in range(self._block.row_count)))

    def _row(self, row: int) -> Element:
        properties = element(
            "w:trPr",
            element("w:cantSplit"),
            element("w:trHeight", val=_ROW_HEIGHT_OF_SIZE[self._size], hRule="atLeast"),
        )
        if row < self._block.header_rows:
            properties.append(element("w:tblHeader"))
        properties.append(element("w:jc", val="center"))
        return element("w:tr", properties, *(self._cell(row, box) for box in self._boxes[row]))

    def _cell(self, row: int, box: TableCell) -> Element:
        properties = element("w:tcPr", *self._cell_properties(row, box))
        if row > box.row:
            return element("w:tc", properties, element("w:p", self._paragraph_properties(row, box)))
        text = [run(box.text, *self._reduced(box))] if box.text else []
        return element(
            "w:tc",
            properties,
            element("w:p", self._paragraph_properties(row, box), *self._bookmarked(box, text)),
        )

    def _cell_properties(self, row: int, box: TableCell) -> Iterator[Element]:
        yield element("w:tcW", w=self._width(box), type="dxa")
        if box.column_span > 1:
            yield element("w:gridSpan", val=box.column_span)
        if box.row_span > 1:
            yield element("w:vMerge", val="restart" if row == box.row else "continue")
        if box.role is Role.BAND:
            yield element("w:shd", val="clear", color="auto", fill=BAND_COLOUR)
        if box.role is Role.HEADER:
            yield from self._margins_for_words(box)
        yield element("w:vAlign", val="center")

    def _margins_for_words(self, box: TableCell) -> Iterator[Element]:
        """Yield wider margins for a header that would break after an odd number of characters.

        Chinese words have two characters mostly, and the official template breaks between words.
        """
        size = round(self._size * 20)
        room = self._width(box) - _PADDING["left"] - _PADDING["right"]
        fitting = room // size
        if fitting < len(box.text) and fitting in (3, 5):
            margin = (self._width(box) - (fitting - 1) * size - size // 2) // 2
            yield element(
                "w:tcMar", *(element(f"w:{side}", w=margin, type="dxa") for side in ("left", "right"))
            )

    def _paragraph_properties(self, row: int, box: TableCell) -> Element:
        properties = element("w:pPr", element("w:pStyle", val=_STYLE_OF_SIZE[self._size].id))
        if row < self._block.row_count - 1:
            properties.append(element("w:keepNext"))
        if stands_left(box):
            properties.append(element("w:jc", val="left"))
        return properties

    def _reduced(self, box: TableCell) -> Sequence[Element]:
        """Return a smaller type size for a number that its cell would break in two."""
        room = (self._width(box) - _PADDING["left"] - _PADDING["right"]) / 20
        if box.cell is None or len(box.text) * self._size * _DIGIT_EM <= room:
            return ()
        return styles.sizes(max(int(room / len(box.text) / _DIGIT_EM * 2), _LEAST_SIZE))

    def _bookmarked(self, box: TableCell, content: list[Element]) -> list[Element]:
        if box.cell is None:
            return content
        id_ = next(self._bookmark_ids)
        start = element("w:bookmarkStart", id=id_, name=bookmark_name(box.cell))
        return [start, *content, element("w:bookmarkEnd", id=id_)]

    def _width(self, box: TableCell) -> int:
        return sum(self._widths[box.column : box.column + box.column_span])


def _boxes_by_row(block: TableBlock) -> Mapping[int, Sequence[TableCell]]:
    """Return for each row the boxes that stand in it, from left to right, merged ones in all their rows."""
    rows: dict[int, list[TableCell]] = {row: [] for row in range(block.row_count)}
    for box in sorted(block.cells, key=lambda box: box.column):
        for row in range(box.row, box.row + box.row_span):
            rows[row].append(box)
    return rows
