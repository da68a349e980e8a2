"""Beside a table: last year's numbers of the current column, the differences and the growth, row by row.

The printed form itself stays as it is; these three columns follow its rows, also while it scrolls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.comparison_strip import TITLES, draw_fitting, words_of
from gui.style import GRID
from gui.table_style import TableColours, table_colours
from gui.table_view import TableView
from model.cells import CellId, Kind
from model.checks import last_years_sheet
from model.document import Document
from model.forms import Role
from model.growth import Growth, growth
from model.table_grid import Place, TableGrid

_DIGITS = {Kind.COUNT: 7, Kind.MONEY: 13}
"""How many digits a column has room for in full size, by what its table holds."""


class ComparisonColumns(QWidget):
    """Three columns that stand at the right of a table."""

    def __init__(self, document: Document, grid: TableGrid, view: TableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._grid = grid
        self._view = view
        kinds = {document.form.kind(cell) for cell in grid.table.cells}
        self._digits = max(_DIGITS[kind] for kind in kinds)
        self._column = self._row = -1
        self._shown: Mapping[CellId, Growth] = {}
        self._looks: Mapping[int, tuple[Role, str | Growth]] = {}
        view.verticalScrollBar().valueChanged.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        """Return the width in which numbers stand in the table's type, and any height."""
        metrics = QFontMetrics(self._view.font())
        digits = self._digits * metrics.horizontalAdvance("0") + metrics.horizontalAdvance("国") // 2
        return QSize(max(self.least_width, len(TITLES) * digits), 1)

    @property
    def least_width(self) -> int:
        """The width in which the titles have room; long numbers are set smaller in it."""
        title = max(QFontMetrics(self._view.font()).horizontalAdvance(title) for title in TITLES)
        return len(TITLES) * (title + GRID // 2)

    def follow(self, cell: CellId) -> None:
        """Compare the column in which a cell stands, and paint anew what differs from before."""
        column = self._view.cursor_.current.column
        last, sheet = last_years_sheet(self._document.report), self._document.sheet
        self._shown = {one: growth(sheet[one], last.get(one)) for _, one in self._cells(column)}
        if column != self._column:
            self._column = column
            self.update(0, 0, self.width(), self._view.header_height)
        old, self._looks = self._looks, self._look_of_rows()
        self._update_rows(row for row, look in self._looks.items() if look != old.get(row))
        here, self._row = self._row, self._grid.place(cell).row
        if here != self._row:
            self._update_rows((here, self._row))
        self.setAccessibleName(f"与上年对比：{self._caption(self._row)}")
        self.setAccessibleDescription(words_of(self._document.form.row(cell).name, self._shown[cell]))

    def texts(self, cell: CellId) -> Growth | None:
        """Return what stands beside a cell's row, None where another column is compared."""
        return self._shown.get(cell)

    def _look_of_rows(self) -> Mapping[int, tuple[Role, str | Growth]]:
        """Return all that tells how each row looks, save whether it is the current one."""
        boxes = (self._grid.box(Place(row, self._column)) for row in range(self._grid.rows))
        return {
            row: (box.role, self._caption(row) if box.cell is None else self._shown[box.cell])
            for row, box in enumerate(boxes)
        }

    def _update_rows(self, rows: Iterable[int]) -> None:
        for row in rows:
            top, height = self._view.extent_of_row(row)
            self.update(0, top, self.width(), height)

    def _cells(self, column: int) -> Iterator[tuple[int, CellId]]:
        """Yield the numbers of a column of the body with their rows."""
        for row in range(self._grid.rows):
            cell = self._grid.cell(Place(row, column))
            if cell is not None:
                yield row, cell

    def _caption(self, row: int) -> str:
        """Return what the first number of the column is called at or below a row: blocks have their own."""
        below = (cell for at, cell in self._cells(self._column) if at >= row)
        cell = next(below, None)
        return "" if cell is None else self._document.form.column(cell).name

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed."""
        painter = QPainter(self)
        painter.setFont(self._view.font())
        look = table_colours(self.palette())
        header = self._view.header_height
        painter.setClipRect(QRect(0, header, self.width(), self.height() - header))
        for row in range(self._grid.rows):
            top, height = self._view.extent_of_row(row)
            if event.region().intersects(QRect(0, top, self.width(), height)):
                self._paint_row(painter, look, row, QRect(0, top, self.width(), height))
        painter.setClipping(False)
        if header and event.region().intersects(QRect(0, 0, self.width(), header)):
            self._paint_header(painter, look, header)
        _paint_edges(painter, look, self.rect())
        painter.end()

    def _paint_header(self, painter: QPainter, look: TableColours, height: int) -> None:
        top = height - self._view.last_header_height
        _paint_boxes(
            painter, look, QRect(0, 0, self.width(), top), look.header, ((self._caption(0), look.ink),)
        )
        self._paint_titles(painter, look, QRect(0, top, self.width(), height - top))

    def _paint_titles(self, painter: QPainter, look: TableColours, row: QRect) -> None:
        _paint_boxes(painter, look, row, look.header, [(title, look.ink) for title in TITLES])

    def _paint_row(self, painter: QPainter, look: TableColours, row: int, rect: QRect) -> None:
        box = self._grid.box(Place(row, self._column))
        if box.role is Role.BAND:
            _paint_boxes(painter, look, rect, look.band, ((self._caption(row), look.ink),))
        elif box.cell is None:
            self._paint_titles(painter, look, rect)
        else:
            ground = look.total if box.role is Role.TOTAL else look.paper
            ground = look.selection if row == self._row else ground
            shown = self._shown[box.cell]
            ink = look.faint_ink if shown.difference == "0" else look.ink
            inks = (look.faint_ink, ink, ink)
            _paint_boxes(painter, look, rect, ground, tuple(zip(shown, inks, strict=True)))


def _paint_boxes(
    painter: QPainter,
    look: TableColours,
    row: QRect,
    ground: QColor,
    texts: Sequence[tuple[str, QColor]],
) -> None:
    """Paint a row of boxes of equal width, with hairlines at their right and below as the table has them."""
    line = _hairline(painter)
    painter.fillRect(row, ground)
    painter.fillRect(QRectF(row.x(), row.y() + row.height() - line, row.width(), line), look.rule)
    edges = [row.x() + row.width() * number // len(texts) for number in range(len(texts) + 1)]
    for (left, right), (text, ink) in zip(pairwise(edges), texts, strict=True):
        painter.fillRect(QRectF(right - line, row.y(), line, row.height()), look.rule)
        if text:
            painter.setPen(ink)
            draw_fitting(painter, QRect(left, row.y(), right - left, row.height()), text)


def _paint_edges(painter: QPainter, look: TableColours, rect: QRect) -> None:
    line = _hairline(painter)
    width, height = rect.width(), rect.height()
    for edge in (
        QRectF(0, 0, line, height),
        QRectF(width - line, 0, line, height),
        QRectF(0, 0, width, line),
        QRectF(0, height - line, width, line),
    ):
        painter.fillRect(edge, look.edge)


def _hairline(painter: QPainter) -> float:
    """Return the width of a whole number of device pixels, about one logical pixel."""
    ratio = painter.device().devicePixelRatioF()
    return max(1, floor(ratio)) / ratio
