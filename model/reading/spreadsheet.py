"""Read an xlsx file as it stands: values, formulas with their results, merges, names.

With the standard library alone, because of what files may be made to do: values stay as they are written
(an amount is not passed through a float), and size and time are bounded by :mod:`model.reading.package`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from model.reading.package import OTHER_FORMAT, Package
from model.reading.sheet_data import Named, SheetData, Spreadsheet, read_area
from model.reading.sheet_parts import BookPart, Room, SheetPart, read_number_formats, read_texts

MOST_SHEETS = 100
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!([^!,]+)")
_BINARY = ".bin"
"""An .xlsb workbook keeps its parts so."""
_FIRST_PART = "xl/workbook.xml"


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Return what stands in an xlsx file; raise FileMissing, CannotRead or CannotImport."""
    package = Package(path)
    roots = package.relations("").values()
    part = next((target for kind, target in roots if kind == "officeDocument"), _FIRST_PART)
    if not package.has(part) or part.endswith(_BINARY):
        raise package.refused(OTHER_FORMAT)
    book = BookPart(package, part)
    if len(book.sheets) > MOST_SHEETS:
        raise package.refused(f"里面有 {len(book.sheets)} 张工作表，不像填报表")
    sheets = tuple(_read_sheets(package, part, book))
    by_title = {sheet.title.casefold(): sheet for sheet in sheets}
    return Spreadsheet(sheets, {name: _resolve(text, by_title) for name, text in book.names})


def _read_sheets(package: Package, part: str, book: BookPart) -> Iterable[SheetData]:
    relations = package.relations(part)
    shared = {kind: target for kind, target in relations.values() if package.has(target)}
    texts = read_texts(package, shared["sharedStrings"]) if "sharedStrings" in shared else []
    formats = read_number_formats(package, shared["styles"]) if "styles" in shared else []
    room = Room(package)
    for title, id_ in book.sheets:
        kind, target = relations.get(id_, ("", ""))
        if kind == "worksheet":
            yield SheetPart(package, texts, formats, room).read(title, target)


def _resolve(text: str, sheets: Mapping[str, SheetData]) -> Named | None:
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    title = (match[1] or match[2]).replace("''", "'")
    sheet, area = sheets.get(title.casefold()), read_area(match[3])
    return None if sheet is None or area is None else Named(sheet, area)
