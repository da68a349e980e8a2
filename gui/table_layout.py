"""Where each box of an official table stands in pixels, from its proportions, its texts and the fonts.

The printed proportions are kept as far as numbers stay readable; labels wrap, and rows grow with them.
All figures are logical pixels. Knows no widget and no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics

from model.forms import GridCell, Role, Table

WIDEST = 84
"""No table is stretched beyond this many full-width characters."""
_DIGITS = 5
"""A number column is never narrower than so many digits."""
_HEADER = 3
"""Nor than so many full-width characters, so that short headers stay on one line."""
_FEW = 6
"""A table with fewer rows is low."""
_SHORT = 8
"""A longer header is running text."""
_LAST_LABEL = 9
_OUTER_LABEL = 4
"""The least width of label columns, in full-width characters."""
_MOST_KEPT = 20
"""Sets of widths whose measures are kept."""


class TableLayout(NamedTuple):
    """Edges of all grid columns and rows; the first edge is 0 and the last one the table's extent."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    label_columns: int
    header_rows: int
    padding: int
    """Space beside a text within its box."""
    texts: Mapping[GridCell, str]
    """What stands in each labelled box, broken into lines where words would be torn otherwise."""

    @property
    def label_width(self) -> int:
        """How wide the label columns are together."""
        return self.xs[self.label_columns]

    @property
    def header_height(self) -> int:
        """How high the header rows are together."""
        return self.ys[self.header_rows]

    @property
    def size(self) -> QSize:
        """The extent of the whole table."""
        return QSize(self.xs[-1], self.ys[-1])

    def rect(self, box: GridCell) -> QRect:
        """Return the rectangle of a box, its rules at the right and below included."""
        left, top = self.xs[box.column], self.ys[box.row]
        right, bottom = self.xs[box.column + box.column_span], self.ys[box.row + box.row_span]
        return QRect(left, top, right - left, bottom - top)


def text_flags(table: Table, box: GridCell) -> Qt.AlignmentFlag | Qt.TextFlag:
    """Return how the form sets the text of a box."""
    is_corner = box.role is Role.HEADER and box.column < table.label_columns and table.label_columns > 1
    is_left = box.role is Role.BAND or is_corner or (box.role is Role.LABEL and table.label_columns > 1)
    side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignHCenter
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class TableFitter:
    """Lays one table out; its texts are measured once for each font and set of widths.

    A window that opens, or is pulled larger, asks some twenty times, mostly for the same widths.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._measured: dict[tuple[str, tuple[int, ...]], tuple[Mapping[GridCell, str], list[int]]] = {}

    def least_width(self, font: QFont) -> int:
        """Return the width below which the table is not pressed together but scrolls."""
        metrics = QFontMetrics(font)
        return sum(_least_widths(self._table, metrics, _padding(metrics)))

    def lay_out(self, room: QSize, font: QFont) -> TableLayout:
        """Fit the table into a room: never narrower or lower than readable, never stretched out of shape."""
        table, metrics = self._table, QFontMetrics(font)
        padding = _padding(metrics)
        xs = tuple(accumulate(_column_widths(table, room.width(), metrics, padding), initial=0))
        key = (font.key(), xs)
        if key not in self._measured:
            if len(self._measured) >= _MOST_KEPT:
                self._measured.clear()
            self._measured[key] = _measure(table, xs, metrics, padding)
        texts, heights = self._measured[key]
        stretched = _stretch(heights, room.height(), _compact(metrics), table.header_rows)
        ys = tuple(accumulate(stretched, initial=0))
        return TableLayout(xs, ys, table.label_columns, table.header_rows, padding, texts)


def _measure(
    table: Table, xs: Sequence[int], metrics: QFontMetrics, padding: int
) -> tuple[Mapping[GridCell, str], list[int]]:
    """Return the broken texts of the boxes, and the row heights in which they have room."""
    texts = {
        box: _broken(box, xs[box.column + box.column_span] - xs[box.column] - 2 * padding, metrics)
        for box in table.grid
        if box.text
    }
    return texts, _row_heights(table, xs, texts, metrics, padding)


def _broken(box: GridCell, width: int, metrics: QFontMetrics) -> str:
    """Return a header's text in lines of whole words, which are two characters each: 商业 / 企业."""
    text = box.text
    fitting = width // metrics.horizontalAdvance("国")
    if box.role is not Role.HEADER or len(text) <= fitting or len(text) % 2 or len(text) > _SHORT:
        return text
    step = max(2, fitting // 2 * 2)
    return "\n".join(text[start : start + step] for start in range(0, len(text), step))


def _padding(metrics: QFontMetrics) -> int:
    return max(3, metrics.horizontalAdvance("国") // 3)


def _least_widths(table: Table, metrics: QFontMetrics, padding: int) -> list[int]:
    em = metrics.horizontalAdvance("国")
    number = max(_DIGITS * metrics.horizontalAdvance("0"), _HEADER * em) + 2 * padding
    least = [_OUTER_LABEL * em + 2 * padding] * table.label_columns
    if least:
        least[-1] = _LAST_LABEL * em + 2 * padding
    return least + [number] * (len(table.widths) - table.label_columns)


def _column_widths(table: Table, room: int, metrics: QFontMetrics, padding: int) -> list[int]:
    least = _least_widths(table, metrics, padding)
    width = max(min(room, WIDEST * metrics.horizontalAdvance("国")), sum(least))
    return _share_out(width, table.widths, least)


def _share_out(width: int, proportions: Sequence[int], least: Sequence[int]) -> list[int]:
    """Divide a width by proportions, giving each column at least its least; the sum is exact."""
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(least)) if index not in fixed]
        rest = width - sum(least[index] for index in fixed)
        whole = sum(proportions[index] for index in free)
        short = {index for index in free if rest * proportions[index] < least[index] * whole}
        if not short:
            break
        fixed |= short
    edges = list(accumulate((proportions[index] for index in free), initial=0))
    shares = (
        {index: rest * edges[n + 1] // whole - rest * edges[n] // whole for n, index in enumerate(free)}
        if whole
        else {}
    )
    return [shares.get(index, least[index]) for index in range(len(least))]


def _compact(metrics: QFontMetrics) -> int:
    return metrics.height() + max(2, metrics.height() // 10)


def _row_heights(
    table: Table, xs: Sequence[int], texts: Mapping[GridCell, str], metrics: QFontMetrics, padding: int
) -> list[int]:
    """Return heights in which every text has room; a text over several rows asks for what they lack."""
    compact = _compact(metrics)
    heights = [compact] * table.row_count
    for box in sorted(table.grid, key=lambda box: box.row_span):
        if box not in texts:
            continue
        width = xs[box.column + box.column_span] - xs[box.column] - 2 * padding
        needed = _text_height(texts[box], width, metrics) + compact - metrics.height()
        last = box.row + box.row_span
        heights[last - 1] += max(0, needed - sum(heights[box.row : last]))
    return heights


def _text_height(text: str, width: int, metrics: QFontMetrics) -> int:
    flags = Qt.TextFlag.TextWordWrap
    return metrics.boundingRect(QRect(0, 0, width, 10_000), flags, text).height()


def _stretch(heights: Iterable[int], room: int, compact: int, header_rows: int) -> list[int]:
    """Let rows breathe where there is room to spare, each by at most half a line (a line in a low table)."""
    rows = list(heights)
    spare = max(0, room - sum(rows)) // max(1, len(rows))
    most = compact if len(rows) < _FEW else compact // 2
    return [
        height + min(spare, compact // 4 if row < header_rows else most) for row, height in enumerate(rows)
    ]
