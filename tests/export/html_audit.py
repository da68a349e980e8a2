"""A strict reader of web pages for tests: what a lenient browser would mend is an error here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "wbr", "col", "img", "link", "hr", "input"})
PARENTS = {
    "head": {"html"},
    "body": {"html"},
    "title": {"head"},
    "meta": {"head"},
    "article": {"body", ""},
    **{name: {"article"} for name in ("h1", "h2", "h3", "h4", "p", "div")},
    "br": {"h1"},
    "wbr": {"th"},
    "table": {"div"},
    "colgroup": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "col": {"colgroup"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
}
"""In which elements each element may stand; no other elements are expected."""
_REFERENCE = re.compile("&(?:amp|lt|gt|quot|#[0-9]+);")


@dataclass
class Cell:
    """A table cell with its place once the page is read."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    row: int = 0
    column: int = 0

    @property
    def row_span(self) -> int:
        return int(self.attributes.get("rowspan", "1"))

    @property
    def column_span(self) -> int:
        return int(self.attributes.get("colspan", "1"))


@dataclass
class Table:
    """A table: its attributes, columns and rows of cells, and the row group that each row stands in."""

    attributes: dict[str, str]
    columns: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row]


class Page(HTMLParser):
    """A page that was read; raises AssertionError for what a validator would object to."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.texts: list[tuple[str, str]] = []
        """Tag and text of headings and paragraphs, in order; a break is a line end."""
        self.attributes: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self._groups = 0
        assert not _REFERENCE.sub("", source).count("&"), "a bare ampersand"
        self.feed(source)
        self.close()
        assert self._open == []
        ids = [found["id"] for _, found in self.attributes if "id" in found]
        assert len(ids) == len(set(ids))
        for table in self.tables:
            _place(table)

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"
        assert not self.attributes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value for name, value in attrs if value is not None}
        assert len(attributes) == len(attrs), "an attribute twice or without a value"
        parent = self._open[-1] if self._open else ""
        assert tag == "html" or parent in PARENTS[tag], f"{tag} in {parent}"
        self.attributes.append((tag, attributes))
        if tag not in VOID:
            self._open.append(tag)
        self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.tables.append(Table(attributes))
        elif tag == "col":
            self.tables[-1].columns += 1
        elif tag in ("thead", "tbody"):
            self._groups += 1
        elif tag == "tr":
            self.tables[-1].rows.append([])
            self.tables[-1].groups.append(self._groups)
        elif tag in ("td", "th"):
            self.tables[-1].rows[-1].append(Cell(tag, attributes))
        elif tag in ("title", "h1", "h2", "h3", "h4", "p"):
            self.texts.append((tag, ""))
        elif tag == "br":
            self._add_text("\n")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        tag = self._open[-1] if self._open else ""
        if tag in ("td", "th"):
            self.tables[-1].rows[-1][-1].text += data
        elif tag in ("title", "h1", "h2", "h3", "h4", "p"):
            self._add_text(data)
        else:
            assert not data.strip(), f"text in {tag}: {data!r}"

    def _add_text(self, data: str) -> None:
        tag, text = self.texts[-1]
        self.texts[-1] = tag, text + data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data!r}")


def _place(table: Table) -> None:
    """Give every cell its place; no two may overlap and none may hang out (HTML 4.9.12.1)."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            cell.row, cell.column = number, column
            slots = {
                (number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            assert not slots & taken
            assert {table.groups[slot] for slot, _ in slots} == {table.groups[number]}, (
                "hangs out of its group"
            )
            taken |= slots
    assert taken == {(row, column) for row in range(len(table.rows)) for column in range(table.columns)}


def heads_by_scope(table: Table, cell: Cell) -> set[str]:
    """Return the ids of the cells that head a cell by their scope alone: columns, rows and row groups."""
    return {
        head.attributes["id"] for head in table.cells if head.tag == "th" and _is_headed(table, head, cell)
    }


def _is_headed(table: Table, head: Cell, cell: Cell) -> bool:
    scope = head.attributes["scope"]
    same_rows = head.row <= cell.row < head.row + head.row_span and head.column < cell.column
    same_columns = set(range(head.column, head.column + head.column_span)) & set(
        range(cell.column, cell.column + cell.column_span)
    )
    below = head.row < cell.row
    if scope == "row":
        return same_rows
    if scope == "col":
        return below and bool(same_columns)
    assert scope == "rowgroup"
    return below and table.groups[head.row] == table.groups[cell.row]
