"""Read the texts of a report from a workbook: by the names of their cells, else below their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from model import workbook_marks as marks
from model.forms import Form, Section
from model.pasting import normalise
from model.reading.doubts import Doubt, place_name
from model.reading.sheet_data import Area, Content, SheetCell, SheetData, Shown, Spreadsheet

_DRAFT_MARK = re.compile("^【[^】]*】")
_FIRST_DAY = date(1899, 12, 30)
"""The day 0 of a workbook."""
_DAY = re.compile("[0-9]{1,6}")


@dataclass
class Texts:
    """The texts by section, and what is doubtful about them."""

    found: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def read_texts(form: Form, book: Spreadsheet, *, is_template: bool) -> Texts:
    """Return the texts of all sections; one that is blank is absent."""
    texts = Texts()
    for section in form.text_sections:
        reader = _Reader(section, book, texts.doubts, is_template=is_template)
        text = reader.read()
        if text:
            texts.found[section.id] = text
    return texts


def headings_of(section: Section) -> tuple[str, ...]:
    """Return what may head a text: the form's words, other wordings, the short name."""
    return tuple(text for text in (section.heading, *section.variants, section.short) if text)


class _Reader:
    """Reads one section."""

    def __init__(
        self, section: Section, book: Spreadsheet, doubts: list[Doubt], *, is_template: bool
    ) -> None:
        self._section = section
        self._book = book
        self._doubts = doubts
        self._is_template = is_template
        self._headings = {normalise(text) for text in headings_of(section)}

    def read(self) -> str:
        """Return the text, empty where there is none."""
        named = self._book.names.get(f"{marks.TEXT_PREFIX}{self._section.id}")
        if named is not None:
            self._report_strays(named.sheet, named.area)
            text = _joined(self._lines(named.sheet, named.area))
            self._report_copies(named.sheet, text)
            return text
        heading = next(self._found_headings(), None)
        if heading is None:
            if self._section.heading or self._is_template:
                self._doubt("", "没有找到这一部分")
            return ""
        text = self._below(*heading)
        self._report_copies(heading[0], text)
        return text

    def _below(self, sheet: SheetData, row: int, column: int) -> str:
        """Return the text below a heading; that of an exported report is put together again."""
        last = max(line for line, _ in sheet.cells)
        lines = self._lines(sheet, Area(row + 1, column, last, column))
        if not self._is_template:
            return _joined(_rejoined(lines))
        self._doubt(place_name(sheet, row, column), "单元格名称丢失，读入标题下面的文字，请核对")
        return _joined(lines)

    def _doubt(self, place: str, why: str) -> None:
        self._doubts.append(Doubt(place, self._section.short, why))

    def _found_headings(self) -> Iterator[tuple[SheetData, int, int]]:
        for sheet in self._book.sheets:
            for (row, column), cell in sheet.cells.items():
                is_words = cell.content is Content.TEXT
                if is_words and normalise(_DRAFT_MARK.sub("", cell.text)) in self._headings:
                    yield sheet, row, column

    def _report_copies(self, read: SheetData, text: str) -> None:
        """Report other sheets with this section's heading and another text below it."""
        taken = normalise(text) + normalise(self._section.help)
        told = [read]
        for sheet, row, column in self._found_headings():
            if any(sheet is other for other in told):
                continue
            told.append(sheet)
            below = (cell.text for place, cell in sheet.cells.items() if place[0] > row)
            if any(normalise(other) not in taken for other in below):
                why = "这里也有这一部分的文字，与读入的不同，没有读入；请核对该用哪一处"
                self._doubt(place_name(sheet, row, column), why)

    def _lines(self, sheet: SheetData, area: Area) -> Iterator[str]:
        """Yield the text of each row of an area, its cells joined; what is no text is reported."""
        advice = normalise(self._section.help)
        rows: dict[int, list[str]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            if not (area.top <= row <= area.bottom and area.left <= column <= area.right):
                continue
            text, doubt = _text_of(cell)
            if doubt:
                self._doubt(place_name(sheet, row, column), doubt)
            if normalise(text) != advice:
                rows.setdefault(row, []).append(text)
        for row in range(area.top, max(rows, default=area.top - 1) + 1):
            yield "".join(rows.get(row, ()))

    def _report_strays(self, sheet: SheetData, area: Area) -> None:
        """Report texts that stand beside or below the cells for them."""
        known = self._headings | {normalise(self._section.help)}
        for (row, column), cell in sorted(sheet.cells.items()):
            inside = area.top <= row <= area.bottom and area.left <= column <= area.right
            if not inside and normalise(_DRAFT_MARK.sub("", cell.text)) not in known:
                self._doubt(place_name(sheet, row, column), f"填写区以外有文字“{cell.text[:20]}”，没有读入")


def _text_of(cell: SheetCell) -> tuple[str, str]:
    """Return what a cell adds to a text, and what is doubtful about it."""
    if cell.is_formula or cell.content in (Content.FAULT, Content.NOTHING):
        return cell.text, "这里是公式，按显示的内容读入，请核对"
    if cell.content is Content.NUMBER and cell.shown is Shown.DATE and _DAY.fullmatch(cell.text):
        day = _FIRST_DAY + timedelta(int(cell.text))
        words = f"{day.year}年{day.month}月{day.day}日"
        return words, f"这一格被当成了日期，按“{words}”读入，请核对"
    if cell.content is Content.TRUTH or (cell.content is Content.NUMBER and cell.shown is not Shown.PLAIN):
        return "", f"这一格不是文字，“{cell.text}”没有读入；请改为文本格式再填"
    return cell.text, ""


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).replace("\r\n", "\n").replace("\r", "\n").rstrip().lstrip("\n")


def _rejoined(lines: Iterable[str]) -> Sequence[str]:
    """Return the paragraphs of an exported text: each begins with an indent, pieces that go on do not."""
    pieces = list(lines)
    if not any(piece.startswith(marks.PARAGRAPH_INDENT) for piece in pieces):
        return pieces
    paragraphs: list[str] = []
    for piece in pieces:
        if piece.startswith(marks.PARAGRAPH_INDENT) or not paragraphs:
            paragraphs.append(piece.removeprefix(marks.PARAGRAPH_INDENT))
        else:
            paragraphs[-1] += piece
    return paragraphs
