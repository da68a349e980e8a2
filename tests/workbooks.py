"""Templates as somebody filled them in: made, changed and read for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from model.catalogue import load_form
from model.cells import CellId, Value
from model.reading.template import Imported, read_template

FORM = load_form("2021")
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
UNIT = "某县人民政府"
GRANTED = "xxgk.requests.granted.natural_person"
REQUESTS = "三、依申请公开"


def named(book: Workbook, name: str) -> Cell:
    """Return the first cell of a name."""
    [(sheet, place)] = book.defined_names[name].destinations
    cell = book[sheet][place.replace("$", "").partition(":")[0]]
    assert isinstance(cell, Cell)
    return cell


def read(book: Workbook, folder: Path) -> Imported:
    """Return what is read from a workbook that was saved."""
    path = folder / "filled.xlsx"
    book.save(path)
    return read_template(path)


def fill(book: Workbook, values: dict[CellId, Value]) -> None:
    """Type values into the cells for them."""
    for cell, value in values.items():
        named(book, f"xxgk.{cell}").value = value


def move(book: Workbook, name: str, place: str) -> None:
    """Move a named cell within its sheet, as cut and paste does: its name goes with it."""
    cell = named(book, name)
    sheet = book[cell.parent.title]
    sheet[place].value, cell.value = cell.value, None
    book.defined_names[name].attr_text = f"'{sheet.title}'!${place[0]}${place[1:]}"


def edited(template: Path, folder: Path, sheet: str, edit: Callable[[str], str]) -> Path:
    """Return a copy of a workbook, one of whose parts is changed as text."""
    path = folder / "edited.xlsx"
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, edit(content) if sheet in name else content)
    return path
