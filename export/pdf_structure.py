"""The logical structure of a tagged PDF (ISO 32000-1, 14.7 and 14.8): gathered while pages are drawn.

Each number of a table is an element with an identifier, the same name as in the workbook, by which
readers find it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from export.layout import Role, TableBlock, TableCell
from model.workbook_marks import CELL_PREFIX

_HEADER_ROLES = {Role.BAND: "Column", Role.HEADER: "Column", Role.LABEL: "Row"}


@dataclass(eq=False)
class Element:
    """One element: its type, its attributes, the elements and marked contents in it."""

    type: str
    children: list[Element] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    """(page from 0, number of the marked content on it)."""
    identifier: str = ""
    scope: str = ""
    row_span: int = 1
    column_span: int = 1


@dataclass
class Structure:
    """All elements of a document, and whose each marked content is."""

    root: Element = field(default_factory=lambda: Element("Document"))
    pages: list[list[Element]] = field(default_factory=list)
    """For each page the element of each marked content."""

    def add(self, element: Element) -> Element:
        """Put an element at the end of the document and return it."""
        self.root.children.append(element)
        return element

    def mark(self, page: int, element: Element) -> int:
        """Return the number for the next content of an element on a page (from 0)."""
        while len(self.pages) <= page:
            self.pages.append([])
        self.pages[page].append(element)
        number = len(self.pages[page]) - 1
        element.contents.append((page, number))
        return number


def table_elements(table: TableBlock) -> tuple[Element, dict[tuple[int, int], Element]]:
    """Return a table's element with its rows, and each cell's element by row and column."""
    top = Element("Table")
    cells: dict[tuple[int, int], Element] = {}
    for row in range(table.row_count):
        line = Element("TR")
        for cell in sorted((cell for cell in table.cells if cell.row == row), key=lambda cell: cell.column):
            cells[cell.row, cell.column] = _cell_element(cell)
            line.children.append(cells[cell.row, cell.column])
        top.children.append(line)
    return top, cells


def _cell_element(cell: TableCell) -> Element:
    scope = _HEADER_ROLES.get(cell.role, "")
    return Element(
        "TH" if scope else "TD",
        identifier=f"{CELL_PREFIX}{cell.cell}" if cell.cell else "",
        scope=scope,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )
