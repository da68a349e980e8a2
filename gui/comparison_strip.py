"""Under the numbers of the current row: last year's, the difference and the growth, column by column."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.form_view import FormView
from gui.style import GRID, colours_of
from model.cells import CellId
from model.checks import last_years_sheet
from model.document import Document
from model.growth import Growth, growth

TITLES = ("上年数", "增减", "增减%")
"""What is said of each number."""
_TITLES_ABOVE = f"与上年对比，由上到下：{'、'.join(TITLES)}"


def words_of(name: str, one: Growth) -> str:
    """Return a comparison in words, for those who listen."""
    return f"{name} 上年 {one.last or '空白'} 增减 {one.difference or '无'} {one.percent}".rstrip()


class ComparisonStrip(QWidget):
    """Three lines that stand under the columns of a table."""

    def __init__(self, document: Document, view: FormView, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._view = view
        self._cell: CellId | None = None
        self.hide()

    def sizeHint(self) -> QSize:
        """Return room for the three lines, and for one that names them where nothing stands before them."""
        lines = len(TITLES) + (not self._has_room_for_titles())
        return QSize(400, lines * self.fontMetrics().height() + GRID)

    def _has_room_for_titles(self) -> bool:
        """Tell whether the labels of the rows leave room for the titles below them."""
        widest = max(self.fontMetrics().horizontalAdvance(title) for title in TITLES)
        return self._view.label_width >= widest + 2 * GRID

    def follow(self, cell: CellId) -> None:
        """Compare the row in which a cell stands."""
        self._cell = cell
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """Return the comparison in words, for those who listen."""
        name_of = self._document.form.column
        return "；".join(words_of(name_of(cell).name, one) for cell, one in self._comparisons().items())

    def _comparisons(self) -> dict[CellId, Growth]:
        if self._cell is None:
            return {}
        last = last_years_sheet(self._document.report)
        row = (
            cell for cell in self._document.form.table(self._cell.table).cells if cell.row == self._cell.row
        )
        return {cell: growth(self._document.sheet[cell], last.get(cell)) for cell in row}

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each comparison centred under its column."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        painter.fillRect(self.rect(), QColor(colours.panel))
        painter.setPen(QColor(colours.muted))
        if last_years_sheet(self._document.report):
            self._paint_lines(painter, QColor(colours.text))
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "还没有上年数，无法对比")
        painter.end()

    def _paint_lines(self, painter: QPainter, ink: QColor) -> None:
        titles = TITLES if self._has_room_for_titles() else (_TITLES_ABOVE,)
        for number, name in enumerate(titles):
            painter.drawText(self._line(number, GRID, self.width()), Qt.AlignmentFlag.AlignVCenter, name)
        first = 0 if titles is TITLES else 1
        painter.setPen(ink)
        for cell, one in self._comparisons().items():
            left, width = self._view.extent_of(cell)
            for number, text in enumerate(one, first):
                draw_fitting(painter, self._line(number, left, width), text)

    def _line(self, number: int, left: int, width: int) -> QRect:
        height = self.fontMetrics().height()
        return QRect(left, GRID // 2 + number * height, width, height)


def draw_fitting(painter: QPainter, box: QRect, text: str) -> None:
    """Draw a text in the middle of a box, in smaller type where it is wider than its column."""
    room, needed = box.width() - GRID, painter.fontMetrics().horizontalAdvance(text)
    if needed <= room or room <= 0:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return
    painter.save()
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * room / needed)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
