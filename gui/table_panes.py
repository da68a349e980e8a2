"""The panes of a table that stay in view: labels at the left, headers above, the corner between.

They paint their part of the whole table and tell which rows or columns were pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.table_painter import TablePainter
from gui.viewport import own_viewport
from model.forms import GridCell


class TablePane(QHeaderView):
    """The label pane (vertical) or the header pane (horizontal) of a table."""

    span_pressed = Signal(int, int, bool)
    """First and last row or column of the body that a label stands for; with Shift or not."""

    def __init__(self, orientation: Qt.Orientation, painter: TablePainter, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        own_viewport(self)
        self._painter = painter
        self._told: GridCell | None = None
        """The label that was told last while the mouse is down."""
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setMouseTracking(False)

    def origin(self) -> QPoint:
        """Return which point of the whole table stands at the pane's top left."""
        layout = self._painter.layout
        if self.orientation() is Qt.Orientation.Vertical:
            return QPoint(0, layout.header_height + self.offset())
        return QPoint(layout.label_width + self.offset(), 0)

    def update_boxes(self, boxes: frozenset[GridCell]) -> None:
        """Paint some boxes anew."""
        for box in boxes:
            self.viewport().update(self._painter.layout.rect(box).translated(-self.origin()))

    def sizeHint(self) -> QSize:
        """Return the extent of all labels or headers."""
        layout = self._painter.layout
        if self.orientation() is Qt.Orientation.Vertical:
            return QSize(layout.label_width, layout.size.height())
        return QSize(layout.size.width(), layout.header_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed."""
        paint_pane(self.viewport(), self._painter, self.origin(), event.region())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which rows or columns the pressed label stands for."""
        self._told = None
        if event.button() is Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(event.position().toPoint(), extend=extend)

    def _tell(self, point: QPoint, *, extend: bool) -> None:
        box = self._box_at(point + self.origin())
        if box is None or box == self._told:
            return
        self._told = box
        layout = self._painter.layout
        if self.orientation() is Qt.Orientation.Vertical:
            first = box.row - layout.header_rows
            self.span_pressed.emit(first, first + box.row_span - 1, extend)
        else:
            first = box.column - layout.label_columns
            self.span_pressed.emit(first, first + box.column_span - 1, extend)

    def _box_at(self, point: QPoint) -> GridCell | None:
        layout = self._painter.layout
        return next((box for box in self._painter.model.table.grid if layout.rect(box).contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on to the label under the mouse; the form's columns and rows are not to be resized or moved."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._told is not None:
            point, room = event.position().toPoint(), self.viewport().rect()
            inside = QPoint(
                min(max(point.x(), room.left()), room.right()), min(max(point.y(), room.top()), room.bottom())
            )
            self._tell(inside, extend=True)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let what is selected stand."""
        self._told = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing; see :meth:`mouseMoveEvent`."""


class CornerPane(QWidget):
    """The box above the labels and left of the headers; pressing it selects the whole table."""

    pressed = Signal()

    def __init__(self, painter: TablePainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._painter = painter

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed."""
        paint_pane(self, self._painter, QPoint(0, 0), event.region())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that the corner was pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()


def paint_pane(surface: QWidget, table: TablePainter, origin: QPoint, region: QRegion) -> None:
    """Paint the exposed part of a pane whose top left shows ``origin`` of the whole table."""
    painter = QPainter(surface)
    outside = region - QRegion(QRect(-origin, table.layout.size))
    if not outside.isEmpty():
        painter.setClipRegion(outside)
        painter.fillRect(surface.rect(), table.colours.window)
        painter.setClipping(False)
    painter.translate(-origin)
    table.paint(painter, region.translated(origin), QRect(origin, surface.size()))
    painter.end()
