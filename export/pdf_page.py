"""The page of GB/T 9704-2012 and what is put on it, in points from the lower left corner.

Pure data: composed pages know nothing of PDF, so that tests can measure them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from export.fonts import FaceRole
from export.layout import TableBlock, TableCell
from export.lines import Line

MILLIMETRE = 72 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 210 * MILLIMETRE, 297 * MILLIMETRE
"""A4 (5.1)."""
TEXT_LEFT, TEXT_WIDTH = 28 * MILLIMETRE, 156 * MILLIMETRE
"""订口 28 mm, 版心 156 mm wide (5.2.1)."""
TEXT_TOP, TEXT_HEIGHT = PAGE_HEIGHT - 37 * MILLIMETRE, 225 * MILLIMETRE
"""天头 37 mm, 版心 225 mm high (5.2.1)."""
TEXT_RIGHT, TEXT_BOTTOM = TEXT_LEFT + TEXT_WIDTH, TEXT_TOP - TEXT_HEIGHT

ROWS, COLUMNS = 22, 28
"""22 lines a page and 28 characters a line (5.2.3)."""
ROW = TEXT_HEIGHT / ROWS
BODY_SIZE = 16.0
"""三号 (5.2.2)."""
COLUMN = (TEXT_WIDTH - BODY_SIZE) / (COLUMNS - 1)
"""From one character to the next, so that the first and the last touch the edges of the 版心."""
TITLE_SIZE, TITLE_LEADING = 22.0, 36.0
"""二号 (7.3.1)."""
FOLIO_SIZE, FOLIO_DROP = 14.0, 7 * MILLIMETRE
"""四号, its dashes 7 mm below the 版心 (7.5)."""


class Tag(Enum):
    """What a piece of text is, by the names of ISO 32000-1, 14.8.4."""

    TITLE = "H1"
    HEADING_1 = "H2"
    HEADING_2 = "H3"
    HEADING_3 = "H4"
    PARAGRAPH = "P"


@dataclass(frozen=True)
class SetLine:
    """A line of text in its place."""

    line: Line
    x: float
    baseline: float
    size: float
    role: FaceRole


@dataclass(frozen=True)
class TextPiece:
    """A heading or paragraph, or the part of it that stands on one page."""

    element: int
    """Equal for the parts of one paragraph."""
    tag: Tag
    text: str
    lines: tuple[SetLine, ...]


@dataclass(frozen=True)
class SetBox:
    """A table cell in its place; ``y`` is its lower edge."""

    cell: TableCell
    x: float
    y: float
    width: float
    height: float
    lines: tuple[SetLine, ...]


@dataclass(frozen=True)
class TablePiece:
    """A whole table in its place."""

    table: TableBlock
    boxes: tuple[SetBox, ...]


Piece: TypeAlias = TextPiece | TablePiece


@dataclass(frozen=True)
class Page:
    """One page: its pieces in reading order."""

    number: int
    pieces: tuple[Piece, ...]
