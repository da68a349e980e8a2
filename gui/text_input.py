"""What every text field of a report has in common: one history, the document's, and typing in steps.

A field keeps no undo of its own. What is typed goes to the document at once; a step of the history
ends at a new line, after a rest, with an edit of a selection and on leaving the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from gui.style import widen
from model.document import Document

PAUSE = 1000
"""Milliseconds without typing that end a step."""
_WINDOW_KEYS = ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+E")
"""Undo, redo and export; on Linux a field of Qt's takes Ctrl+E to go to the end of a line."""
_HISTORY_ENTRIES = ("edit-undo", "edit-redo")


def is_window_key(event: QEvent) -> bool:
    """Tell whether a key event asks for what the window and not the field does, such as undo."""
    if not isinstance(event, QKeyEvent):
        return False
    return QKeySequence(event.keyCombination()).toString() in _WINDOW_KEYS


def without_history(menu: QMenu) -> QMenu:
    """Fit a field's own menu to the window: undo and redo are about the whole report and in 编辑."""
    for action in menu.actions():
        if action.objectName() in _HISTORY_ENTRIES:
            menu.removeAction(action)
    first = next(iter(menu.actions()), None)
    if first is not None and first.isSeparator():
        menu.removeAction(first)
    widen(menu)
    return menu


def utf16_length(text: str) -> int:
    """Return how many positions a text takes in a field of Qt's."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, position: int) -> int:
    """Return how many characters of a text stand before a position in a field of Qt's."""
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * position]
    return len(before.decode("utf-16-le", "surrogatepass"))


def difference(old: str, new: str) -> tuple[int, str, str]:
    """Return where two texts begin to differ, what is gone there and what has come."""
    start = _common_length(old, new)
    rest_old, rest_new = old[start:], new[start:]
    same = _common_length(rest_old[::-1], rest_new[::-1])
    return start, rest_old[: len(rest_old) - same], rest_new[: len(rest_new) - same]


def _common_length(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common; halving, since each compare is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class TypingSteps(QObject):
    """Cuts typing into steps of the document's history."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._rest = QTimer(self, singleShot=True, interval=PAUSE)
        self._rest.timeout.connect(self.end)

    def begin_edit(self, gone: str, come: str) -> bool:
        """Prepare for an edit and tell whether it may join the step before."""
        joins = len(gone) <= 1 and not (gone and come)
        if not joins:
            self.end()
        return joins

    def finish_edit(self, come: str, *, joined: bool) -> None:
        """Note that the edit is in the document."""
        if "\n" in come or not joined:
            self.end()
        else:
            self._rest.start()

    def end(self) -> None:
        """Let the next edit begin a step of its own."""
        self._rest.stop()
        self._document.end_step()


if TYPE_CHECKING:
    _AnyWidget = QWidget
else:
    _AnyWidget = object


class DocumentField(_AnyWidget):
    """What makes a field of Qt's, named behind it as a base, one whose undo is the document's."""

    _steps: TypingSteps

    def event(self, event: QEvent) -> bool:
        """Leave undo, redo and export to the window's actions."""
        if event.type() is QEvent.Type.ShortcutOverride and is_window_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo, redo and export to the window's actions, also while they are switched off."""
        if is_window_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the usual menu without a history of its own."""
        assert isinstance(self, (QLineEdit, QPlainTextEdit))
        menu = without_history(self.createStandardContextMenu())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the step on leaving."""
        self._steps.end()
        super().focusOutEvent(event)


class DocumentLineEdit(DocumentField, QLineEdit):
    """A line whose undo is the document's."""

    def __init__(self, steps: TypingSteps, parent: QWidget | None = None) -> None:
        self._steps = steps
        super().__init__(parent)
        self.setAcceptDrops(False)

    def show_words(self, start: int, words: str) -> None:
        """Select some words that stand so many characters from the beginning."""
        self.setSelection(utf16_length(self.text()[:start]), utf16_length(words))

    def selected_words(self) -> tuple[int, str]:
        """Return how many characters stand before the selection, or before the cursor, and the selection."""
        position = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        return characters(self.text(), position), self.selectedText()
