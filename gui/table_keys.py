"""Which key does what in a table: keys that move, keys that command, keys that type. As in Excel and WPS."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.table_cursor import TableCursor

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_PLAIN = Qt.KeyboardModifier.NoModifier

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class Command(Enum):
    """What a key asks for besides moving."""

    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"
    CLEAR = "clear"
    FILL_SELECTION = "fill selection"
    FILL_DOWN = "fill down"
    FILL_RIGHT = "fill right"
    EDIT = "edit"
    FIND = "find"
    ACCEPT_SUGGESTION = "accept suggestion"
    ESCAPE = "escape"
    PREVIOUS_TABLE = "previous table"
    NEXT_TABLE = "next table"
    ZOOM_IN = "zoom in"
    ZOOM_OUT = "zoom out"
    ZOOM_RESET = "zoom reset"


_COMMANDS = {
    (_CONTROL, Qt.Key.Key_C): Command.COPY,
    (_CONTROL, Qt.Key.Key_Insert): Command.COPY,
    (_CONTROL, Qt.Key.Key_X): Command.CUT,
    (_SHIFT, Qt.Key.Key_Delete): Command.CUT,
    (_CONTROL, Qt.Key.Key_V): Command.PASTE,
    (_SHIFT, Qt.Key.Key_Insert): Command.PASTE,
    (_PLAIN, Qt.Key.Key_Delete): Command.CLEAR,
    (_CONTROL, Qt.Key.Key_Return): Command.FILL_SELECTION,
    (_CONTROL, Qt.Key.Key_Enter): Command.FILL_SELECTION,
    (_CONTROL, Qt.Key.Key_D): Command.FILL_DOWN,
    (_CONTROL, Qt.Key.Key_R): Command.FILL_RIGHT,
    (_PLAIN, Qt.Key.Key_F2): Command.EDIT,
    (_CONTROL, Qt.Key.Key_F): Command.FIND,
    (_PLAIN, Qt.Key.Key_Space): Command.ACCEPT_SUGGESTION,
    (_PLAIN, Qt.Key.Key_Escape): Command.ESCAPE,
    (_CONTROL, Qt.Key.Key_PageUp): Command.PREVIOUS_TABLE,
    (_CONTROL, Qt.Key.Key_PageDown): Command.NEXT_TABLE,
    (_CONTROL, Qt.Key.Key_Equal): Command.ZOOM_IN,
    (_CONTROL, Qt.Key.Key_Plus): Command.ZOOM_IN,
    (_CONTROL, Qt.Key.Key_Minus): Command.ZOOM_OUT,
    (_CONTROL, Qt.Key.Key_0): Command.ZOOM_RESET,
}


def command_of(key: int, modifiers: Qt.KeyboardModifier) -> Command | None:
    """Return what a key asks for; None for a key that moves, types or is not ours."""
    return _COMMANDS.get((_without_keypad(modifiers), Qt.Key(key)))


def move_by_key(cursor: TableCursor, key: int, modifiers: Qt.KeyboardModifier, page: int) -> bool:
    """Move the cursor as a key asks (``page`` rows are in view); tell whether it is a key that moves."""
    modifiers = _without_keypad(modifiers)
    if modifiers & (_ALT | _META):
        return False
    shift, control = bool(modifiers & _SHIFT), bool(modifiers & _CONTROL)
    move = _move(Qt.Key(key), shift, control, page)
    if move is not None:
        move(cursor)
    return move is not None


def _move(key: Qt.Key, shift: bool, control: bool, page: int) -> Callable[[TableCursor], None] | None:
    if key in _ARROWS:
        rows, columns = _ARROWS[key]
        if control:
            return lambda cursor: cursor.jump(rows, columns, shift)
        return lambda cursor: cursor.move(rows, columns, shift)
    if key in _ENDS:
        end = _ENDS[key]
        if control:
            return lambda cursor: cursor.go_to_end(end, shift)
        return lambda cursor: cursor.go_to_row_end(end, shift)
    return _walk(key, shift, page) if not control else _select(key)


def _walk(key: Qt.Key, shift: bool, page: int) -> Callable[[TableCursor], None] | None:
    if key in _PAGES:
        return lambda cursor: cursor.page(_PAGES[key] * page, shift)
    if key in _TABS:
        step = -1 if shift else _TABS[key]
        return lambda cursor: cursor.tab(step)
    if key in _ENTERS:
        return lambda cursor: cursor.enter(-1 if shift else 1)
    return None


def _select(key: Qt.Key) -> Callable[[TableCursor], None] | None:
    return TableCursor.select_all if key is Qt.Key.Key_A else None


def types_text(event: QKeyEvent) -> bool:
    """Tell whether a key begins to type into a cell (Backspace does: it empties the cell first)."""
    if event.key() == Qt.Key.Key_Backspace:
        return True
    control = event.modifiers() & (_CONTROL | _ALT | _META)
    return bool(event.text()) and event.text().isprintable() and not control


def _without_keypad(modifiers: Qt.KeyboardModifier) -> Qt.KeyboardModifier:
    return modifiers & ~Qt.KeyboardModifier.KeypadModifier
