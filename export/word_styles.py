"""The styles, faces and settings of the Word document, as clerks know them from WPS (GB/T 9704-2012).

正文 and 标题 are the built-in styles, which Chinese programs show by these names; the headings and the
table text are our own, with outline levels. Knows no report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from export.word_xml import Element, element

LINE = 580
"""Line pitch in twentieths of a point: 28.99 磅, rounded."""
BODY_SIZE = 32
"""三号 in half points."""
TIGHTENING = -6
"""What a 三号 character gives up so that 28 stand in a line, in twentieths of a point (5.2.3).

With 5, LibreOffice's rounding leaves room for 27 only. Justified lines are full either way.
"""
INDENT = 628
"""Two characters in twentieths of a point, for programs that do not count characters."""

SONG, HEI, KAI, FANG, TITLE_FACE = "宋体", "黑体", "楷体", "仿宋", "方正小标宋简体"
_FACES = (
    (FANG, "FangSong,仿宋_GB2312,华文仿宋"),
    (KAI, "KaiTi,楷体_GB2312,华文楷体"),
    (HEI, "SimHei,华文黑体"),
    (SONG, "SimSun,华文宋体"),
    (TITLE_FACE, "方正小标宋_GBK,华文中宋,宋体"),
)
"""Faces of ordinary Windows and WPS, and which to take where one is missing."""


class Style(NamedTuple):
    """A paragraph style: what it changes against 正文."""

    id: str
    name: str
    face: str | None = None
    size: int | None = None
    """In half points; a style with a size of its own has no tightened characters."""
    line: int | None = None
    """Exact line pitch in twentieths of a point."""
    align: str | None = None
    indented: bool = True
    outline: int | None = None
    """Outline level from 0; headings stay with what follows them."""
    after: int = 0
    built_in: bool = False
    parent: str = "Normal"


TITLE = Style(
    "Title", "Title", TITLE_FACE, 44, line=720, align="center", indented=False, after=LINE, built_in=True
)
HEADING_1 = Style("XxgkHeading1", "一级标题", HEI, outline=0)
HEADING_2 = Style("XxgkHeading2", "二级标题", KAI, outline=1)
HEADING_3 = Style("XxgkHeading3", "三级标题", FANG, outline=2)
TABLE_TEXT = Style("XxgkTableText", "表格文字", SONG, 21, line=260, align="center", indented=False)
SMALL_TABLE_TEXT = Style(
    "XxgkSmallTableText",
    "表格小字",
    size=18,
    line=230,
    indented=False,
    parent=TABLE_TEXT.id,
)
GAP = Style("XxgkTableGap", "表格间隔", size=2, line=120, indented=False)
HEADER = Style("Header", "header", HEI, 28, line=320, align="center", indented=False, built_in=True)
FOOTER = Style("Footer", "footer", SONG, 28, line=320, indented=False, built_in=True)
TABLE_STYLE = "TableGrid"

_STYLES = (TITLE, HEADING_1, HEADING_2, HEADING_3, TABLE_TEXT, SMALL_TABLE_TEXT, GAP, HEADER, FOOTER)


def styles() -> Element:
    """Return the part that holds all styles."""
    return element(
        "w:styles",
        _defaults(),
        _normal(),
        element(
            "w:style",
            element("w:name", val="Default Paragraph Font"),
            element("w:uiPriority", val=1),
            element("w:semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _plain_table(),
        _ruled_table(),
        *(_style(style) for style in _STYLES),
    )


def faces(name: str) -> Element:
    """Return the run property that sets one face for all scripts."""
    return element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def sizes(half_points: int) -> tuple[Element, Element]:
    """Return the run properties for a type size."""
    return element("w:sz", val=half_points), element("w:szCs", val=half_points)


def indent(characters: int, twips: int, side: str = "firstLine") -> Element:
    """Return an indent counted in characters, with its width for programs that do not count."""
    made = element("w:ind")
    made.set(f"w:{side}Chars", str(characters * 100))
    made.set(f"w:{side}", str(twips))
    return made


def _defaults() -> Element:
    language = element("w:lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA")
    properties = element("w:rPr", faces(FANG), *sizes(BODY_SIZE), language)
    return element(
        "w:docDefaults", element("w:rPrDefault", properties), element("w:pPrDefault", element("w:pPr"))
    )


def _normal() -> Element:
    """Return 正文: 28 characters a line, 22 lines a page, no hanging marks, no gaps beside digits.

    The page has the grid of the standard, but text gets there by its own pitch: LibreOffice gives a
    character that is wider than its cell two cells.
    """
    paragraph = element(
        "w:pPr",
        element("w:widowControl"),
        element("w:overflowPunct", val=0),
        element("w:autoSpaceDE", val=0),
        element("w:autoSpaceDN", val=0),
        element("w:snapToGrid", val=0),
        _exactly(LINE),
        indent(2, INDENT),
        element("w:jc", val="both"),
    )
    run = element(
        "w:rPr",
        faces(FANG),
        element("w:snapToGrid", val=0),
        element("w:spacing", val=TIGHTENING),
        *sizes(BODY_SIZE),
    )
    return element(
        "w:style",
        element("w:name", val="Normal"),
        element("w:qFormat"),
        paragraph,
        run,
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _exactly(line: int, after: int = 0) -> Element:
    return element("w:spacing", before=0, after=after, line=line, lineRule="exact")


def _style(style: Style) -> Element:
    made = element(
        "w:style",
        element("w:name", val=style.name),
        element("w:basedOn", val=style.parent),
        *_successor(style),
        element("w:qFormat"),
        element("w:pPr", *_paragraph_properties(style)),
        element("w:rPr", *_run_properties(style)),
        type="paragraph",
    )
    if not style.built_in:
        made.set("w:customStyle", "1")
    made.set("w:styleId", style.id)
    return made


def _successor(style: Style) -> Iterable[Element]:
    if style is TITLE or style.outline is not None:
        yield element("w:next", val="Normal")


def _paragraph_properties(style: Style) -> Iterable[Element]:
    """Yield what a style changes, in the order the standard lays down."""
    if style is TITLE or style.outline is not None:
        yield element("w:keepNext")
        yield element("w:keepLines")
    if style.line is not None:
        yield _exactly(style.line, style.after)
    if not style.indented:
        yield indent(0, 0)
    if style.align is not None:
        yield element("w:jc", val=style.align)
    if style.outline is not None:
        yield element("w:outlineLvl", val=style.outline)


def _run_properties(style: Style) -> Iterable[Element]:
    if style.face is not None:
        yield faces(style.face)
    if style.size is not None:
        yield element("w:spacing", val=0)
        yield from sizes(style.size)


def _plain_table() -> Element:
    margins = element(
        "w:tblCellMar",
        *(element(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")),
    )
    return element(
        "w:style",
        element("w:name", val="Normal Table"),
        element("w:uiPriority", val=99),
        element("w:semiHidden"),
        element("w:tblPr", element("w:tblInd", w=0, type="dxa"), margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _ruled_table() -> Element:
    return element(
        "w:style",
        element("w:name", val="Table Grid"),
        element("w:basedOn", val="TableNormal"),
        element("w:tblPr", borders()),
        type="table",
        styleId=TABLE_STYLE,
    )


def borders() -> Element:
    """Return thin black rules around and between all cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return element(
        "w:tblBorders",
        *(element(f"w:{side}", val="single", sz=4, space=0, color="000000") for side in sides),
    )


def fonts() -> Element:
    """Return the part that says which faces to take where one is missing."""
    return element("w:fonts", *(_font(name, others) for name, others in _FACES))


def _font(name: str, others: str) -> Element:
    return element(
        "w:font",
        element("w:altName", val=others),
        element("w:charset", val="86"),
        element("w:family", val="auto"),
        element("w:pitch", val="variable"),
        name=name,
    )


def settings() -> Element:
    """Return the document's settings."""
    compatibility = element(
        "w:compat",
        element("w:balanceSingleByteDoubleByteWidth"),
        element("w:doNotLeaveBackslashAlone"),
        element("w:ulTrailSpace"),
        element("w:doNotExpandShiftReturn"),
        element("w:adjustLineHeightInTable"),
        element("w:useFELayout"),
        element(
            "w:compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=15,
        ),
    )
    return element(
        "w:settings",
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=420),
        element("w:evenAndOddHeaders"),
        element("w:characterSpacingControl", val="compressPunctuation"),
        compatibility,
        element("w:themeFontLang", val="zh-CN", eastAsia="zh-CN"),
        element("w:decimalSymbol", val="."),
        element("w:listSeparator", val=","),
    )
