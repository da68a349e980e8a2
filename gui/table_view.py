"""The view in which one official table is edited: the keys and the mouse of Excel over the printed form.

It changes nothing by itself: typed text goes through the delegate, all else is asked for by signals.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from gui.form_view import FormView
from gui.table_cursor import TableCursor
from gui.table_delegate import EditMode, NumberDelegate
from gui.table_keys import Command, command_of, move_by_key, types_text
from gui.table_model import TableModel
from gui.table_painter import Focus
from model.cells import CellId
from model.forms import GridCell, Role
from model.table_edits import why_closed
from model.table_grid import Place

_EDITS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_DRAG_PACE = 50
"""Milliseconds in which a selection that is dragged beyond the edge grows by a row or column."""
_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate


class TableView(FormView):
    """Shows and edits the numbers of one table."""

    moved = Signal(object)
    """The current cell changed: its CellId."""
    selection_changed = Signal()
    """Other numbers are selected."""
    command_given = Signal(object)
    """A key asked for a :class:`gui.table_keys.Command`."""
    typing_refused = Signal(object)
    """Someone typed into a cell that takes no typing: its CellId."""
    fill_wanted = Signal(str)
    """Ctrl+Enter in an editor: a text for every selected cell."""
    menu_wanted = Signal(QPoint)
    """The context menu was asked for at a place on the screen."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        document = model.document
        self.cursor_ = TableCursor(
            model.grid,
            lambda cell: why_closed(document, cell) is None,
            lambda cell: document.sheet[cell] is None,
        )
        self._delegate = NumberDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(_EDITS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self._delegate.left.connect(self._on_editor_left)
        self._delegate.fill_wanted.connect(self.fill_wanted)
        self._delegate.block_pasted.connect(lambda: self.command_given.emit(Command.PASTE))
        self.rows_pressed.connect(self._on_rows_pressed)
        self.columns_pressed.connect(self._on_columns_pressed)
        self.corner_pressed.connect(self.select_all)
        self._dragged_out = QPoint()
        """Which way the mouse that selects has left what is in view: -1, 0 or 1 by columns and rows."""
        self._drag = QTimer(self)
        self._drag.setInterval(_DRAG_PACE)
        self._drag.timeout.connect(self._on_drag_lasted)
        self._show_cursor()

    # ------------------------------------------------------------ what others ask

    @property
    def current_cell(self) -> CellId:
        """The cell that takes typing."""
        return self.cursor_.cell

    @property
    def selected_cells(self) -> tuple[CellId, ...]:
        """The selected numbers in reading order; at least the current one."""
        return self.cursor_.selected

    def go_to(self, cell: CellId) -> None:
        """Make a cell current and bring it fully into view."""
        self.cursor_.go_to_cell(cell)
        self._show_cursor()
        self.bring_into_view([cell])

    def select_between(self, one: Place, other: Place) -> None:
        """Select the rectangle between two places; the first one becomes current and stays in view."""
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        before = [bar.value() for bar in bars]
        self.cursor_.go_to(one)
        self.cursor_.extend_to(other)
        self._show_cursor()
        for bar, value in zip(bars, before, strict=True):
            bar.setValue(value)
        self.bring_into_view([self.current_cell])

    def edit_current(self, mode: EditMode = EditMode.IN_PLACE) -> None:
        """Open the editor of the current cell with its value in it."""
        self._delegate.mode = mode
        self.edit(self.currentIndex())

    def select_all(self) -> None:
        """Select every number."""
        self.cursor_.select_all()
        self._show_cursor()

    # ------------------------------------------------------------ the cursor

    def _show_cursor(self) -> None:
        """Carry the cursor's place and selection over to Qt's selection model and the panes."""
        model, cursor = self._table_model, self.cursor_
        index = model.index_of(cursor.cell)
        self._bubble.hide()
        old_selected = self._painter.focus.selected
        self._set_focus(Focus(cursor.cell, self._selected(), self._labels_beside(), self._is_active()))
        is_new = index != self.currentIndex()
        selects_others = self._painter.focus.selected != old_selected
        self.selectionModel().setCurrentIndex(index, _KEEP)
        first, last = cursor.corners
        top_left, bottom_right = model.index(*model.grid.anchor(first)), model.index(*last)
        self.selectionModel().select(QItemSelection(top_left, bottom_right), _SELECT)
        self._follow_lead()
        if is_new:
            self.moved.emit(cursor.cell)
        if selects_others:
            self.selection_changed.emit()

    def _selected(self) -> frozenset[CellId]:
        return frozenset(self.cursor_.selected)

    def _follow_lead(self) -> None:
        """Scroll to where the selection was led, with the headers right above it."""
        grid, place = self._table_model.grid, self.cursor_.lead
        cell = grid.cell(place)
        if cell is None:
            return
        top = place.row
        while top > 0 and grid.cell(Place(top - 1, place.column)) is None:
            top -= 1
        if top < place.row:
            self.scrollTo(self._table_model.index(top, 0))
        self.scrollTo(self._table_model.index_of(cell))

    def _labels_beside(self) -> frozenset[GridCell]:
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

    def _type(self, event: QKeyEvent) -> None:
        self._delegate.mode = EditMode.TYPING
        if self._opens_editor():
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Ask for no input method: digits need none."""
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method commits all the same, for example full-width digits."""
        if not event.commitString() and not event.preeditString():
            return
        self._delegate.mode = EditMode.TYPING
        if self._opens_editor():
            self.edit(self.currentIndex())
            editor = QApplication.focusWidget()
            if editor is not None:
                QCoreApplication.sendEvent(editor, event)

    def _opens_editor(self) -> bool:
        """Tell whether the current cell takes typing; else say why not."""
        self._bubble.hide()
        is_open = bool(self._table_model.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        if not is_open:
            self.typing_refused.emit(self.current_cell)
        return is_open

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
        out = point - inside
        self._dragged_out = QPoint((out.x() > 0) - (out.x() < 0), (out.y() > 0) - (out.y() < 0))
        if self._dragged_out.isNull():
            self._drag.stop()
        elif not self._drag.isActive():
            self._drag.start()
        cell = self._cell_at(inside)
        if cell is not None:
            self._drag_to(self._table_model.grid.place(cell))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the selection stand as it is since the mouse moved."""
        self._drag.stop()

    def _drag_to(self, place: Place) -> None:
        if place != self.cursor_.lead:
            self.cursor_.extend_to(place)
            self._show_cursor()

    def _on_drag_lasted(self) -> None:
        """Select on while the mouse is held beyond the edge."""
        if not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._drag.stop()
            return
        place, ways = self.cursor_.lead, self._dragged_out
        for rows, columns in ((ways.y(), 0), (0, ways.x())):
            place = self._table_model.grid.step(place, rows, columns) if rows or columns else place
        self._drag_to(place)

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

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the current cell in view."""
        super().showEvent(event)
        self._follow_lead()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current cell as the one that takes typing; Qt's own would paint everything anew."""
        self._show_active()
        if event.reason() in _BY_KEY:  # a click must find everything where it was
            self.bring_into_view([self.current_cell])

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Show the current cell as resting; see :meth:`focusInEvent`."""
        self._show_active()

    def _is_active(self) -> bool:
        return self.hasFocus() or self.state() is QAbstractItemView.State.EditingState

    def _show_active(self) -> None:
        focus = self._painter.focus
        self._set_focus(Focus(focus.current, focus.selected, focus.labels, self._is_active()))
