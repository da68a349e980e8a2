"""How cells of the workbook look: named styles, which clerks find in the style list of Excel and WPS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyleList
from openpyxl.styles.named_styles import NamedStyleList
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from export.excel_rows import Drawn
from model.forms import BAND_COLOUR

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

DRAFT_COLOUR = "C00000"
_CHINESE = 134
"""The character set GB2312 in font records: programs look up a Chinese face for it."""


def font(name: str, size: float, colour: str = "000000") -> Font:
    """Return a face by its Chinese family name."""
    return Font(name=name, size=size, color=colour, charset=_CHINESE)


class StyledWorkbook(Workbook):
    """A new workbook with its default face and all the named styles; making them anew each time is slow."""

    _cell_styles: IndexedList[StyleArray]
    _number_formats: IndexedList[str]
    _named_styles: list[NamedStyle]
    _differential_styles: DifferentialStyleList

    def _setup_styles(self) -> None:
        for name, value in vars(_prepared()).items():
            if name in _STYLE_PARTS:
                setattr(self, name, _twin(value))
        self._differential_styles = DifferentialStyleList()
        self._drawn: dict[Worksheet, Drawn] = {}

    def drawn(self, sheet: Worksheet) -> Drawn:
        """Return what stands on a sheet besides cells with contents, to be added to."""
        return self._drawn.setdefault(sheet, Drawn())

    @property
    def cell_styles(self) -> IndexedList[StyleArray]:
        """All looks of cells, as they are numbered in the file."""
        return self._cell_styles

    @property
    def looks(self) -> Mapping[str, StyleArray]:
        """The named styles by name, for :func:`dress`."""
        return {style.name: style.as_tuple() for style in self._named_styles}


def stylesheet(workbook: StyledWorkbook) -> bytes:
    """Return the part of the file that holds all looks."""
    if workbook._differential_styles.styles:
        return _written(workbook)
    key = (tuple(map(tuple, workbook._cell_styles)), tuple(workbook._number_formats))
    known = _LAST_STYLESHEET.get(key)
    if known is None:
        known = _written(workbook)
        _LAST_STYLESHEET.clear()
        _LAST_STYLESHEET[key] = known
    return known


_LAST_STYLESHEET: dict[object, bytes] = {}
"""The last one written, by all that differs between reports: most need the same."""


def _written(workbook: StyledWorkbook) -> bytes:
    content: bytes = tostring(write_stylesheet(workbook))
    return content


_STYLE_PARTS = frozenset(
    {
        "_fonts",
        "_alignments",
        "_borders",
        "_fills",
        "_number_formats",
        "_date_formats",
        "_timedelta_formats",
        "_protections",
        "_colors",
        "_cell_styles",
        "_named_styles",
        "_table_styles",
    }
)
"""What openpyxl keeps of styles; all but the lists that grow with a workbook are shared."""


@cache
def _prepared() -> Workbook:
    workbook = Workbook()
    _set_default_font(workbook)
    for style in _styles():
        workbook.add_named_style(style)
    return workbook


def _twin(part: object) -> object:
    """Return a list that can grow by itself; its members are never changed."""
    if isinstance(part, NamedStyleList):
        return NamedStyleList(part)
    if not isinstance(part, IndexedList):
        return part
    twin: IndexedList[object] = IndexedList()
    list.extend(twin, part)
    vars(twin)["_dict"] = dict(vars(part)["_dict"])
    return twin


def dress(cell: Cell, style: StyleArray) -> None:
    """Give a cell a style that it shares; the public setter looks it up for each cell, which is slow."""
    cell._style = style  # type: ignore[attr-defined]  # the public way looks it up for each cell


def dress_apart(cell: Cell, style: StyleArray) -> None:
    """Give a cell a style of its own, of which something may then be changed."""
    dress(cell, copy(style))


def _set_default_font(workbook: Workbook) -> None:
    """Make 宋体 11 the face of cells without style; openpyxl has no public way and takes Calibri."""
    default = font("宋体", 11)
    workbook._fonts[0] = default  # type: ignore[attr-defined]  # there is no public way
    workbook._named_styles["Normal"].font = default  # type: ignore[attr-defined]  # likewise


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
