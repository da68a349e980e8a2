"""Read the numbers back from a PDF, by the identifiers of its structure tree and never by position.

It goes through PDFium, which shares no code with what wrote the file.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
from pypdfium2 import raw

from export.printed_numbers import numbers_in
from model.cells import CellId, Value
from model.workbook_marks import CELL_PREFIX

PDFIUM = RLock()
"""PDFium must not be called from two threads at once: whoever uses it holds this."""


def read_pdf_numbers(path: Path) -> Mapping[CellId, Value]:
    """Return the value of every named number: counts as int, amounts as Decimal, blank as None.

    A cell that holds no number is absent. Raise OSError or pypdfium2.PdfiumError for what is no PDF.
    """
    return numbers_in(read_pdf_cells(path).items())


def read_pdf_cells(path: Path) -> Mapping[CellId, str]:
    """Return the text printed in every named cell, empty where it is blank."""
    texts: dict[CellId, str] = {}
    with PDFIUM, pypdfium2.PdfDocument(path.read_bytes()) as document:
        for page in document:
            contents = _marked_texts(page)
            for cell, marks in _named_elements(page):
                texts[cell] = texts.get(cell, "") + "".join(contents[mark] for mark in marks).strip()
    return texts


def _marked_texts(page: Any) -> Mapping[int, str]:
    """Return the text of each marked content of a page."""
    texts: dict[int, str] = defaultdict(str)
    text_page = page.get_textpage()
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        shown = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(shown) == raw.FPDF_PAGEOBJ_TEXT:
            mark = raw.FPDFPageObj_GetMarkedContentID(shown)
            texts[mark] += _text_of(shown, text_page.raw)
    return texts


def _text_of(shown: Any, text_page: Any) -> str:
    def read(buffer: Any, size: int) -> int:
        letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        return int(raw.FPDFTextObj_GetText(shown, text_page, letters, size))

    return _utf16(read)


def _named_elements(page: Any) -> Iterator[tuple[CellId, list[int]]]:
    """Yield the cells of a page with the numbers of their marked contents."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _named_below(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _named_below(element: Any) -> Iterator[tuple[CellId, list[int]]]:
    name = _utf16(lambda buffer, size: int(raw.FPDF_StructElement_GetID(element, buffer, size)))
    if name.startswith(CELL_PREFIX):
        yield CellId.parse(name.removeprefix(CELL_PREFIX)), _marks_of(element)
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if child:
            yield from _named_below(child)


def _marks_of(element: Any) -> list[int]:
    count = max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))
    return [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, number) for number in range(count)]


def _utf16(read: Callable[[Any, int], int]) -> str:
    """Call a reader of PDFium twice: for the size of its answer in bytes, and for the answer."""
    size = read(None, 0)
    if size <= 0:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
