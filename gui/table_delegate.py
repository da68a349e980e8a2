"""Opens the editor of a number, and says how it was left.

Typed text goes to the model, which takes or refuses it. Number cells need no input method.
"""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem  # nine classes that nobody asks for at run time

Index = QModelIndex | QPersistentModelIndex

_LEAVING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_ARROWS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class EditMode(Enum):
    """How an editor was opened, which decides what arrows do in it."""

    TYPING = "typing"
    """By typing: arrows leave the cell."""
    IN_PLACE = "in place"
    """By F2 or a double click: arrows move within the text."""


class NumberEditor(QLineEdit):
    """The line in which a number is typed, over its cell."""

    block_pasted = Signal()
    """Several cells were pasted: they are for the table, not for this line."""

    def __init__(self, parent: QWidget, mode: EditMode) -> None:
        super().__init__(parent)
        self.mode = mode
        self._room = parent
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextMargins(1, 0, 1, 0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAccessibleName("录入数字")

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: object = None) -> object:
        """Ask for no input method; text that one commits all the same is taken."""
        return False if query is Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query, argument)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste as :meth:`paste` does."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Paste one cell or a text into the line; leave a block to the table."""
        from gui.clipboard import block_of  # which takes a while to load

        block = block_of(QGuiApplication.clipboard().mimeData()) or ((),)
        if len(block) > 1 or len(block[0]) > 1:
            self.block_pasted.emit()
        else:
            super().paste()

    def widen(self) -> None:
        """Grow to the right as far as the text needs and the table has room."""
        needed = self.fontMetrics().horizontalAdvance(self.text()) + 12
        room = self._room.width() - self.x()
        if needed > self.width():
            self.resize(min(needed, max(room, self.width())), self.height())


class NumberDelegate(QStyledItemDelegate):
    """Editors of the numbers of one table."""

    left = Signal(int, object)
    """An editor was closed by a key and its text was taken: the key and its modifiers."""
    fill_wanted = Signal(str)
    """Ctrl+Enter: the text is for every selected cell."""
    block_pasted = Signal()
    """Several cells were pasted into an editor, which is closed without its text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.mode = EditMode.TYPING
        self._was_taken = False

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Return a line edit over the cell, in the size of type of the table."""
        editor = NumberEditor(parent, self.mode)
        editor.setFont(parent.font())
        editor.textChanged.connect(editor.widen)
        editor.block_pasted.connect(partial(self._on_block_pasted, editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value the cell has."""
        if isinstance(editor, NumberEditor):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the typed text to the model."""
        if isinstance(editor, NumberEditor):
            self._was_taken = model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Put the editor inside the frame of the current cell."""
        rect = option.rect  # type: ignore[attr-defined]  # which the stubs leave out
        editor.setGeometry(rect.adjusted(2, 2, -3, -3))
        if isinstance(editor, NumberEditor):
            editor.widen()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave the editor by the keys that Excel leaves it by."""
        if isinstance(editor, NumberEditor) and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress and self._leaves(editor, event):
                self._leave(editor, event)
                return True
            if event.key() in _LEAVING:
                return False
        return super().eventFilter(editor, event)

    def _on_block_pasted(self, editor: NumberEditor) -> None:
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self.block_pasted.emit()

    def _leaves(self, editor: NumberEditor, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        arrow = event.key() in _ARROWS and editor.mode is EditMode.TYPING and plain
        return event.key() in _LEAVING or arrow

    def _leave(self, editor: NumberEditor, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in _LEAVING and modifiers & Qt.KeyboardModifier.ControlModifier:
            text = editor.text()
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self.fill_wanted.emit(text)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if self._was_taken:
            self.left.emit(key, modifiers)
