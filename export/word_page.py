"""The page of the Word document: A4, margins and grid, page numbers, the mark of a draft (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from export import word_styles as styles
from export.word_xml import Element, element, run, with_attribute

TEXT_WIDTH = 8845
"""版心 156 mm in twentieths of a point, the unit of all lengths here."""
_WIDTH, _HEIGHT = 11906, 16838
_TOP, _RIGHT, _BOTTOM, _LEFT = 2095, 1474, 1982, 1587
"""37, 26, 35 and 28 mm, less up to 0.05 mm so that 22 lines of the rounded pitch fit with a hair to spare."""
_HEADER, _FOOTER = 1134, 1446
"""From the paper's edge: the page number's dashes come to stand 7 mm below the 版心 (7.5)."""
_CHARACTER_SPACE = -849
"""What a 三号 character gives up so that 28 stand in a line, in 4096ths of a point (5.2.3)."""
_FOLIO_CHARACTER = 280
_STAMP_SIZE = 18
"""Half points."""
_MARK_COLOUR = "C00000"
_WIDEST_MARK, _WIDEST_CHARACTER = 420, 150
"""Points."""


def section(header_ids: dict[str, str], footer_ids: dict[str, str]) -> Element:
    """Return the section's properties; the ids of relationships are by page kind: default, even."""
    return element(
        "w:sectPr",
        *_references("w:headerReference", header_ids),
        *_references("w:footerReference", footer_ids),
        element("w:pgSz", w=_WIDTH, h=_HEIGHT),
        element(
            "w:pgMar",
            top=_TOP,
            right=_RIGHT,
            bottom=_BOTTOM,
            left=_LEFT,
            header=_HEADER,
            footer=_FOOTER,
            gutter=0,
        ),
        element("w:pgNumType", start=1),
        element("w:cols", space=425),
        element("w:docGrid", type="linesAndChars", linePitch=styles.LINE, charSpace=_CHARACTER_SPACE),
    )


def _references(name: str, ids: dict[str, str]) -> Iterator[Element]:
    for kind, id_ in ids.items():
        yield with_attribute(element(name, type=kind), "r:id", id_)


def footer(stamp: str, *, is_even: bool) -> Element:
    """Return — 1 — in the outer corner, a character in from the edge, and the 定稿 small in the inner one."""
    side = "left" if is_even else "right"
    number = [run("— "), element("w:fldSimple", run("1"), instr=" PAGE "), run(" —")]
    inward = styles.indent(1, _FOLIO_CHARACTER, side)
    if not stamp:
        return _footer([inward, element("w:jc", val=side)], number)
    small, left = run(stamp, element("w:sz", val=_STAMP_SIZE)), element("w:jc", val="left")
    if is_even:
        return _footer([_right_tab(TEXT_WIDTH), inward, left], [*number, run("\t"), small])
    return _footer([_right_tab(TEXT_WIDTH - _FOLIO_CHARACTER), left], [small, run("\t"), *number])


def _footer(properties: Iterable[Element], content: Iterable[Element]) -> Element:
    style = element("w:pStyle", val=styles.FOOTER.id)
    return element("w:ftr", element("w:p", element("w:pPr", style, *properties), *content))


def _right_tab(position: int) -> Element:
    return element("w:tabs", element("w:tab", val="right", pos=position))


def header(mark: str, number: int) -> Element:
    """Return the draft's mark: as text at the head of the page and across it, behind the text."""
    properties = element("w:pPr", element("w:pStyle", val=styles.HEADER.id))
    words = run(mark, element("w:color", val=_MARK_COLOUR))
    return element("w:hdr", element("w:p", properties, words, _watermark(mark, number)))


def _watermark(mark: str, number: int) -> Element:
    """Return the mark drawn as Word's own command for watermarks does, so that it can be taken out."""
    width = min(_WIDEST_MARK, _WIDEST_CHARACTER * len(mark))
    place = {
        "position": "absolute",
        "margin-left": "0",
        "margin-top": "0",
        "width": f"{width}pt",
        "height": f"{width / len(mark):.1f}pt",
        "rotation": "315",
        "z-index": "-251658752",
        "mso-position-horizontal": "center",
        "mso-position-horizontal-relative": "margin",
        "mso-position-vertical": "center",
        "mso-position-vertical-relative": "margin",
    }
    shape = element(
        "v:shape",
        element("v:fill", opacity=".5"),
        element("v:textpath", style=f'font-family:"{styles.HEI}";font-size:1pt', string=mark),
        element("w10:wrap", anchorx="margin", anchory="margin"),
        id=f"PowerPlusWaterMarkObject{number}",
        type="#_x0000_t136",
        alt=mark,
        style=";".join(f"{key}:{value}" for key, value in place.items()),
        fillcolor="silver",
        stroked="f",
    )
    with_attribute(shape, "o:spid", f"_x0000_s{2048 + number}")
    with_attribute(shape, "o:allowincell", "f")
    return element(
        "w:r",
        element("w:rPr", element("w:noProof")),
        element("w:pict", _text_along_path(), shape),
    )


def _text_along_path() -> Element:
    """Return VML's preset 136, text stretched over a rectangle, which every program wants spelt out."""
    formulas = (
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    )
    path = with_attribute(element("v:path", textpathok="t"), "o:connecttype", "custom")
    with_attribute(path, "o:connectlocs", "@9,0;@10,10800;@11,21600;@12,10800")
    with_attribute(path, "o:connectangles", "270,180,90,0")
    lock = with_attribute(element("o:lock", text="t", shapetype="t"), "v:ext", "edit")
    shape_type = element(
        "v:shapetype",
        element("v:formulas", *(element("v:f", eqn=formula) for formula in formulas)),
        path,
        element("v:textpath", on="t", fitshape="t"),
        element("v:handles", element("v:h", position="#0,bottomRight", xrange="6629,14971")),
        lock,
        id="_x0000_t136",
        coordsize="21600,21600",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
    return with_attribute(shape_type, "o:spt", "136")
