"""Composes a description into pages on the grid of 22 lines of 28 characters (GB/T 9704-2012).

No heading stands alone at the foot of a page, no single line of a paragraph alone on either side of
a page break, and every table stays whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from export.characters import printable, printed_code
from export.fonts import FaceRole
from export.layout import Block, Description, Heading, Paragraph, ParagraphStyle, TableBlock
from export.lines import Line, Measure, balanced_lines, break_lines
from export.pdf_page import (
    BODY_SIZE,
    COLUMN,
    ROW,
    ROWS,
    TEXT_LEFT,
    TEXT_TOP,
    TEXT_WIDTH,
    TITLE_LEADING,
    TITLE_SIZE,
    Page,
    Piece,
    SetLine,
    Tag,
    TextPiece,
)
from export.pdf_tables import SetTable, set_table
from export.title_breaks import break_title
from export.typefaces import Typefaces

_TABLE_GAP = 4.0
"""Above and below a table, at least."""
_BASELINE = 0.38
"""How far below the middle of a line its baseline is, in em."""
_STYLES = {
    ParagraphStyle.BODY: (Tag.PARAGRAPH, FaceRole.BODY),
    ParagraphStyle.HEADING_2: (Tag.HEADING_2, FaceRole.HEADING_2),
    ParagraphStyle.HEADING_3: (Tag.HEADING_3, FaceRole.BODY),
}


@dataclass(frozen=True)
class Composition:
    """The pages of a document, and what could not be printed as it was written."""

    pages: tuple[Page, ...]
    missing: tuple[str, ...]
    """Characters that no face has; their codes are printed instead."""
    dropped: tuple[str, ...]
    """Characters that cannot be printed and were left out."""


@dataclass(frozen=True)
class _Text:
    """A heading or paragraph broken into lines."""

    tag: Tag
    role: FaceRole
    text: str
    lines: tuple[Line, ...]

    @property
    def is_heading(self) -> bool:
        return self.tag is not Tag.PARAGRAPH


def compose(description: Description, typefaces: Typefaces) -> Composition:
    """Break a description into pages: at least one, even where there is no text at all."""
    setter = _Setter(typefaces)
    flow = list(setter.flow(description))
    pages = _Paginator(flow).pages()
    return Composition(pages, tuple(setter.missing), tuple(setter.dropped))


class _Setter:
    """Breaks every block into lines, and keeps account of what cannot be printed."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self.missing: dict[str, None] = {}
        self.dropped: dict[str, None] = {}

    def printed(self, role: FaceRole, text: str) -> str:
        kept, dropped = printable(text)
        self.dropped.update(dict.fromkeys(dropped))
        lacking = self._typefaces[role].missing(kept.replace("\n", ""))
        self.missing.update(dict.fromkeys(lacking))
        return kept.translate({ord(character): printed_code(character) for character in lacking})

    def flow(self, description: Description) -> Iterator[_Text | SetTable]:
        if description.title_lines:
            yield self._title(description.title_lines)
        for block in description.blocks:
            yield from self._set(block)

    def _set(self, block: Block) -> Iterator[_Text | SetTable]:
        if isinstance(block, TableBlock):
            yield self._table(block)
        elif isinstance(block, Heading):
            printed = self.printed(FaceRole.HEADING_1, block.text).replace("\n", " ")
            yield self._text(Tag.HEADING_1, FaceRole.HEADING_1, printed)
        else:
            yield from self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> Iterator[_Text]:
        tag, role = _STYLES[block.style]
        for line in self.printed(role, block.text).split("\n"):
            if line:
                yield self._text(tag, role, line)

    def _text(self, tag: Tag, role: FaceRole, text: str) -> _Text:
        width = self._typefaces[role].width(BODY_SIZE)
        measure = Measure(width, BODY_SIZE, TEXT_WIDTH, COLUMN - BODY_SIZE, indent=2 * COLUMN)
        return _Text(tag, role, text, tuple(break_lines(text, measure)))

    def _title(self, title_lines: tuple[str, ...]) -> _Text:
        width = self._typefaces[FaceRole.TITLE].width(TITLE_SIZE)
        measure = Measure(width, TITLE_SIZE, TEXT_WIDTH, justified=False)
        printed = [self.printed(FaceRole.TITLE, text).replace("\n", " ") for text in title_lines]
        pieces = break_title(printed, width, TEXT_WIDTH)
        lines = tuple(line for piece in pieces for line in balanced_lines(piece, measure))
        return _Text(Tag.TITLE, FaceRole.TITLE, "".join(line.text for line in lines), lines)

    def _table(self, table: TableBlock) -> SetTable:
        cells = tuple(
            replace(cell, text=self.printed(FaceRole.TABLE, cell.text).replace("\n", " "))
            for cell in table.cells
        )
        room = (ROWS - 1) * ROW - _TABLE_GAP
        return set_table(replace(table, cells=cells), self._typefaces[FaceRole.TABLE], room)


