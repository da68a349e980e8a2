"""Read the numbers back from a workbook, by their defined names and never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook

from export.printed_numbers import numbers_in
from model.cells import CellId, Value
from model.workbook_marks import CELL_PREFIX


def read_excel_numbers(path: Path) -> Mapping[CellId, Value]:
    """Return the value of every named number: counts as int, amounts as Decimal, blank as None.

    A cell that holds no number is absent. Raise OSError, ValueError, KeyError or
    zipfile.BadZipFile for a file that is no workbook.
    """
    with path.open("rb") as file:
        return numbers_in(_texts(load_workbook(file, data_only=True)))


def _texts(workbook: Workbook) -> Iterator[tuple[CellId, str]]:
    for name, defined in workbook.defined_names.items():
        if name.startswith(CELL_PREFIX):
            yield CellId.parse(name.removeprefix(CELL_PREFIX)), _printed(_held(workbook, defined))


def _held(workbook: Workbook, defined: DefinedName) -> object:
    [(sheet, place)] = defined.destinations
    return workbook[sheet][place.replace("$", "")].value


def _printed(held: object) -> str:
    """Return a cell's content as it would be printed. The shortest text of a float is what was written."""
    if held is None:
        return ""
    return f"{Decimal(str(held)):f}" if isinstance(held, float) else str(held)
