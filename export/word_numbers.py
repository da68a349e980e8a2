"""Names every number of the Word document, and reads the numbers back by name, never by position.

A number's cell bears a hidden bookmark, which leaves typing in Word and WPS as simple as in any other
cell, and which LibreOffice keeps too. A bookmark's name has no points, so ids that are ambiguous without
them, or too long for Word, end in a check sum of the full id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from export.printed_numbers import numbers_in
from export.word_xml import NAMESPACES
from model.cells import CellId, Value

_LONGEST_NAME = 40
"""Characters of a bookmark's name that Word accepts."""
_PREFIX = "_xxgk_"
"""A name that begins with an underline is not shown in the list of bookmarks."""
_DIGEST = 10
_W = f"{{{NAMESPACES['w']}}}"


def bookmark_name(cell: CellId) -> str:
    """Return the bookmark of a cell, no two the same: its id if that is plain, else with a check sum.

    No plain name has two underlines side by side, so that no check sum makes one.
    """
    name = _PREFIX + str(cell).replace(".", "_")
    if len(name) <= _LONGEST_NAME and "_" not in str(cell):
        return name
    digest = hashlib.sha256(str(cell).encode()).hexdigest()[:_DIGEST]
    return f"{name[: _LONGEST_NAME - _DIGEST - 2]}__{digest}"


def read_word_numbers(path: Path, cells: Iterable[CellId]) -> Mapping[CellId, Value]:
    """Return the values of these cells: counts as int, amounts with a point as Decimal, blank as None.

    A cell that holds no number is absent. Raise OSError, KeyError, ValueError,
    xml.etree.ElementTree.ParseError or zipfile.BadZipFile for a file that is no Word document.
    """
    names = {bookmark_name(cell): cell for cell in cells}
    with ZipFile(path) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    return numbers_in(_texts(document, names))


def _texts(document: ElementTree.Element, names: Mapping[str, CellId]) -> Iterator[tuple[CellId, str]]:
    """Yield the whole text of each table cell in which a bookmark begins."""
    for box in document.iter(f"{_W}tc"):
        for mark in box.iter(f"{_W}bookmarkStart"):
            cell = names.get(mark.get(f"{_W}name", ""))
            if cell is not None:
                yield cell, "".join(text.text or "" for text in box.iter(f"{_W}t"))
