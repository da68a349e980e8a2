"""Read the numbers back from a web page, by their names and never by position."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from export.printed_numbers import numbers_in
from model.cells import CellId, Value


def read_html_numbers(path: Path) -> Mapping[CellId, Value]:
    """Return the value of every named number: counts as int, amounts with a point as Decimal, blank as None.

    A cell that holds no number is absent. Raise OSError, or ValueError for a name that is no cell's or
    bytes that are no UTF-8.
    """
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return numbers_in((CellId.parse(name), text) for name, text in reader.texts.items())


class _Reader(HTMLParser):
    """Collects the text of every table cell that bears a name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, str] = {}
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self._open = dict(attrs).get("data-cell")
            if self._open is not None:
                self.texts[self._open] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.texts[self._open] += data
