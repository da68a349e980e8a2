"""The view of one official table: Qt's table view with the printed form's panes, keys and painting.

Editors, selection, scrolling and accessibility are Qt's; what is painted and where keys lead is ours.
It changes nothing by itself: typed text goes through the delegate, all else is asked for by signals.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QTableView, QWidget

from gui.bubble import Bubble
from gui.table_cursor import TableCursor
from gui.table_delegate import EditMode, NumberDelegate
from gui.table_grid import Place
from gui.table_keys import Command, command_of, move_by_key, types_text
from gui.table_layout import TableLayout, lay_out
from gui.table_model import TableModel
from gui.table_painter import Focus, TablePainter
from gui.table_panes import CornerPane, TablePane, paint_pane
from gui.table_style import table_colours
from model.cells import CellId
from model.forms import GridCell, Role

_EDITS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate


class TableView(QTableView):
    """Shows and edits the numbers of one table."""

    moved = Signal(object)
    """The current cell changed: its CellId."""
    command_given = Signal(object)
    """A key asked for a :class:`gui.table_keys.Command`."""
    typing_refused = Signal(object)
    """Someone typed into a cell that takes no typing: its CellId."""
    fill_wanted = Signal(str)
    """Ctrl+Enter in an editor: a text for every selected cell."""
    menu_wanted = Signal(QPoint)
    """The context menu was asked for at a place on the screen."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        document = model.document
        self._table_model = model
        self._zoom = 100
        self._base_font = QFont(parent.font())
        layout = lay_out(model.table, QSize(800, 400), self._base_font)
        self._painter = TablePainter(model, layout, table_colours(self.palette()), self._base_font)
        self.cursor_ = TableCursor(
            model.grid,
            lambda cell: not model.state(cell).is_total and not model.state(cell).is_locked,
            lambda cell: document.sheet[cell] is None,
        )
        self._delegate = NumberDelegate(self)
        self._set_up(model)
        self._panes = self._make_panes()
        self._bubble = Bubble(self)
        self._relay()
        self._show_cursor()

    def _set_up(self, model: TableModel) -> None:
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(_EDITS)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.setAccessibleName(model.table.heading)
        self._delegate.left.connect(self._on_editor_left)
        self._delegate.fill_wanted.connect(self.fill_wanted)
        for row in range(model.grid.rows):
            for column in range(model.grid.columns):
                rows, columns = model.grid.span(Place(row, column))
                if model.grid.anchor(Place(row, column)) == (row, column) and (rows > 1 or columns > 1):
                    self.setSpan(row, column, rows, columns)

    def _make_panes(self) -> tuple[TablePane, TablePane, CornerPane]:
        labels = TablePane(Qt.Orientation.Vertical, self._painter, self)
        headers = TablePane(Qt.Orientation.Horizontal, self._painter, self)
        corner = CornerPane(self._painter, self)
        self.setVerticalHeader(labels)
        self.setHorizontalHeader(headers)
        labels.setVisible(self._table_model.table.label_columns > 0)
        headers.setVisible(self._table_model.table.header_rows > 0)
        labels.span_pressed.connect(self._on_rows_pressed)
        headers.span_pressed.connect(self._on_columns_pressed)
        corner.pressed.connect(self.select_all)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        return labels, headers, corner

    # ------------------------------------------------------------ what others ask

    @property
    def current_cell(self) -> CellId:
        """The cell that takes typing."""
        return self.cursor_.cell

    @property
    def selected_cells(self) -> tuple[CellId, ...]:
        """The selected numbers in reading order; at least the current one."""
        return self.cursor_.selected

    @property
    def remark(self) -> str:
        """The remark that stands beside a cell; empty while there is none."""
        return self._bubble.text

    def go_to(self, cell: CellId) -> None:
        """Make a cell current and bring it fully into view."""
        self.cursor_.go_to_cell(cell)
        self._show_cursor()
        self.bring_into_view([cell])

    def bring_into_view(self, cells: Collection[CellId]) -> None:
        """Scroll as little as possible so that all of some cells, or at least the first, are in view."""
        rects = [self.visualRect(self._table_model.index_of(cell)) for cell in cells]
        whole = QRect(rects[0])
        for rect in rects:
            whole = whole.united(rect)
        room = self.viewport().rect()
        for bar, low, high, extent, first in (
            (self.horizontalScrollBar(), whole.left(), whole.right(), room.width(), rects[0].left()),
            (self.verticalScrollBar(), whole.top(), whole.bottom(), room.height(), rects[0].top()),
        ):
            bar.setValue(bar.value() + _shift(low, high, extent, first))

    def show_remark(self, cell: CellId, text: str, *, is_error: bool = True) -> None:
        """Show a remark beside a cell until the next key or click."""
        index = self._table_model.index_of(cell)
        self.scrollTo(index)
        anchor = self.visualRect(index).translated(self.viewport().pos())
        colours = self._painter.colours
        self._bubble.show_at(anchor, text, colours.error if is_error else colours.accent)

    def edit_current(self, mode: EditMode = EditMode.IN_PLACE) -> None:
        """Open the editor of the current cell with its value in it."""
        self._delegate.mode = mode
        self.edit(self.currentIndex())

    def select_all(self) -> None:
        """Select every number."""
        self.cursor_.select_all()
        self._show_cursor()

    @property
    def zoom(self) -> int:
        """The size of the table in percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show the table larger or smaller."""
        self._zoom = percent
        self._relay()

    def set_base_font(self, font: QFont) -> None:
        """Take over the font that is 100 %."""
        self._base_font = QFont(font)
        self._relay()

    # ------------------------------------------------------------ places

    def _relay(self) -> None:
        """Lay the table out anew for the room, the font and the colours there are."""
        font = QFont(self._base_font)
        font.setPointSizeF(font.pointSizeF() * self._zoom / 100)
        self.setFont(font)
        self._painter.set_look(self._fit(font), table_colours(self.palette()), font)
        self._apply_layout()

    def _fit_to_room(self) -> None:
        layout = self._fit(self._painter.font)
        if layout != self._painter.layout:
            self._painter.set_look(layout, self._painter.colours, self._painter.font)
            self._apply_layout()

    def _fit(self, font: QFont) -> TableLayout:
        table, room = self._table_model.table, self.size()
        layout = lay_out(table, room, font)
        if layout.size.height() > room.height():
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
            layout = lay_out(table, QSize(room.width() - bar, room.height()), font)
        return layout

    def _apply_layout(self) -> None:
        layout = self._painter.layout
        labels, headers, corner = self._panes
        for row in range(self._table_model.grid.rows):
            top = layout.header_rows + row
            labels.resizeSection(row, layout.ys[top + 1] - layout.ys[top])
        for column in range(self._table_model.grid.columns):
            left = layout.label_columns + column
            headers.resizeSection(column, layout.xs[left + 1] - layout.xs[left])
        labels.setFixedWidth(layout.label_width)
        headers.setFixedHeight(layout.header_height)
        corner.setGeometry(0, 0, layout.label_width, layout.header_height)
        corner.raise_()
        self.updateGeometries()
        for surface in (self.viewport(), labels.viewport(), headers.viewport(), corner):
            surface.update()

    def _origin(self) -> QPoint:
        layout = self._painter.layout
        labels, headers, _corner = self._panes
        return QPoint(layout.label_width + headers.offset(), layout.header_height + labels.offset())

    def _on_scrolled(self) -> None:
        self._bubble.hide()
        self._panes[0].viewport().update()

    # ------------------------------------------------------------ the cursor

    def _show_cursor(self) -> None:
        """Carry the cursor's place and selection over to Qt's selection model and the panes."""
        model, cursor = self._table_model, self.cursor_
        index = model.index_of(cursor.cell)
        self._bubble.hide()
        self._set_focus(Focus(cursor.cell, self._selected(), self._labels(), self.hasFocus()))
        is_new = index != self.currentIndex()
        self.selectionModel().setCurrentIndex(index, _KEEP)
        top_left, bottom_right = (model.index(*model.grid.anchor(place)) for place in cursor.corners)
        self.selectionModel().select(QItemSelection(top_left, bottom_right), _SELECT)
        self._follow_lead()
        if is_new:
            self.moved.emit(cursor.cell)

    def _selected(self) -> frozenset[CellId]:
        return frozenset(self.cursor_.selected)

    def _follow_lead(self) -> None:
        cell = self._table_model.grid.cell(self.cursor_.lead)
        if cell is not None:
            self.scrollTo(self._table_model.index_of(cell))

    def _labels(self) -> frozenset[GridCell]:
        """Return the labels and headers next to which the current number stands."""
        place = self._table_model.grid.anchor(self.cursor_.current)
        layout = self._painter.layout
        row, column = place.row + layout.header_rows, place.column + layout.label_columns
        return frozenset(
            box
            for box in self._table_model.table.grid
            if (box.role is Role.LABEL and box.row == row and box.row_span == 1)
            or (
                box.role is Role.HEADER
                and box.row + box.row_span == layout.header_rows
                and box.column == column
            )
        )

    def _set_focus(self, focus: Focus) -> None:
        old, self._painter.focus = self._painter.focus, focus
        for pane in self._panes[:2]:
            pane.update_boxes(old.labels ^ focus.labels)
        changed = set(old.selected ^ focus.selected)
        if old.current != focus.current or old.active != focus.active:
            changed |= {cell for cell in (old.current, focus.current) if cell is not None}
        for cell in changed:
            self.update(self._table_model.index_of(cell))

    # ------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, command or type, as in Excel."""
        command = command_of(event.key(), event.modifiers())
        if command is not None:
            self._bubble.hide()
            self.command_given.emit(command)
        elif self._move(event.key(), event.modifiers()):
            pass
        elif types_text(event):
            self._type(event)
        else:
            event.ignore()

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        moves = move_by_key(self.cursor_, key, modifiers, page)
        if moves:
            self._show_cursor()
        return moves

    def _type(self, event: QKeyEvent | QInputMethodEvent) -> None:
        self._bubble.hide()
        self._delegate.mode = EditMode.TYPING
        if not self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event):
            self.typing_refused.emit(self.current_cell)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Ask for no input method: digits need none."""
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method commits all the same, for example full-width digits."""
        if event.commitString() or event.preeditString():
            self._type(event)

    def _on_editor_left(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        self._move(key, modifiers)

    # ------------------------------------------------------------ mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the pressed cell current; with Shift, select up to it."""
        cell = self._cell_at(event.position().toPoint())
        if cell is None:
            return
        place = self._table_model.grid.place(cell)
        if (
            event.button() is Qt.MouseButton.LeftButton
            and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.cursor_.extend_to(place)
        elif event.button() is Qt.MouseButton.LeftButton or cell not in self.cursor_.selected:
            self.cursor_.go_to(place)
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the cell under the mouse while the button is down."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        room = self.viewport().rect().adjusted(1, 1, -2, -2)
        point = event.position().toPoint()
        inside = QPoint(
            min(max(point.x(), room.left()), room.right()), min(max(point.y(), room.top()), room.bottom())
        )
        cell = self._cell_at(inside)
        if cell is not None and self._table_model.grid.place(cell) != self.cursor_.lead:
            self.cursor_.extend_to(self._table_model.grid.place(cell))
            self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the selection stands since the mouse moved."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell in place, or show what a total is made of."""
        if self._cell_at(event.position().toPoint()) is not None:
            self.command_given.emit(Command.EDIT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the context menu, at the current cell when it comes from the keyboard."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                larger = event.angleDelta().y() > 0
                self.command_given.emit(Command.ZOOM_IN if larger else Command.ZOOM_OUT)
            event.accept()
        else:
            super().wheelEvent(event)

    def _cell_at(self, point: QPoint) -> CellId | None:
        return self._table_model.cell_at(self.indexAt(point))

    def _on_rows_pressed(self, first: int, last: int, extend: bool) -> None:
        self.cursor_.select_rows(first, last, extend)
        self._show_cursor()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_columns_pressed(self, first: int, last: int, extend: bool) -> None:
        self.cursor_.select_columns(first, last, extend)
        self._show_cursor()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    # ------------------------------------------------------------ Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed of the numbers."""
        paint_pane(self.viewport(), self._painter, self._origin(), event.region())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table into its new room."""
        super().resizeEvent(event)
        self._bubble.hide()
        self._fit_to_room()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_panes"):
            self._relay()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current cell as the one that takes typing."""
        super().focusInEvent(event)
        self._show_active()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the current cell as resting."""
        super().focusOutEvent(event)
        self._show_active()

    def _show_active(self) -> None:
        focus = self._painter.focus
        self._set_focus(Focus(focus.current, focus.selected, focus.labels, self.hasFocus()))


def _shift(low: int, high: int, extent: int, first: int) -> int:
    """Return by how much to scroll so that low to high is in view, or at least what begins at ``first``."""
    if high - low >= extent:
        return first
    if low < 0:
        return low
    return max(0, high - extent + 1)
