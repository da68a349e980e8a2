"""Prints drawn pages on a printer of the system, at the printer's own fineness. To be called in a worker."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from model.errors import AppError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from export.preview import Pages

_FINEST = 600
"""Dots an inch beyond which nobody sees a difference."""
_ROWS = 512
"""Rows of a page that are in memory at a time."""
_INCH = 72.0
_SAME_PAPER = 6.0
"""Points by which paper may differ from the page and still be the same size."""


class PrintFailed(AppError):
    """The printer or its driver does not take the pages."""

    def __init__(self, printer: str) -> None:
        super().__init__(f"打印没有完成：打印机“{printer}”没有响应。请检查它是否开机、联机，然后重新打印。")


class Sheet(NamedTuple):
    """Where a page goes on the paper, in the printer's dots."""

    left: float
    top: float
    width: int
    height: int


def sheet_for(size: tuple[float, float], paper: tuple[int, int], resolution: int) -> Sheet:
    """Return the place of a page on a paper of some dots: in its true size where the paper is the page's.

    On other paper it is as large as there is room, in the middle.
    """
    dots = resolution / _INCH
    fits = all(abs(paper[side] / dots - size[side]) <= _SAME_PAPER for side in (0, 1))
    scale = dots if fits else min(paper[0] / size[0], paper[1] / size[1])
    width, height = round(size[0] * scale), round(size[1] * scale)
    return Sheet((paper[0] - width) / 2, (paper[1] - height) / 2, width, height)


def chosen_pages(printer: QPrinter, count: int) -> Sequence[int]:
    """Return the pages that the person asked the printer for, counted from 0, in the order of printing."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    numbers = range(max(first, 1) - 1, min(last, count))
    backwards = printer.pageOrder() is type(printer).PageOrder.LastPageFirst
    return numbers[::-1] if backwards else numbers


def print_pages(pages: Pages, printer: QPrinter, step: Callable[[int, int], bool]) -> int:
    """Print the chosen pages and return how many were sent.

    ``step`` is told which page comes next and of how many, and says whether to go on. Raise PrintFailed.
    """
    numbers = chosen_pages(printer, len(pages))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintFailed(printer.printerName())
    sent = 0
    try:
        for number in numbers:
            if not step(sent + 1, len(numbers)):
                printer.abort()
                break
            if sent and not printer.newPage():
                raise PrintFailed(printer.printerName())
            _paint(painter, pages, number, printer)
            sent += 1
    finally:
        painter.end()
    return sent


def _paint(painter: QPainter, pages: Pages, number: int, printer: QPrinter) -> None:
    """Paint a page in strips: a whole one in 600 dots an inch takes 140 MB."""
    resolution = printer.resolution()
    paper = printer.pageLayout().fullRectPixels(resolution)
    sheet = sheet_for(pages.sizes[number], (paper.width(), paper.height()), resolution)
    coarser = math.ceil(resolution / _FINEST)
    width, height = sheet.width // coarser, sheet.height // coarser
    for top in range(0, height, _ROWS):
        rows = range(top, min(top + _ROWS, height))
        strip = pages.render(number, width, height, rows, for_print=True)
        image = QImage(strip.pixels, strip.width, strip.height, strip.stride, QImage.Format.Format_RGB32)
        place = QRectF(0, top * coarser, width * coarser, len(rows) * coarser)
        painter.drawImage(place.translated(sheet.left, sheet.top), image)
