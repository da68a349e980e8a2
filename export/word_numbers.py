"""Names every number of the Word document, and reads the numbers back by name, never by position.

A number's cell bears a hidden bookmark, which leaves typing in Word and WPS as simple as in any other
cell, and which LibreOffice keeps too. Names too long for Word end in a check sum of the full id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from export.printed_tables import numbers_in
from export.word_xml import NAMESPACES
from model.catalogue import form_ids, load_form
from model.cells import CellId, Value

_LONGEST_NAME = 40
"""Characters of a bookmark's name that Word accepts."""
_PREFIX = "_xxgk_"
"""A name that begins with an underline is not shown in the list of bookmarks."""
_W = f"{{{NAMESPACES['w']}}}"


def bookmark_name(cell: CellId) -> str:
    """Return the bookmark of a cell: its id where it fits, else the id's beginning and a check sum."""
    name = _PREFIX + str(cell).replace(".", "_")
    digest = hashlib.sha256(str(cell).encode()).hexdigest()[:10]
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 11]}_{digest}"


def read_word_numbers(path: Path, cells: Iterable[CellId] | None = None) -> Mapping[CellId, Value]:
    """Return the value of every named number: counts as int, amounts with a point as Decimal, blank as None.

    ``cells`` are those to look for: without them, those of every edition of the form. A cell that holds
    no number is absent. Raise OSError, KeyError, ValueError, xml.etree.ElementTree.ParseError or
    zipfile.BadZipFile for a file that is no Word document.
    """
    names = {bookmark_name(cell): cell for cell in (_all_cells() if cells is None else cells)}
    with ZipFile(path) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    return numbers_in(_texts(document, names))


def _all_cells() -> Iterator[CellId]:
    for id_ in form_ids():
        yield from load_form(id_).cells


def _texts(document: ElementTree.Element, names: Mapping[str, CellId]) -> Iterator[tuple[CellId, str]]:
    """Yield the whole text of each table cell in which a bookmark begins."""
    for box in document.iter(f"{_W}tc"):
        for mark in box.iter(f"{_W}bookmarkStart"):
            cell = names.get(mark.get(f"{_W}name", ""))
            if cell is not None:
                yield cell, "".join(text.text or "" for text in box.iter(f"{_W}t"))
