"""What a reader is not sure of, or did not take, and where: for the person to look at. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from model.cells import CellId
from model.errors import printable, shorten
from model.reading.sheet_data import Area, SheetData


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: where it stands in the workbook, what it is about, and why."""

    place: str
    """For example 三、依申请公开!D7; empty where it is about the whole workbook."""
    what: str
    why: str
    cells: tuple[CellId, ...] = ()
    """The numbers of the report that it is about."""

    def __str__(self) -> str:
        about = f"{self.place}（{self.what}）" if self.place and self.what else self.place or self.what
        return printable(shorten(f"{about}：{self.why}" if about else self.why))


def place_name(sheet: SheetData, row: int, column: int) -> str:
    """Return a place as people write it: 三、依申请公开!D7."""
    return f"{sheet.title}!{Area(row, column, row, column).coordinate}"
