"""Blocks of cells as programs exchange them through the clipboard: tab-separated text and HTML tables.

Reads what Excel, WPS, LibreOffice, Word and web pages offer, and writes what they read. Pure; knows
nothing of any form. A block is rows of texts; rows may differ in length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser
from typing import TypeAlias

Block: TypeAlias = "tuple[tuple[str, ...], ...]"

_FIELD = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_SPACES = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BORDER = "border:1px solid #000;padding:2px 6px;text-align:center"
_LARGEST_SPAN = 200
"""Rows or columns that a pasted cell may cover; no table of ours has as many."""


def read_text(text: str) -> Block:
    """Read tab-separated text: any line ends, quoted cells, one empty row at the end dropped."""
    rows: list[list[str]] = [[]]
    position = 0
    while True:
        field = _FIELD.match(text, position)
        assert field is not None
        quoted, plain = field.groups()
        rows[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        position = field.end()
        if position >= len(text):
            break
        line_end = _LINE_END.match(text, position)
        if line_end:
            rows.append([])
        position = line_end.end() if line_end else position + 1
    if len(rows) > 1 and rows[-1] == [""]:
        rows.pop()
    return tuple(tuple(row) for row in rows)


def read_html(html: str) -> Block | None:
    """Read the one table that an HTML text holds, merged cells spread out; None without just one."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return reader.block() or None if reader.tables == 1 else None


class _TableReader(HTMLParser):
    """Collects the texts of table cells; places that a merged cell covers besides its first are blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = 0
        self.rows: list[list[str]] = []
        self._covered_until: dict[int, int] = {}
        """The last row, by column, that a cell above reaches down to."""
        self._text: list[str] | None = None
        self._hidden = 0
        self._unseen: set[int] = set()
        """Rows that the page does not show."""

    def block(self) -> Block:
        """Return the rows, without those at the end that are neither shown nor filled.

        Excel ends a table that has merged cells with such a row, which holds the widths of its columns.
        """
        rows = [tuple(row) for row in self.rows]
        while rows and len(rows) - 1 in self._unseen and not any(rows[-1]):
            rows.pop()
        return tuple(rows)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell or a line."""
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self._end_cell()
            self._unseen |= {len(self.rows)} if _HIDDEN.search(dict(attrs).get("style") or "") else set()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag == "sup" and self._text:
            self._text.append(" ")
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")
        elif tag in ("style", "script", "title"):
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        """End a cell, or a part that is not shown."""
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        elif tag in ("style", "script", "title"):
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        """Collect the text of the cell that is open."""
        if self._text is not None and not self._hidden:
            self._text.append(_SPACES.sub(" ", data))

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        self._skip_covered()
        across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        last = len(self.rows) - 2 + down
        for column in range(len(row), len(row) + across):
            self._covered_until[column] = max(self._covered_until.get(column, -1), last)
        self._text = []

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while self._covered_until.get(len(row), -1) >= len(self.rows) - 1:
            row.append("")

    def _end_cell(self) -> None:
        if self._text is not None:
            lines = "".join(self._text).split("\n")
            self.rows[-1].append("\n".join(line.strip() for line in lines).strip())
            self._text = None
        if self.rows:
            self._skip_covered()


def _span(value: str | None) -> int:
    number = int(value) if value and value.strip().isascii() and value.strip().isdigit() else 1
    return min(max(number, 1), _LARGEST_SPAN)


def write_text(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as tab-separated text, as Excel puts it on the clipboard."""
    return "".join("\t".join(_quoted(text) for text in row) + "\r\n" for row in rows)


def _quoted(text: str) -> str:
    if any(mark in text for mark in '\t\r\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write_html(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as an HTML table with borders that survives in Word and on web pages."""
    lines = ("".join(html_cell(text) for text in row) for row in rows)
    return html_table(lines)


def html_table(lines: Iterable[str]) -> str:
    """Return a table of lines that are made of :func:`html_cell`."""
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table style="border-collapse:collapse">{body}</table>'


def html_cell(text: str, *, across: int = 1, down: int = 1, fill: str = "") -> str:
    """Return one cell with its borders; ``fill`` is its colour."""
    spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
    colour = f";background:{fill}" if fill else ""
    return f'<td{spans} style="{_BORDER}{colour}">{escape(text)}</td>'
