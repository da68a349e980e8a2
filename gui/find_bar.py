"""Find in a table: a field at the top right, over labels and numbers. Enter goes on, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gui.style import GRID, colours_of

_WIDTH = 340


class FindBar(QWidget):
    """The field and what became of the search."""

    wanted = Signal(str, int)
    """A text is looked for: 0 from the current place on, 1 the next one, -1 the one before."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("在本表查找项目或数字")
        self._field.setAccessibleName("在本表查找")
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(lambda text: self.wanted.emit(text, 0))
        self._field.installEventFilter(self)
        self._result = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 2, GRID, 2)
        row.addWidget(self._field, 1)
        row.addWidget(self._result)
        self.hide()

    def open(self) -> None:
        """Show the field and take the focus."""
        self.place()
        self.show()
        self.raise_()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_result(self, place: int, count: int) -> None:
        """Show which of how many finds is current."""
        nothing = "没有找到" if self._field.text() else ""
        self._result.setText(f"{place}/{count}" if count else nothing)

    def place(self) -> None:
        """Stand at the top right of the page."""
        width = min(_WIDTH, self._room.width() - 4 * GRID)
        self.setGeometry(self._room.width() - 2 * GRID - width, 2, width, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on by Enter, back by Shift+Enter, close by Esc."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self._field.text(), -1 if back else 1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a ground that sets the bar off from the heading."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours_of(self.palette()).window))
        painter.end()
