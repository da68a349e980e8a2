"""How cells of the workbook look: named styles, which clerks find in the style list of Excel and WPS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

TABLE_SIZE = 10.0
"""As in the official template."""
HEADER_SIZE = 10.5
"""At this size narrow column headers break after two characters, as in the official template."""
TEXT_SIZE = 16.0
"""三号."""
DIGIT_WIDTH = 8
"""Pixels of a digit in the workbook's default face, 宋体 11: the unit in which column widths are given."""

TITLE = "年报标题"
HEADING = "年报一级标题"
HEADING_2 = "年报二级标题"
TEXT = "年报正文"
NOTE = "年报附注"
FACT_LABEL = "年报信息项"
FACT = "年报信息"
BAND = "年报表格条目"
HEADER = "年报表头"
LABEL = "年报行名"
CENTRED_LABEL = "年报行名居中"
CORNER_NOTE = "年报勾稽说明"
NUMBER = "年报数字"
DRAFT_SUFFIX = "（草稿）"
"""What the names of the marked title's and heading's styles end with."""
SIZES = {TITLE: 22.0, HEADING: TEXT_SIZE, FACT: 12.0}
"""Points."""

BAND_COLOUR = "C6D9F1"
DRAFT_COLOUR = "C00000"
_CHINESE = 134
"""The character set GB2312 in font records: programs look up a Chinese face for it."""


def font(name: str, size: float, colour: str = "000000") -> Font:
    """Return a face by its Chinese family name."""
    return Font(name=name, size=size, color=colour, charset=_CHINESE)


def add_styles(workbook: Workbook) -> Mapping[str, StyleArray]:
    """Give a new workbook its default face and all the named styles; return them by name."""
    _set_default_font(workbook)
    added = tuple(_styles())
    for style in added:
        workbook.add_named_style(style)
    return {style.name: style.as_tuple() for style in added}


def dress(cell: Cell, style: StyleArray) -> None:
    """Give a cell a style; the public setter looks the name up in all styles for each cell, which is slow."""
    cell._style = copy(style)  # type: ignore[attr-defined]


def _set_default_font(workbook: Workbook) -> None:
    """Make 宋体 11 the face of cells without style; openpyxl has no public way and takes Calibri."""
    default = font("宋体", 11)
    workbook._fonts[0] = default  # type: ignore[attr-defined]
    workbook._named_styles["Normal"].font = default  # type: ignore[attr-defined]


def _styles() -> list[NamedStyle]:
    words, around = font("宋体", TABLE_SIZE), _box()
    fact = font("宋体", SIZES[FACT])
    centred, left = _align("center", wrap=True), _align("left", wrap=True)
    running = Alignment(horizontal="left", vertical="top", wrap_text=True)
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    band = PatternFill("solid", fgColor=BAND_COLOUR)
    return [
        *_with_draft(TITLE, "方正小标宋简体", centred),
        *_with_draft(HEADING, "黑体", left),
        NamedStyle(HEADING_2, font=font("楷体", TEXT_SIZE), alignment=running),
        NamedStyle(TEXT, font=font("仿宋", TEXT_SIZE), alignment=running),
        NamedStyle(NOTE, font=font("宋体", 9)),
        NamedStyle(FACT_LABEL, font=fact, alignment=centred, border=around, fill=band),
        NamedStyle(FACT, font=fact, alignment=indented, border=around),
        NamedStyle(BAND, font=words, alignment=left, border=around, fill=band),
        NamedStyle(HEADER, font=font("宋体", HEADER_SIZE), alignment=centred, border=around),
        NamedStyle(LABEL, font=words, alignment=left, border=around),
        NamedStyle(CENTRED_LABEL, font=words, alignment=centred, border=around),
        NamedStyle(CORNER_NOTE, font=font("楷体", TABLE_SIZE), alignment=left, border=around),
        NamedStyle(NUMBER, font=words, alignment=_align("center", shrink=True), border=around),
    ]


def _with_draft(name: str, face: str, alignment: Alignment) -> Iterator[NamedStyle]:
    yield NamedStyle(name, font=font(face, SIZES[name]), alignment=alignment)
    yield NamedStyle(name + DRAFT_SUFFIX, font=font(face, SIZES[name], DRAFT_COLOUR), alignment=alignment)


def _align(horizontal: str, *, wrap: bool = False, shrink: bool = False) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap, shrink_to_fit=shrink)


def _box() -> Border:
    line = Side(style="thin", color="000000")
    return Border(left=line, right=line, top=line, bottom=line)
