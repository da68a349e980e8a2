"""Read the XML parts of a workbook, each in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from model.reading.package import Package, ignore
from model.reading.sheet_data import Area, Content, SheetCell, SheetData, Shown, read_area, read_place

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_TEXT = 40_000
"""Characters of a cell; Excel takes 32,767."""
MOST_CHARACTERS = 4_000_000
"""Of all cells together; a report with long texts has some 50,000."""
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_MASKED = re.compile(r"""[0#?],+(?![0#?,])|[0#?](?:!\.|\\\.|"\.")[0#?]|[0#?]"[0-9]|[0-9]"[0#?]|^-""")
"""A comma behind the last digit divides by a thousand; a point, digits and a minus can be mere signs."""
_MOST_ARRAYS = 20
"""The last formulas over several cells that are kept in mind; a template has none."""
_CONTENTS = {"b": Content.TRUTH, "e": Content.FAULT, "n": Content.NUMBER, "": Content.NUMBER}


class BookPart:
    """The sheets of a workbook, title and id of each, and its names, each with what it stands for."""

    def __init__(self, package: Package, part: str) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.names: list[tuple[str, str]] = []
        self._name = ""
        self._text: list[str] = []
        package.parse(part, self._start, self._end, self._text_of)

    def _start(self, element: str, given: Mapping[str, str]) -> None:
        if element == "sheet":
            self.sheets.append((given.get("name", ""), given.get("id", "")))
        elif element == "definedName":
            self._name = "" if "localSheetId" in given else given.get("name", "")
            self._text.clear()

    def _text_of(self, text: str) -> None:
        self._text.append(text)

    def _end(self, element: str) -> None:
        if element == "definedName" and self._name:
            self.names.append((self._name, "".join(self._text)))


def unescape(text: str) -> str:
    """Return a text without the escapes that the format has for control characters."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class _Texts:
    """Gathers the texts of runs, without the reading aids that Japanese workbooks have."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._takes = False
        self._aside = 0

    def start(self, element: str) -> None:
        self._aside += element == "rPh"
        self._takes = element == "t" and not self._aside

    def end(self, element: str) -> None:
        self._aside -= element == "rPh"
        self._takes = False

    def take(self, text: str) -> None:
        if self._takes:
            self.parts.append(text)

    def empty(self) -> str:
        """Return what was gathered, and begin anew."""
        text = unescape("".join(self.parts)[:_MOST_TEXT])
        self.parts.clear()
        return text


def read_texts(package: Package, part: str) -> list[str]:
    """Return the shared texts of a workbook."""
    found: list[str] = []
    texts = _Texts()

    def end(element: str) -> None:
        texts.end(element)
        if element == "si":
            found.append(texts.empty())

    package.parse(part, lambda element, _given: texts.start(element), end, texts.take)
    return found


def read_number_formats(package: Package, part: str) -> list[Shown]:
    """Return how each look of a workbook shows numbers."""
    codes: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def start(element: str, given: Mapping[str, str]) -> None:
        nonlocal inside
        if element == "numFmt":
            codes[int(given.get("numFmtId", "0"))] = given.get("formatCode", "")
        elif element in ("cellXfs", "cellStyleXfs"):
            inside = element == "cellXfs"
        elif element == "xf" and inside:
            used.append(int(given.get("numFmtId", "0")))

    package.parse(part, start, ignore, ignore)
    return [_shown(number, codes.get(number, "")) for number in used]


def _shown(number: int, code: str) -> Shown:
    bare = _QUOTED.sub("", code).lower()
    if number in _DATES or any(letter in bare for letter in "ymdhs年月日"):
        return Shown.PLAIN if bare == "general" else Shown.DATE
    if number in _PERCENTS or "%" in bare:
        return Shown.PERCENT
    return Shown.MASKED if _MASKED.search(code) else Shown.PLAIN


class Room:
    """How many characters may still be read: shared texts count in every cell that shows them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._left = MOST_CHARACTERS

    def take(self, text: str) -> None:
        """Count a cell's text; raise CannotImport where there is too much of it."""
        self._left -= len(text)
        if self._left < 0:
            raise self._package.refused("里面的文字太多，不像填报表；请只保留填报的几张表再导入")


class SheetPart:
    """Reads one sheet."""

    def __init__(self, package: Package, texts: Sequence[str], formats: Sequence[Shown], room: Room) -> None:
        self._package = package
        self._room = room
        self._shared = texts
        self._formats = formats
        self._cells: dict[tuple[int, int], SheetCell] = {}
        self._merges: dict[tuple[int, int], Area] = {}
        self._arrays: list[Area] = []
        self._row = self._column = 0
        self._given: Mapping[str, str] = {}
        self._value: list[str] = []
        self._inline = _Texts()
        self._is_formula = False
        self._inside = ""

    def read(self, title: str, part: str) -> SheetData:
        """Return what stands on the sheet."""
        self._package.parse(part, self._start, self._end, self._take)
        return SheetData(title, self._cells, self._merges)

    def _start(self, element: str, given: Mapping[str, str]) -> None:
        self._inside = element
        if element == "c":
            self._start_cell(given)
            return
        self._inline.start(element)
        if element == "row":
            self._row, self._column = int(given.get("r", self._row + 1)), 0
        elif element == "f":
            self._is_formula = True
            self._add_array(given)
        elif element == "mergeCell":
            self._add_merge(given.get("ref", ""))

    def _start_cell(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._value.clear()
        self._inline.parts.clear()
        self._is_formula = False
        place = read_place(given.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)

    def _add_merge(self, text: str) -> None:
        area = read_area(text)
        if area is not None:
            self._merges[area.top, area.left] = area

    def _add_array(self, given: Mapping[str, str]) -> None:
        """Keep the area of a formula that fills several cells: only the first says that it has one."""
        area = read_area(given.get("ref", "")) if given.get("t") in ("array", "dataTable") else None
        if area is not None and area[:2] != area[2:]:
            self._arrays.append(area)

    def _is_in_array(self) -> bool:
        return any(
            area.top <= self._row <= area.bottom and area.left <= self._column <= area.right
            for area in self._arrays[-_MOST_ARRAYS:]
        )

    def _take(self, text: str) -> None:
        if self._inside == "v":
            self._value.append(text)
        else:
            self._inline.take(text)

    def _end(self, element: str) -> None:
        self._inside = ""
        self._inline.end(element)
        if element == "c" and (self._value or self._inline.parts or self._is_formula):
            cell = self._cell("".join(self._value), self._given.get("t", "n"))
            self._room.take(cell.text)
            if cell.text or cell.is_formula:
                self._cells[self._row, self._column] = cell

    def _cell(self, value: str, kind: str) -> SheetCell:
        if kind in ("s", "str", "inlineStr", "d"):
            content, text = Content.TEXT, self._text(value, kind)
        else:
            content, text = _CONTENTS.get(kind, Content.FAULT), value
        if not text:
            content = Content.NOTHING
        is_formula = self._is_formula or self._is_in_array()
        return SheetCell(text[:_MOST_TEXT], content, is_formula, self._shown())

    def _text(self, value: str, kind: str) -> str:
        if kind == "s":
            number = int(value) if value else -1
            return self._shared[number] if 0 <= number < len(self._shared) else ""
        return self._inline.empty() if kind == "inlineStr" else unescape(value)

    def _shown(self) -> Shown:
        number = int(self._given.get("s", "0"))
        return self._formats[number] if 0 <= number < len(self._formats) else Shown.PLAIN
