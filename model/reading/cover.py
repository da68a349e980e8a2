"""Read what a workbook says of itself and of its unit: the hidden marks and the visible cover data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from model import workbook_marks as marks
from model.forms import Form
from model.pasting import normalise
from model.reading.doubts import Doubt, place_name
from model.reading.sheet_data import Content, SheetData, Spreadsheet
from model.reading.sheet_numbers import plain
from model.validity import is_year


def read_identity(book: Spreadsheet) -> Mapping[str, str]:
    """Return the marks of a template by key, wherever its hidden sheet is; empty where it has none."""
    for sheet in book.sheets:
        found = {cell.text: sheet.text(row, column + 1) for (row, column), cell in sheet.cells.items()}
        if found.get(marks.FORMAT_KEY) == marks.FORMAT:
            return found
    return {}


def is_template(book: Spreadsheet) -> bool:
    """Tell whether a workbook was made to be filled in, by its marks or its names."""
    own = (marks.TEXT_PREFIX, marks.NAME_NAME, marks.LEVEL_NAME, marks.YEAR_NAME)
    return bool(read_identity(book)) or any(name.startswith(own) for name in book.names)


@dataclass
class Cover:
    """The cover data, and what is doubtful about them."""

    name: str = ""
    level: str | None = None
    year: int | None = None
    doubts: list[Doubt] = field(default_factory=list)


def read_cover(form: Form, book: Spreadsheet, identity: Mapping[str, str]) -> Cover:
    """Return the cover data: what is visible leads, what the marks say fills gaps and is compared."""
    cover = Cover()
    _read_name(cover, book, identity)
    _read_level(cover, form, book)
    _read_year(cover, book, identity)
    if is_template(book) and not identity:
        cover.doubts.append(Doubt("", "", "隐藏的标识表被删去了，格式版本按表头认出，请核对年份和机关名称"))
    return cover


def _read_name(cover: Cover, book: Spreadsheet, identity: Mapping[str, str]) -> None:
    place, text, odd = _datum(book, marks.NAME_NAME, marks.NAME_LABEL)
    cover.name, expected = text, identity.get(marks.UNIT_KEY, "").strip()
    if not text:
        cover.doubts.append(
            Doubt(place, marks.NAME_LABEL, f"“{odd}”不是名称，没有读入" if odd else "没有填写")
        )
    elif expected and normalise(expected) != normalise(text):
        cover.doubts.append(Doubt(place, marks.NAME_LABEL, f"填的是“{text}”，模板是发给“{expected}”的"))


def _read_level(cover: Cover, form: Form, book: Spreadsheet) -> None:
    place, text, odd = _datum(book, marks.LEVEL_NAME, marks.LEVEL_LABEL)
    text = text or odd
    if text in form.levels:
        cover.level = text
    elif text:
        why = f"“{text}”不在{'、'.join(form.levels)}之中，没有读入"
        cover.doubts.append(Doubt(place, marks.LEVEL_LABEL, why))


def _read_year(cover: Cover, book: Spreadsheet, identity: Mapping[str, str]) -> None:
    place, text, odd = _datum(book, marks.YEAR_NAME, marks.YEAR_LABEL)
    text = text or odd
    cover.year, expected = _year(text), _year(identity.get(marks.YEAR_KEY, ""))
    if cover.year is None:
        why = f"“{text}”不是年份" if text else "没有填写"
        cover.year = expected
        used = "" if expected is None else f"，按模板的标识取 {expected} 年"
        cover.doubts.append(Doubt(place, marks.YEAR_LABEL, why + used))
    elif expected not in (None, cover.year):
        why = f"填的是 {cover.year} 年，模板是 {expected} 年的，请核对是不是用错了模板"
        cover.doubts.append(Doubt(place, marks.YEAR_LABEL, why))


def _year(text: str) -> int | None:
    bare = plain(text.strip().removesuffix(marks.YEAR_SUFFIX).strip()) or ""
    year = int(bare) if bare.isdecimal() and len(bare) == 4 else None
    return year if is_year(year) else None


def _datum(book: Spreadsheet, name: str, label: str) -> tuple[str, str, str]:
    """Return where a cover datum stands, by its name, else right of its label.

    Beside that its text, or what stands there without being a text or a number, such as #REF!.
    """
    named = book.names.get(name)
    spots = [(named.sheet, named.area.top, named.area.left)] if named is not None else []
    for sheet, row, column in (*spots, *_beside(book.sheets, label)):
        place, text = place_name(sheet, row, column), sheet.text(row, column).strip()
        cell = sheet.cells.get((row, column))
        is_plain = cell is None or cell.content in (Content.TEXT, Content.NUMBER)
        return (place, text, "") if is_plain else (place, "", text)
    return "", "", ""


def _beside(sheets: Iterable[SheetData], label: str) -> Iterator[tuple[SheetData, int, int]]:
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            if normalise(cell.text) == label:
                yield sheet, row, sheet.area(row, column).right + 1
