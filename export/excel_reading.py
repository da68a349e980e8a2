"""Read the numbers back from a workbook, by their defined names and never by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook

from model.cells import CellId, Value
from model.workbook_marks import CELL_PREFIX


def read_excel_numbers(path: Path) -> Mapping[CellId, Value]:
    """Return the value of every named number: counts as int, amounts as Decimal, blank as None.

    A cell that holds no number is absent. Raise OSError, ValueError, KeyError or
    zipfile.BadZipFile for a file that is no workbook.
    """
    with path.open("rb") as file:
        return dict(_numbers(load_workbook(file, data_only=True)))


def _numbers(workbook: Workbook) -> Iterator[tuple[CellId, Value]]:
    for name, defined in workbook.defined_names.items():
        if name.startswith(CELL_PREFIX):
            held = _held(workbook, defined)
            value = _number(held)
            if value is not None or held is None:
                yield CellId.parse(name.removeprefix(CELL_PREFIX)), value


def _held(workbook: Workbook, defined: DefinedName) -> object:
    [(sheet, place)] = defined.destinations
    return workbook[sheet][place.replace("$", "")].value


def _number(held: object) -> Value:
    """Return a cell's number, or None for anything else. The shortest text of a float is what was written."""
    if isinstance(held, int) and not isinstance(held, bool):
        return held
    if not isinstance(held, float | str):
        return None
    try:
        return Decimal(str(held))
    except InvalidOperation:
        return None
