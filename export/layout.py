"""The neutral description of the official document that every pen draws from.

It says what stands on the pages, in which order and with which merges; it does not say how a
format draws it. Widths are proportions, texts are literal (never markup).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from model.cells import CellId, Value
from model.forms import Role as Role


@dataclass(frozen=True)
class TableCell:
    """One box of a table: its place and extent in grid units, its text and, for a number, its name."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str
    cell: CellId | None = None
    value: Value = None


@dataclass(frozen=True)
class TableBlock:
    """A whole official table. ``cells`` cover the grid exactly once."""

    id: str
    widths: tuple[int, ...]
    """Width of each grid column, as proportions."""
    row_count: int
    header_rows: int
    """Rows at the top that head the columns (0 where bands inside the table carry the headers)."""
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class Heading:
    """A first-level heading of the form: 「一、总体情况」. ``id`` is the section's."""

    id: str
    text: str


class ParagraphStyle(Enum):
    """How a paragraph of running text is set."""

    BODY = "body"
    HEADING_2 = "heading_2"
    """「（一）……」 on a line of its own."""
    HEADING_3 = "heading_3"
    """「1.……」 on a line of its own."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of literal text, without its first-line indent."""

    section: str
    style: ParagraphStyle
    text: str


Block: TypeAlias = "Heading | Paragraph | TableBlock"


@dataclass(frozen=True)
class Description:
    """A whole report, ready to be drawn."""

    title: str
    """The title on one line, for document properties and file names."""
    title_lines: tuple[str, ...]
    """The title broken by meaning: the unit's name, then the year and 政府信息公开工作年度报告."""
    unit: str
    year: int | None
    form: str
    draft: str | None
    """The 草稿 mark to be shown on every page, or None for a final document."""
    blocks: tuple[Block, ...]
