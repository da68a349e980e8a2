"""Measures the pages of a PDF from the outside: where every glyph stands, as PDFium sees it."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

MILLIMETRE = 72 / 25.4
LEFT, RIGHT = 28 * MILLIMETRE, 184 * MILLIMETRE
TOP, BOTTOM = 260 * MILLIMETRE, 35 * MILLIMETRE
OVERHANG = 0.25
"""How far, in points, the ink of a letter such as v may stand out of its own cell."""
NEVER_FIRST = frozenset("。，、；：？！）》〉」』】〕”’…—·～％‰℃㎡／,.;:!?)]}%")
NEVER_LAST = frozenset("（《〈「『【〔“‘([{￥№#／")


@dataclass(frozen=True)
class Glyph:
    """A character where it is drawn, in points from the lower left corner of the page."""

    character: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True)
class PrintedLine:
    """The glyphs on one baseline, from left to right."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right


def body_lines(path: Path) -> list[PrintedLine]:
    """Return the 16-point lines of all pages, in the order of the pages, from top to bottom."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return [line for number, page in enumerate(document, 1) for line in _lines_of(number, page)]


def _lines_of(number: int, page: Any) -> Iterator[PrintedLine]:
    by_baseline: dict[float, list[Glyph]] = {}
    for glyph in glyphs_of(page):
        if glyph.size == 16:
            by_baseline.setdefault(round(glyph.baseline, 1), []).append(glyph)
    for baseline in sorted(by_baseline, reverse=True):
        yield PrintedLine(number, tuple(sorted(by_baseline[baseline], key=lambda glyph: glyph.left)))


def glyphs_of(page: Any) -> Iterator[Glyph]:
    """Yield what is drawn on a page: not the spaces and line ends that PDFium adds."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        code = raw.FPDFText_GetUnicode(text.raw, index)
        size = round(raw.FPDFText_GetFontSize(text.raw, index), 2)
        yield Glyph(chr(code), box.left, box.right, y.value, size)


def faults(lines: list[PrintedLine]) -> list[str]:
    """Return what is wrong with lines of running text, one sentence a fault."""
    found = [fault for line in lines for fault in _faults_of(line)]
    for line, after in itertools.pairwise(lines):
        continues = after.left < LEFT + 8  # a paragraph begins two characters in
        if continues and RIGHT - line.right > 1:
            found.append(f"short by {RIGHT - line.right:.2f}: {line.text}")
        if continues and _cuts_number(line.text, after.text):
            found.append(f"cuts a number: {line.text}|{after.text}")
    return found


def _cuts_number(line: str, after: str) -> bool:
    """Tell whether a number is torn at a line end; an address may be."""
    end, start = re.search("[!-~]*$", line), re.match("[!-~]*", after)
    word = f"{end and end[0]}{start and start[0]}"
    return line[-1:].isdecimal() and after[:1].isdecimal() and "://" not in word and "@" not in word


def _faults_of(line: PrintedLine) -> Iterator[str]:
    if line.text[0] in NEVER_FIRST:
        yield f"begins with {line.text[0]}: {line.text}"
    if line.text[-1] in NEVER_LAST:
        yield f"ends with {line.text[-1]}: {line.text}"
    if line.left < LEFT - OVERHANG or line.right > RIGHT + OVERHANG:
        yield f"hangs out, {line.left - LEFT:.2f} to {line.right - RIGHT:.2f}: {line.text}"
    if not BOTTOM < line.glyphs[0].baseline < TOP:
        yield f"above or below the text area: {line.text}"