class _Paginator:
    """Puts text and tables down the pages."""

    def __init__(self, flow: list[_Text | SetTable]) -> None:
        self._flow = flow
        self._pages: list[list[Piece]] = [[]]
        self._depth = 0.0

    def pages(self) -> tuple[Page, ...]:
        for number, item in enumerate(self._flow):
            if self._needed(number) > self._left() and self._depth > 0:
                self._turn()
            if isinstance(item, SetTable):
                self._put_table(item)
            elif item.tag is Tag.TITLE:
                self._put_title(number, item)
            else:
                self._put_text(number, item)
        return tuple(Page(number, tuple(pieces)) for number, pieces in enumerate(self._pages, 1))

    def _left(self) -> float:
        return ROWS * ROW - self._depth + 1e-6

    def _turn(self) -> None:
        self._pages.append([])
        self._depth = 0.0

    def _needed(self, number: int) -> float:
        """Return the height that has to stay together from here on."""
        item = self._flow[number]
        if isinstance(item, SetTable):
            return item.least_height + _TABLE_GAP
        if item.tag is Tag.TITLE:
            return 0.0
        if not item.is_heading:
            return ROW * (len(item.lines) + self._closing_line(number) if len(item.lines) < 4 else 2)
        after = self._needed(number + 1) if number + 1 < len(self._flow) else 0.0
        together = ROW * len(item.lines) + after
        return together if together <= ROWS * ROW else ROW * len(item.lines)

    def _put_table(self, table: SetTable) -> None:
        gap = _TABLE_GAP if self._depth else 0.0
        fitted = table.fitted(self._left() - gap)
        self._pages[-1].append(fitted.at(TEXT_TOP - self._depth - gap))
        self._depth = ROW * math.ceil((self._depth + fitted.height + 2 * _TABLE_GAP) / ROW)

    def _put_title(self, number: int, title: _Text) -> None:
        most = int(ROWS * ROW / TITLE_LEADING)
        for start in range(0, len(title.lines), most):
            if start:
                self._turn()
            self._put_title_lines(number, title, title.lines[start : start + most])

    def _put_title_lines(self, number: int, title: _Text, lines: tuple[Line, ...]) -> None:
        rows = math.ceil(len(lines) * TITLE_LEADING / ROW)
        top = TEXT_TOP - (rows * ROW - len(lines) * TITLE_LEADING) / 2
        placed = tuple(
            SetLine(
                line,
                TEXT_LEFT + (TEXT_WIDTH - line.end) / 2,
                top - (place + 0.5) * TITLE_LEADING - _BASELINE * TITLE_SIZE,
                TITLE_SIZE,
                title.role,
            )
            for place, line in enumerate(lines)
        )
        self._pages[-1].append(TextPiece(number, title.tag, title.text, placed))
        self._depth = (rows + 1) * ROW

    def _put_text(self, number: int, text: _Text) -> None:
        start = 0
        while start < len(text.lines):
            end = start + self._fitting(len(text.lines) - start, self._closing_line(number))
            if end == start:
                self._turn()
                continue
            self._put_lines(number, text, text.lines[start:end])
            start = end

    def _closing_line(self, number: int) -> int:
        """Return 1 before a single line that ends the document, which is to have company on its page."""
        if number != len(self._flow) - 2:
            return 0
        last = self._flow[-1]
        return int(not isinstance(last, SetTable) and len(last.lines) == 1)

    def _fitting(self, count: int, closing: int) -> int:
        """Return how many of ``count`` lines to put here: two at least stay together on either side.

        ``closing`` is how many lines behind them have to stand on the page of the last one.
        """
        rows = int(self._left() / ROW)
        if count + closing <= rows:
            return count
        here = min(rows, count - 2)
        return here if here > 1 else 0

    def _put_lines(self, number: int, text: _Text, lines: tuple[Line, ...]) -> None:
        middle = TEXT_TOP - self._depth - ROW / 2 - _BASELINE * BODY_SIZE
        placed = tuple(
            SetLine(line, TEXT_LEFT, middle - place * ROW, BODY_SIZE, text.role)
            for place, line in enumerate(lines)
        )
        self._pages[-1].append(TextPiece(number, text.tag, text.text, placed))
        self._depth += len(lines) * ROW
