"""Draw the marks of a cell: frames, numbered badges, locks and the sides of a finding.

Each state has a frame and a shape of its own, so that a grey print still tells them apart: 强制 a solid
frame and a filled badge, 核实 a dashed frame and a triangle, 已说明 a thin frame and a pencil.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.cell_states import CellState, MarkKind, Side
from gui.table_style import TableColours

_BESIDE_BAR = 5
"""Where the name of a side begins, counted from its cell's left."""


class Current(Enum):
    """Whether a cell is the one that takes typing."""

    NO = "no"
    RESTING = "resting"
    """It is, but something else has the keyboard."""
    ACTIVE = "active"


class MarkPen:
    """Draws marks in the colours and at the size of type of a table."""

    def __init__(self, colours: TableColours, font: QFont) -> None:
        self._colours = colours
        self._font = QFont(font)
        self._font.setPointSizeF(max(6.0, font.pointSizeF() * 0.68))
        self._metrics = QFontMetricsF(self._font)
        self._unit = self._metrics.horizontalAdvance("0")
        self._height = round(self._metrics.ascent() + 1)
        self._colour_of = {
            MarkKind.ERROR: colours.error,
            MarkKind.WARNING: colours.warning,
            MarkKind.EXPLAINED: colours.explained,
        }

    def badge_width(self, state: CellState) -> float:
        """Return how much of a cell's right end its badge takes."""
        if state.mark is None:
            return 0.0
        digits = len(str(state.mark.number)) * self._unit
        return digits + self._unit * (1.0 if state.mark.kind is MarkKind.ERROR else 1.8) + 2

    def taken_width(self, state: CellState) -> float:
        """Return how much of a cell's right end its badge and its padlock take."""
        lock = self._unit * 1.3 + 5 if state.is_locked else 0.0
        return self.badge_width(state) + lock

    def paint(
        self, painter: QPainter, rect: QRect, state: CellState, current: Current, number_left: float
    ) -> None:
        """Draw every mark of a cell; its side is named where there is room before the number."""
        is_current = current is not Current.NO
        if not (is_current or state.mark or state.side or state.is_locked):
            return
        painter.save()
        if state.mark is not None:
            self._paint_frame(painter, rect, state.mark.kind, inset=3 if is_current else 1)
            self._paint_badge(painter, rect, state)
        if state.side is not None:
            name = state.side.value if state.is_side_head else ""
            fits = rect.x() + _BESIDE_BAR + self._metrics.horizontalAdvance(name) < number_left
            self._paint_side(painter, rect, state.side, name if fits else "")
        if state.is_locked:
            self._paint_lock(painter, rect, self.badge_width(state))
        if is_current:
            active = current is Current.ACTIVE
            _frame(painter, rect, self._colours.accent if active else self._colours.edge, 2 if active else 1)
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRect, kind: MarkKind, inset: int) -> None:
        style = Qt.PenStyle.DashLine if kind is MarkKind.WARNING else Qt.PenStyle.SolidLine
        width = 1.0 if kind is MarkKind.EXPLAINED else 1.6
        pen = QPen(self._colour_of[kind], width, style)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2 + inset - 1
        painter.drawRect(QRectF(rect).adjusted(half, half, -half - 1, -half - 1))

    def _paint_badge(self, painter: QPainter, rect: QRect, state: CellState) -> None:
        mark = state.mark
        assert mark is not None
        width = self.badge_width(state)
        gap = 0 if mark.kind is MarkKind.ERROR else 3
        box = QRectF(rect.right() - width - gap, rect.y() + gap / 2, width, self._height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        colour = self._colour_of[mark.kind]
        if mark.kind is MarkKind.ERROR:
            self._paint_filled(painter, box, colour, str(mark.number))
        else:
            shape = _triangle if mark.kind is MarkKind.WARNING else _pencil
            self._paint_shape(painter, box, colour, shape(self._unit), str(mark.number))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_filled(self, painter: QPainter, box: QRectF, colour: QColor, number: str) -> None:
        path = QPainterPath()
        path.addRoundedRect(box, 2, 2)
        painter.fillPath(path, colour)
        painter.setPen(self._colours.on_mark)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)

    def _paint_shape(
        self, painter: QPainter, box: QRectF, colour: QColor, shape: QPainterPath, number: str
    ) -> None:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape.translated(box.x() + 1, box.y() + 3))
        painter.setPen(self._colours.ink)  # the shape has the colour; small figures need more contrast
        painter.drawText(box.adjusted(self._unit * 1.6, 1, 0, 0), Qt.AlignmentFlag.AlignCenter, number)

    def _paint_side(self, painter: QPainter, rect: QRect, side: Side, name: str) -> None:
        """Draw a bar at the left of cells of the left side and below cells of the right one, else a dot."""
        if side is Side.ALONE:
            painter.fillRect(QRect(rect.x() + 2, rect.bottom() - 6, 4, 4), self._colours.accent)
            return
        is_left = side is Side.LEFT
        colour = self._colours.left_edge if is_left else self._colours.right_edge
        beside = QRect(rect.x(), rect.y(), 3, rect.height() - 1)
        below = QRect(rect.x(), rect.bottom() - 3, rect.width() - 1, 3)
        painter.fillRect(beside if is_left else below, colour)
        painter.setFont(self._font)
        painter.setPen(colour)
        painter.drawText(QPointF(rect.x() + _BESIDE_BAR, rect.bottom() - 5), name)

    def _paint_lock(self, painter: QPainter, rect: QRect, taken: float) -> None:
        """Draw a padlock at the bottom right, beside the badge where there is one."""
        unit = self._unit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.faint_ink, 1))
        body = QRectF(rect.right() - 4 - taken - unit * 1.3, rect.bottom() - 4 - unit, unit * 1.3, unit)
        painter.fillRect(body, self._colours.faint_ink)
        arch = QRectF(body.x() + unit * 0.25, body.y() - unit * 0.7, unit * 0.8, unit * 1.4)
        painter.drawArc(arch, 0, 180 * 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _frame(painter: QPainter, rect: QRect, colour: QColor, width: int) -> None:
    """Fill a frame of whole pixels along the inside of a cell."""
    box = rect.adjusted(0, 0, -1, -1)
    painter.fillRect(box.x(), box.y(), box.width() + 1, width, colour)
    painter.fillRect(box.x(), box.bottom() - width + 2, box.width() + 1, width, colour)
    painter.fillRect(box.x(), box.y(), width, box.height() + 1, colour)
    painter.fillRect(box.right() - width + 2, box.y(), width, box.height() + 1, colour)


def _triangle(unit: float) -> QPainterPath:
    path = QPainterPath()
    points = [QPointF(0, unit * 1.2), QPointF(unit * 0.7, 0), QPointF(unit * 1.4, unit * 1.2)]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _pencil(unit: float) -> QPainterPath:
    path = QPainterPath(QPointF(0, unit * 1.2))
    path.lineTo(unit * 0.15, unit * 0.75)
    path.lineTo(unit * 0.9, 0)
    path.lineTo(unit * 1.25, unit * 0.35)
    path.lineTo(unit * 0.5, unit * 1.05)
    path.closeSubpath()
    return path
