"""The HTML pen: one self-contained page for the web site, or a piece of it for the clipboard.

Inline styles only and no script, so that the pages of an office's web site take it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from export.html_tables import join_words, table
from export.html_tags import Element, tag, to_text
from export.layout import Description, Heading, Paragraph, ParagraphStyle, TableBlock

_LANGUAGE = {"lang": "zh-CN"}
_FACES = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
_ARTICLE = (
    f"max-width:50em;margin:0 auto;padding:1em;font-family:{_FACES};font-size:16px;line-height:1.8;"
    "color:#000;background-color:#fff;overflow-wrap:anywhere"
)
_MARK = (
    "margin:0;padding:0.25em 1em;border:2px solid #c00000;color:#c00000;text-align:center;font-weight:bold"
)
_TITLE = "margin:1em 0;font-size:1.5em;line-height:1.5;text-align:center;text-wrap:balance"
_HEADING = "margin:1.25em 0 0.5em;font-size:{size}em;line-height:1.5;text-indent:2em"
_STAMP = "margin:2em 0 0;font-size:0.75em;text-align:right"
_BODY = "margin:0.25em 0;text-indent:2em;text-align:justify;white-space:pre-wrap"
_TEXT_TAGS = {
    ParagraphStyle.BODY: ("p", _BODY),
    ParagraphStyle.HEADING_2: ("h3", _HEADING.format(size="1.0625")),
    ParagraphStyle.HEADING_3: ("h4", _HEADING.format(size="1")),
}


def write_html(description: Description, path: Path, moment: datetime) -> tuple[str, ...]:  # noqa: ARG001 - all pens are called alike
    """Write the page and return what the person should know of it: nothing so far.

    A page has no dates of its own, so ``moment`` changes nothing. Raise OSError where the file cannot
    be written. ``path`` must not hold anything of value: it is written in place.
    """
    path.write_text(_page(description), encoding="utf-8", newline="\n")
    return ()


def html_fragment(description: Description) -> str:
    """Return the report alone, for pasting into another page or document.

    LibreOffice Writer takes a table's width from the attribute alone, and squeezes it without; a page of
    its own goes without it, for the attribute is obsolete. Pasting a ``wbr``, Writer loses every cell
    behind it.
    """
    article = _article(description)
    for drawn in article.iter("table"):
        drawn.set("width", "100%")
    for head in article.iter("th"):
        join_words(head)
    return to_text(article)


def plain_text(description: Description) -> str:
    """Return the report as plain text, its tables as lines of tab-separated cells."""
    lines = [description.draft] if description.draft else []
    lines += description.title_lines
    for block in description.blocks:
        lines += _text_table(block) if isinstance(block, TableBlock) else [block.text]
    lines += [description.stamp] if description.stamp else []
    return "\n".join(lines) + "\n"


def _text_table(table: TableBlock) -> Iterator[str]:
    """Yield the rows of a table; a merged box is told once, at its top left corner."""
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    for row in range(table.row_count):
        yield "\t".join(texts.get((row, column), "") for column in range(len(table.widths)))


def _page(description: Description) -> str:
    mark = f"【{description.draft}】" if description.draft else ""
    head = tag(
        "head",
        {},
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"name": "author", "content": description.unit}),
        tag("meta", {"name": "description", "content": description.summary}),
        tag("title", {}, mark + description.title),
    )
    body = tag("body", {"style": "margin:0"}, _article(description))
    return "<!DOCTYPE html>\n" + to_text(tag("html", _LANGUAGE, head, body))


def _article(description: Description) -> Element:
    return tag("article", _LANGUAGE | {"style": _ARTICLE}, *_content(description))


def _content(description: Description) -> Iterator[Element]:
    if description.draft:
        yield tag("p", {"role": "note", "style": _MARK}, description.draft)
    yield _title(description.title_lines)
    heading_id = None
    for block in description.blocks:
        if isinstance(block, TableBlock):
            yield table(block, heading_id)
        elif isinstance(block, Heading):
            heading_id = f"xxgk-{block.id}"
            style = _HEADING.format(size="1.125")
            yield tag("h2", {"id": heading_id, "style": style}, block.text)
        else:
            yield _paragraph(block)
    if description.stamp:
        yield tag("p", {"style": _STAMP}, description.stamp)


def _title(lines: tuple[str, ...]) -> Element:
    """Return the title, broken by meaning."""
    content: list[Element | str] = []
    for number, line in enumerate(lines):
        content += [tag("br", {}), line] if number else [line]
    return tag("h1", {"style": _TITLE}, *content)


def _paragraph(block: Paragraph) -> Element:
    name, style = _TEXT_TAGS[block.style]
    return tag(name, {"style": style}, block.text)
