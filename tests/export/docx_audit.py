"""Reads a Word document for tests: from its XML, without any code of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Box(NamedTuple):
    """A box of a table: its place and extent in grid units, its text, its bookmark."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    bookmark: str | None = None


def part(path: Path, name: str) -> ElementTree.Element:
    """Return the root of one part."""
    with ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))


def body(path: Path) -> ElementTree.Element:
    found = part(path, "word/document.xml").find(f"{W}body")
    assert found is not None
    return found


def text_of(element: ElementTree.Element) -> str:
    """Return the text below an element: breaks as line ends, tabs as tabs."""
    pieces = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else pieces.get(node.tag, "") for node in element.iter()
    )


def paragraphs(root: ElementTree.Element) -> list[tuple[str, str]]:
    """Return style id and text of the paragraphs that stand in no table."""
    return [(style_of(paragraph), text_of(paragraph)) for paragraph in root.findall(f"{W}p")]


def style_of(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "Normal" if style is None else style.attrib[f"{W}val"]


def value(element: ElementTree.Element, path: str, attribute: str = "val") -> str | None:
    """Return an attribute of what stands at a path of names without their prefix; None where nothing does."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + attribute)


def boxes(table: ElementTree.Element) -> list[Box]:
    """Return the boxes of a table, merged cells as one, in the order in which they begin."""
    found: dict[tuple[int, int], Box] = {}
    open_above: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table.findall(f"{W}tr")):
        column = 0
        for cell in line.findall(f"{W}tc"):
            span = int(value(cell, "tcPr/gridSpan") or 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                first = found[open_above[column]]
                assert (first.column_span, text_of(cell)) == (span, "")
                found[open_above[column]] = first._replace(row_span=first.row_span + 1)
            else:
                mark = cell.find(f".//{W}bookmarkStart")
                name = None if mark is None else mark.get(f"{W}name")
                found[row, column] = Box(row, column, 1, span, text_of(cell), name)
                open_above[column] = row, column
            column += span
    return list(found.values())


def tables(path: Path) -> list[ElementTree.Element]:
    return body(path).findall(f"{W}tbl")


def styles(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield every style's id and element."""
    for style in part(path, "word/styles.xml").iter(f"{W}style"):
        yield style.attrib[f"{W}styleId"], style
