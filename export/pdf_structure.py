"""The logical structure of a tagged PDF (ISO 32000-1, 14.7 and 14.8).

A tree of elements gathered while pages are drawn, then written into the finished file. Each number
of a table is an element with an identifier, the same name as in the workbook, by which readers find it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

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


def write_structure(pdf: pikepdf.Pdf, structure: Structure) -> None:
    """Write the elements into a file whose pages carry their marks."""
    _Writer(pdf, structure).write()


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, structure: Structure) -> None:
        self._pdf = pdf
        self._structure = structure
        self._written: dict[Element, pikepdf.Object] = {}
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def write(self) -> None:
        self._root.K = Array([self._element(self._structure.root, self._root)])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._parents()))
        self._root.ParentTreeNextKey = len(self._pdf.pages)
        self._root.IDTree = self._pdf.make_indirect(Dictionary(Names=self._identifiers()))
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _identifiers(self) -> Array:
        named = {
            element.identifier: written for element, written in self._written.items() if element.identifier
        }
        return Array([part for name in sorted(named) for part in (String(name), named[name])])

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        kind = Name(f"/{element.type}")
        written = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent))
        self._written[element] = written
        if element.identifier:
            written.ID = String(element.identifier)
        attributes = _attributes(element)
        if len(attributes) > 1:
            written.A = attributes
        kids = [self._element(child, written) for child in element.children]
        kids += [self._content(page, number) for page, number in element.contents]
        written.K = Array(kids)
        return written

    def _content(self, page: int, number: int) -> Dictionary:
        return Dictionary(Type=Name.MCR, Pg=self._pdf.pages[page].obj, MCID=number)

    def _parents(self) -> Array:
        numbers: list[object] = []
        for number, page in enumerate(self._pdf.pages):
            marked = self._structure.pages[number] if number < len(self._structure.pages) else []
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
            numbers += [
                number,
                self._pdf.make_indirect(Array([self._written[element] for element in marked])),
            ]
        return Array(numbers)


def _attributes(element: Element) -> Dictionary:
    attributes = Dictionary(O=Name.Table)
    if element.scope:
        attributes.Scope = Name(f"/{element.scope}")
    if element.row_span > 1:
        attributes.RowSpan = element.row_span
    if element.column_span > 1:
        attributes.ColSpan = element.column_span
    return attributes
