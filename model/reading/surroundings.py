"""What stands beside the tables that were read: other copies of them, and cells that belong to none."""

from __future__ import annotations

from collections.abc import Iterator

from model import workbook_marks as marks
from model.cells import CellId
from model.forms import Form
from model.pasting import normalise
from model.reading.doubts import Doubt, place_name
from model.reading.labels import Found
from model.reading.locating import Located
from model.reading.sheet_data import SheetData

_LONGEST = 20
"""Characters of a strange cell that are shown."""


def about_copies(form: Form, located: Located) -> Iterator[Doubt]:
    """Yield a doubt for each further sheet that has a table of the form with other numbers in it."""
    for copy in located.copies:
        others = tuple(cell for cell in copy.places if _differs(form, located, copy, cell))
        if others:
            why = f"这里也有一张同样的表，其中 {len(others)} 个数与读入的不同，没有读入；请核对该用哪一张"
            yield Doubt(copy.sheet.title, form.table(others[0].table).heading, why, others)


def _differs(form: Form, located: Located, copy: Found, cell: CellId) -> bool:
    """Tell whether a copy holds an input that was not taken; a blank one claims nothing."""
    text = copy.sheet.text(*copy.places[cell]).strip()
    spot = located.spots.get(cell)
    return bool(text) and not form.is_total(cell) and (spot is None or spot.text != text)


def about_strays(located: Located) -> Iterator[Doubt]:
    """Yield a doubt for each sheet of a template on which something stands below or beside its table."""
    by_sheet: dict[int, tuple[SheetData, list[tuple[int, int]]]] = {}
    for spot in located.spots.values():
        by_sheet.setdefault(id(spot.sheet), (spot.sheet, []))[1].append((spot.row, spot.column))
    for sheet, places in by_sheet.values():
        bottom, right = (max(numbers) for numbers in zip(*places, strict=True))
        strays = [place for place in sorted(sheet.cells) if _is_stray(sheet, place, bottom, right)]
        if strays:
            first = sheet.text(*strays[0]).strip()[:_LONGEST]
            more = f"等 {len(strays)} 格" if len(strays) > 1 else ""
            yield Doubt(place_name(sheet, *strays[0]), "表格以外", f"这里有内容“{first}”{more}，没有读入")


def _is_stray(sheet: SheetData, place: tuple[int, int], bottom: int, right: int) -> bool:
    row, column = place
    cell = sheet.cells[place]
    is_outside = row > bottom or column > sheet.area(row, right).right
    is_ours = cell.is_formula or normalise(cell.text) == normalise(marks.VERDICT_LABEL)
    return is_outside and not is_ours and bool(cell.text.strip())
