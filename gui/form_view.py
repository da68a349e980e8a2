"""How an official table is shown: Qt's table view with the printed form's panes, sizes and painting.

Scrolling and accessibility are Qt's; what is painted, and how large, is ours. Keys and the mouse are
the business of :mod:`gui.table_view`.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from gui.bubble import Bubble
from gui.table_layout import TableFitter, TableLayout
from gui.table_model import TableModel
from gui.table_painter import Focus, TablePainter
from gui.table_panes import CornerPane, TablePane, paint_pane
from gui.table_style import table_colours
from gui.viewport import own_viewport
from model.cells import CellId
from model.table_grid import Place

_ROOM = QSize(800, 4000)
"""What a table is laid out for before it is shown: high enough for no bar, so that it is measured once."""


class FormView(QTableView):
    """Shows one table as the printed form, with labels and headers always in view."""

    rows_pressed = Signal(int, int, bool)
    """First and last row of the body whose label was pressed; with Shift or not."""
    columns_pressed = Signal(int, int, bool)
    """The same for columns."""
    corner_pressed = Signal()
    rearranged = Signal()
    """The table has taken another size: by zoom, font or colours."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        own_viewport(self)
        self._table_model = model
        self._page = parent
        self._zoom = 100
        self._base_font = QFont(parent.font())
        self._room = _ROOM
        self._fitter = TableFitter(model.table)
        layout = self._fitter.lay_out(self._room, self._base_font)
        self._painter = TablePainter(model, layout, table_colours(self.palette()), self._base_font)
        self._set_up(model)
        self._labels, self._headers, self._corner = self._make_panes()
        self._bubble = Bubble(parent)
        self.setFont(self._base_font)
        self._apply_layout()

    def _set_up(self, model: TableModel) -> None:
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.setAccessibleName(model.table.heading)
        for box in model.table.grid:
            place = Place(box.row - model.table.header_rows, box.column - model.table.label_columns)
            if box.cell is not None and box.column_span > 1:
                self.setSpan(*place, 1, box.column_span)

    def _make_panes(self) -> tuple[TablePane, TablePane, CornerPane]:
        labels = TablePane(Qt.Orientation.Vertical, self._painter, self)
        headers = TablePane(Qt.Orientation.Horizontal, self._painter, self)
        corner = CornerPane(self._painter, self)
        self.setVerticalHeader(labels)
        self.setHorizontalHeader(headers)
        labels.setVisible(self._table_model.table.label_columns > 0)
        headers.setVisible(self._table_model.table.header_rows > 0)
        labels.span_pressed.connect(self.rows_pressed)
        headers.span_pressed.connect(self.columns_pressed)
        corner.pressed.connect(self.corner_pressed)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        return labels, headers, corner

    # ------------------------------------------------------------ what others ask

    @property
    def remark(self) -> str:
        """The remark that stands beside a cell; empty while there is none."""
        return self._bubble.text

    def show_remark(self, cell: CellId, text: str, *, is_error: bool = True) -> None:
        """Show a remark beside a cell until the next key or click."""
        index = self._table_model.index_of(cell)
        self.scrollTo(index)
        corner = self.viewport().mapTo(self._page, QPoint(0, 0))
        colours = self._painter.colours
        edge = colours.error if is_error else colours.accent
        self._bubble.show_at(self.visualRect(index).translated(corner), text, edge)

    def bring_into_view(self, cells: Collection[CellId]) -> None:
        """Scroll as little as possible so that all of some cells, or at least the first, are in view."""
        rects = [self.visualRect(self._table_model.index_of(cell)) for cell in cells]
        whole = QRect(rects[0])
        for rect in rects:
            whole = whole.united(rect)
        room, first = self.viewport().rect(), rects[0]
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + _shift(whole.left(), whole.right(), room.width(), first.left()))
        down.setValue(down.value() + _shift(whole.top(), whole.bottom(), room.height(), first.top()))

    def extent_of(self, cell: CellId) -> tuple[int, int]:
        """Return where a number's column begins in this view, and how wide it is."""
        rect = self.visualRect(self._table_model.index_of(cell))
        return rect.x() + self.viewport().x(), rect.width()

    def extent_of_row(self, row: int) -> tuple[int, int]:
        """Return where a row of the body begins in this view, and how high it is."""
        layout = self._painter.layout
        at = layout.header_rows + row
        return layout.ys[at] - self._labels.offset(), layout.ys[at + 1] - layout.ys[at]

    @property
    def header_height(self) -> int:
        """How high the header rows above the body are together."""
        return self._painter.layout.header_height

    @property
    def label_width(self) -> int:
        """How wide the labels of the rows are together; 0 where they have none."""
        return self._painter.layout.label_width

    @property
    def last_header_height(self) -> int:
        """How high the last header row is; 0 where there is none."""
        layout = self._painter.layout
        return layout.header_height - layout.ys[layout.header_rows - 1] if layout.header_rows else 0

    @property
    def least_width(self) -> int:
        """The width in which the table need not scroll sideways, a bar for scrolling down included."""
        return self._fitter.least_width(self._painter.font) + self._bar

    # ------------------------------------------------------------ sizes

    @property
    def zoom(self) -> int:
        """The size of the table in percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show the table larger or smaller."""
        if percent != self._zoom:
            self._zoom = percent
            self._relay()

    def set_base_font(self, font: QFont) -> None:
        """Take over the font that is 100 %."""
        self._base_font = QFont(font)
        self._relay()

    def fit(self, room: QSize) -> QSize:
        """Lay the table out for a room and return how much of it is needed, scroll bars included."""
        self._room = room
        layout = self._fit(self._painter.font)
        if layout != self._painter.layout:
            self._painter.set_look(layout, self._painter.colours, self._painter.font)
            self._apply_layout()
        height = layout.size.height() + (self._bar if layout.size.width() > room.width() else 0)
        return QSize(room.width(), min(room.height(), height))

    @property
    def _bar(self) -> int:
        return self.horizontalScrollBar().sizeHint().height()

    def _relay(self) -> None:
        """Lay the table out anew for the room, the font and the colours there are."""
        font = QFont(self._base_font)
        font.setPointSizeF(font.pointSizeF() * self._zoom / 100)
        self.setFont(font)
        self._painter.set_look(self._fit(font), table_colours(self.palette()), font)
        self._apply_layout()
        self.rearranged.emit()

    def _fit(self, font: QFont) -> TableLayout:
        layout = self._fitter.lay_out(self._room, font)
        if layout.size.height() <= self._room.height():
            return layout
        return self._fitter.lay_out(self._room - QSize(self._bar, 0), font)

    def _apply_layout(self) -> None:
        layout = self._painter.layout
        for row in range(self._table_model.grid.rows):
            top = layout.header_rows + row
            self._labels.resizeSection(row, layout.ys[top + 1] - layout.ys[top])
        for column in range(self._table_model.grid.columns):
            left = layout.label_columns + column
            self._headers.resizeSection(column, layout.xs[left + 1] - layout.xs[left])
        self._labels.setFixedWidth(layout.label_width)
        self._headers.setFixedHeight(layout.header_height)
        self._corner.setGeometry(0, 0, layout.label_width, layout.header_height)
        self._corner.raise_()
        self._bubble.hide()
        self.updateGeometries()
        for surface in (self.viewport(), self._labels.viewport(), self._headers.viewport(), self._corner):
            surface.update()

    # ------------------------------------------------------------ painting

    def _set_focus(self, focus: Focus) -> None:
        """Take over where the clerk is and paint anew what looks different for it."""
        old, self._painter.focus = self._painter.focus, focus
        for pane in (self._labels, self._headers):
            pane.update_boxes(old.labels ^ focus.labels)
        changed = set(old.selected ^ focus.selected)
        if old.current != focus.current or old.active != focus.active:
            changed |= {cell for cell in (old.current, focus.current) if cell is not None}
        for cell in changed:
            self.update(self._table_model.index_of(cell))

    def _origin(self) -> QPoint:
        """Return which point of the whole table stands at the top left of the numbers."""
        layout = self._painter.layout
        return QPoint(
            layout.label_width + self._headers.offset(), layout.header_height + self._labels.offset()
        )

    def _on_scrolled(self) -> None:
        self._bubble.hide()
        self._labels.viewport().update()
        self._headers.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed of the numbers."""
        paint_pane(self.viewport(), self._painter, self._origin(), event.region())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_bubble"):
            self._relay()


def _shift(low: int, high: int, extent: int, first: int) -> int:
    """Return by how much to scroll so that low to high is in view, or at least what begins at ``first``."""
    if high - low >= extent:
        return first
    if low < 0:
        return low
    return max(0, high - extent + 1)
