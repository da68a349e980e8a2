"""Paint an official table as a well-printed form: boxes, texts, rules and the marks of cells.

One painter serves all panes of a table (labels, headers, corner, numbers): each hands over what is
exposed of it in the coordinates of the whole table. Rules are whole device pixels at any scaling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QRegion

from gui.cell_marks import Current, MarkPen
from gui.cell_states import CellState, Side
from gui.table_layout import TableLayout, text_flags
from gui.table_model import TableModel
from gui.table_style import TableColours
from model.cells import CellId
from model.forms import GridCell, Role


class Focus(NamedTuple):
    """Where the clerk is: the current cell, what is selected and which labels belong to the cell."""

    current: CellId | None = None
    selected: frozenset[CellId] = frozenset()
    labels: frozenset[GridCell] = frozenset()
    active: bool = True
    """The table has the keyboard."""


@dataclass
class TablePainter:
    """Everything needed to paint a table; the view keeps it up to date."""

    model: TableModel
    layout: TableLayout
    colours: TableColours
    font: QFont
    focus: Focus = field(default_factory=Focus)

    def __post_init__(self) -> None:
        table = self.model.table
        self._flags = {id(box): int(text_flags(table, box)) for box in table.grid if box.text}
        self.set_look(self.layout, self.colours, self.font)

    def set_look(self, layout: TableLayout, colours: TableColours, font: QFont) -> None:
        """Take over new places, colours or a new size of type."""
        self.layout, self.colours, self.font = layout, colours, font
        self._rects = [(box, layout.rect(box)) for box in self.model.table.grid]
        self._texts = {id(box): (text, self._flags[id(box)]) for box, text in layout.texts.items()}
        self._metrics = QFontMetricsF(font)
        self._baseline = (self._metrics.ascent() - self._metrics.descent()) / 2
        self._marks = MarkPen(colours, font)

    # ------------------------------------------------------------ panes

    def paint(self, painter: QPainter, exposed: QRegion, visible: QRect) -> None:
        """Paint the boxes that are exposed; ``visible`` is what the pane shows of the whole table."""
        painter.setFont(self.font)
        ratio = painter.device().devicePixelRatioF()
        line = max(1, floor(ratio)) / ratio
        for box, rect in self._exposed(exposed):
            self._paint_box(painter, box, rect, visible, line)

    def _exposed(self, region: QRegion) -> Iterator[tuple[GridCell, QRect]]:
        bounds = region.boundingRect()
        for box, rect in self._rects:
            if rect.intersects(bounds) and region.intersects(rect):
                yield box, rect

    def _paint_box(self, painter: QPainter, box: GridCell, rect: QRect, visible: QRect, line: float) -> None:
        if box.cell is None:
            painter.fillRect(rect, self._background(box))
            self._paint_rules(painter, rect, line)
            self._paint_text(painter, box, rect, visible)
            return
        state = self.model.state(box.cell)
        painter.fillRect(rect, self._cell_background(box.cell, state))
        self._paint_rules(painter, rect, line)
        number_left = self._paint_number(painter, rect, state)
        self._marks.paint(painter, rect, state, self._current(box.cell), number_left)

    def _current(self, cell: CellId) -> Current:
        if cell != self.focus.current:
            return Current.NO
        return Current.ACTIVE if self.focus.active else Current.RESTING

    # ------------------------------------------------------------ parts of a box

    def _background(self, box: GridCell) -> QColor:
        if box in self.focus.labels:
            return self.colours.selection
        if box.role is Role.BAND:
            return self.colours.band
        return self.colours.header if box.role is Role.HEADER else self.colours.label

    def _cell_background(self, cell: CellId, state: CellState) -> QColor:
        if state.side is not None:
            return self._side_background(state.side)
        if state.is_part:
            return self.colours.part
        if cell in self.focus.selected and cell != self.focus.current:
            return self.colours.selection
        return self.colours.total if state.is_total else self.colours.paper

    def _side_background(self, side: Side) -> QColor:
        look = self.colours
        return {Side.LEFT: look.left, Side.RIGHT: look.right, Side.ALONE: look.selection}[side]

    def _paint_rules(self, painter: QPainter, rect: QRect, line: float) -> None:
        """Draw the rules at the right and below, and at the outer left and top; the outermost are darker."""
        right, bottom = rect.x() + rect.width(), rect.y() + rect.height()
        size = self.layout.size
        rule, edge = self.colours.rule, self.colours.edge
        painter.fillRect(
            QRectF(right - line, rect.y(), line, rect.height()), edge if right == size.width() else rule
        )
        painter.fillRect(
            QRectF(rect.x(), bottom - line, rect.width(), line), edge if bottom == size.height() else rule
        )
        if rect.x() == 0:
            painter.fillRect(QRectF(0, rect.y(), line, rect.height()), edge)
        if rect.y() == 0:
            painter.fillRect(QRectF(rect.x(), 0, rect.width(), line), edge)

    def _paint_text(self, painter: QPainter, box: GridCell, rect: QRect, visible: QRect) -> None:
        if not box.text:
            return
        text, flags = self._texts[id(box)]
        padding = self.layout.padding
        room = rect.adjusted(padding, 1, -padding, -1)
        if box.row_span > 1 or box.column_span > 1:
            room = self._kept_in_view(box, room, visible)
        painter.setPen(self.colours.ink)
        painter.drawText(room, flags, text)

    def _kept_in_view(self, box: GridCell, room: QRect, visible: QRect) -> QRect:
        """Return the visible part of a merged label's room, so that its text stays in view."""
        seen = QRect(room)
        if box.row_span > 1:
            seen.setTop(max(room.top(), visible.top()))
            seen.setBottom(min(room.bottom(), visible.bottom()))
        if box.role is Role.HEADER:
            seen.setLeft(max(room.left(), visible.left()))
            seen.setRight(min(room.right(), visible.right()))
        text, flags = self._texts[id(box)]
        needed = self._metrics.boundingRect(QRectF(seen), flags, text).size()
        return seen if needed.height() <= seen.height() and needed.width() <= seen.width() else room

    def _paint_number(self, painter: QPainter, rect: QRect, state: CellState) -> float:
        """Paint the number of a cell, or what it is likely to be; return where it begins."""
        text = state.text or state.suggestion
        if not text:
            return rect.right()
        painter.setPen(self.colours.ink if state.text else self.colours.faint_ink)
        width = self._metrics.horizontalAdvance(text)
        if width > rect.width() - 6:
            _draw_squeezed(painter, rect, text, (rect.width() - 6) / width, self._baseline)
            return rect.x()
        centre = QRectF(rect).center()
        left = centre.x() - width / 2
        taken = self._marks.taken_width(state)
        if taken and left + width > rect.right() - taken:
            left = max(rect.x() + 3.0, rect.right() - taken - width)
        painter.drawText(QPointF(round(left), centre.y() + self._baseline), text)
        return left


def _draw_squeezed(painter: QPainter, rect: QRect, text: str, factor: float, baseline: float) -> None:
    """Draw a number that is too long for its column in smaller figures."""
    painter.save()
    painter.translate(QRectF(rect).center())
    painter.scale(factor, factor)
    width = QFontMetricsF(painter.font()).horizontalAdvance(text)
    painter.drawText(QPointF(-width / 2, baseline), text)
    painter.restore()
