"""Write the rows and merges of a worksheet at once: openpyxl takes most of its time for them.

The cells are openpyxl's own; what else belongs to rows is kept in a :class:`Drawn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element

if TYPE_CHECKING:
    from openpyxl.utils.indexed_list import IndexedList

_PLACES = re.compile(rb"<(sheetData|mergeCells) ?/>")
"""Where rows and merges belong in a frame; without lxml openpyxl writes a space."""
_KEPT = {"\r": "&#13;"}
"""What a reader of XML would change."""


@dataclass
class Drawn:
    """What stands on a sheet besides cells with contents."""

    heights: dict[int, float] = field(default_factory=dict)
    """Points, by row."""
    merges: list[str] = field(default_factory=list)
    blanks: dict[tuple[int, int], StyleArray] = field(default_factory=dict)
    """The looks of blank cells by row and column, such as those behind the first of a merge."""


class Looks:
    """Numbers the looks of cells, each once."""

    def __init__(self, known: IndexedList[StyleArray]) -> None:
        self._known = known
        self._numbers: dict[int, int] = {}

    def number(self, style: StyleArray | None) -> str:
        """Return the attribute that gives a cell its look."""
        if style is None:
            return ""
        number = self._numbers.get(id(style))
        if number is None:
            number = self._numbers[id(style)] = self._known.add(style)
        return f' s="{number}"'


class _FrameWriter(WorksheetWriter):
    """Writes all of a sheet but its rows and merges, and marks where they belong."""

    def write_rows(self) -> None:
        self.xf.send(Element("sheetData"))

    def write_merged_cells(self) -> None:
        self.xf.send(Element("mergeCells"))


def sheet_xml(sheet: Worksheet, drawn: Drawn, looks: Looks, results: Mapping[str, int | str]) -> bytes:
    """Return a worksheet's part of the file; raise KeyError for a formula without its result."""
    content = BytesIO()
    _FrameWriter(sheet, content).write()
    frame = content.getvalue()
    start, middle, end = _parts(frame)
    data = f"<sheetData>{''.join(_rows(sheet, drawn, looks, results))}</sheetData>"
    return b"".join((start, data.encode(), middle, _merges(drawn.merges).encode(), end))


def _parts(frame: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what stands before the rows, between rows and merges, and behind them."""
    start, *places, end = _PLACES.split(frame)
    if len(places) != 3 or (places[0], places[2]) != (b"sheetData", b"mergeCells"):
        raise RuntimeError(f"openpyxl wrote other places for rows and merges: {places[::2]}")
    return start, places[1], end


def _merges(areas: list[str]) -> str:
    if not areas:
        return ""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f'<mergeCells count="{len(areas)}">{cells}</mergeCells>'


def _rows(sheet: Worksheet, drawn: Drawn, looks: Looks, results: Mapping[str, int | str]) -> Iterator[str]:
    by_row: dict[int, list[str]] = {row: [] for row in drawn.heights}
    cells: dict[tuple[int, int], Cell | StyleArray] = {**drawn.blanks, **vars(sheet)["_cells"]}
    for (row, column), cell in sorted(cells.items(), key=_place):
        by_row.setdefault(row, []).append(_cell(f"{get_column_letter(column)}{row}", cell, looks, results))
    for row in sorted(by_row):
        height = drawn.heights.get(row)
        tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
        yield f'<row r="{row}"{tall}>{"".join(by_row[row])}</row>'


def _place(item: tuple[tuple[int, int], object]) -> tuple[int, int]:
    return item[0]


def _cell(place: str, cell: Cell | StyleArray, looks: Looks, results: Mapping[str, int | str]) -> str:
    if isinstance(cell, StyleArray):
        return f'<c r="{place}"{looks.number(cell)}/>'
    start = f'<c r="{place}"{looks.number(_look_of(cell))}'
    value = cell.value
    if value is None:
        return f"{start}/>"
    if cell.data_type == "f":
        result = results[place]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f"{start}{kind}><f>{escape(str(value)[1:])}</f><v>{escape(str(result))}</v></c>"
    if cell.data_type == "s":
        text = escape(str(value), _KEPT)
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{start}><v>{number}</v></c>"


def _look_of(cell: Cell) -> StyleArray | None:
    """Return the look that a cell was given."""
    look: StyleArray | None = cell._style  # type: ignore[attr-defined]  # the public way copies it
    return look
