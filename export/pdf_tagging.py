"""Writes the structure that was gathered while drawing into a finished PDF (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from export.pdf_structure import Element, Structure


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
