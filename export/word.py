"""The Word pen: the report as a document that an office can go on editing in WPS (GB/T 9704-2012).

The package is written directly: a few parts with exactly the styles the document uses, the same bytes
for the same report, and no library to load. Texts become text nodes, so nothing typed is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from export import word_page as page
from export import word_styles as styles
from export.layout import Description, Heading, Paragraph, ParagraphStyle, TableBlock
from export.title_breaks import break_title
from export.word_package import Part, Properties, pack
from export.word_tables import table
from export.word_xml import Element, element, run, serialise

_STYLE_OF = {
    ParagraphStyle.HEADING_2: styles.HEADING_2,
    ParagraphStyle.HEADING_3: styles.HEADING_3,
}
_PAGE_KINDS = ("default", "even")


def write_word(description: Description, path: Path, moment: datetime) -> tuple[str, ...]:
    """Write the document as of a moment and return what the person should know of it: nothing so far.

    Raise OSError where the file cannot be written. ``path`` must not hold anything of value: it is
    written in place.
    """
    headers = list(_headers(description.draft))
    footers = [
        _part("footer", number, page.footer(description.stamp, is_even=kind == "even"))
        for number, kind in enumerate(_PAGE_KINDS, 1)
    ]
    parts = [
        Part("styles", "rIdStyles", "styles.xml", serialise(styles.styles())),
        Part("settings", "rIdSettings", "settings.xml", serialise(styles.settings())),
        Part("fontTable", "rIdFonts", "fontTable.xml", serialise(styles.fonts())),
        *headers,
        *footers,
    ]
    section = page.section(_ids(headers), _ids(footers))
    body = element("w:body", *_body(description), section)
    properties = Properties(description.title, description.unit, description.summary, moment)
    pack(path, serialise(element("w:document", body)), parts, properties)
    return ()


def _headers(mark: str | None) -> Iterator[Part]:
    if mark:
        for number, _ in enumerate(_PAGE_KINDS, 1):
            yield _part("header", number, page.header(mark, number))


def _part(kind: str, number: int, root: Element) -> Part:
    return Part(kind, f"rId{kind.title()}{number}", f"{kind}{number}.xml", serialise(root))


def _ids(parts: list[Part]) -> dict[str, str]:
    return {kind: part.id for kind, part in zip(_PAGE_KINDS, parts, strict=False)}


def _body(description: Description) -> Iterator[Element]:
    yield _title(description.title_lines)
    bookmark_ids = count(1)
    heading = description.title
    for block in description.blocks:
        if isinstance(block, TableBlock):
            yield table(block, heading, bookmark_ids)
            yield _paragraph("", styles.GAP)
        else:
            heading = block.text if isinstance(block, Heading) else heading
            yield _paragraph(block.text, _style_of(block))


def _style_of(block: Heading | Paragraph) -> styles.Style | None:
    return styles.HEADING_1 if isinstance(block, Heading) else _STYLE_OF.get(block.style)


def _title(lines: tuple[str, ...]) -> Element:
    """Return the title as one paragraph, broken by meaning; a long name of a unit takes two lines."""
    made = element("w:p", element("w:pPr", element("w:pStyle", val=styles.TITLE.id)))
    for number, line in enumerate(break_title(lines, _title_width, page.TEXT_WIDTH / 20)):
        if number:
            made.append(element("w:r", element("w:br")))
        made.append(run(line))
    return made


def _title_width(character: str) -> float:
    """Return about how wide a character of the title is, in points, whichever face there is."""
    size = (styles.TITLE.size or 0) / 2
    return size / 2 if character.isascii() else size


def _paragraph(text: str, style: styles.Style | None) -> Element:
    """Return a paragraph of literal text; without a style it is 正文."""
    made = element("w:p")
    if style is not None:
        made.append(element("w:pPr", element("w:pStyle", val=style.id)))
    if text:
        made.append(run(text))
    return made
