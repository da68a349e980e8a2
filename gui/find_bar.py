"""What one finds in: a line with a field. Enter goes on, Esc closes. A bar lies over a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from gui.announcing import announce
from gui.style import GRID, colours_of

_WIDTH = 340


class FindLine(QWidget):
    """A field for what is looked for, and what became of the search."""

    wanted = Signal(str, int)
    """A text is looked for: 0 from the current place on, 1 the next one, -1 the one before."""
    closed = Signal()

    def __init__(self, field: QLineEdit, hint: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        field.setParent(self)
        field.setPlaceholderText(hint)
        field.setAccessibleName(name)
        field.setClearButtonEnabled(True)
        field.textChanged.connect(lambda text: self.wanted.emit(text, 0))
        field.installEventFilter(self)
        self.result = QLabel(self)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(GRID, 2, GRID, 2)
        self.hide()

    def open(self) -> None:
        """Show the field and take the focus."""
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_line(self) -> None:
        """Go away, and say so: the focus belongs to the page again."""
        self.hide()
        self.closed.emit()

    def show_result(self, place: int, count: int) -> None:
        """Show which of how many finds is current."""
        nothing = "没有找到" if self.field.text() else ""
        self.tell(f"{place}/{count}" if count else nothing)

    def tell(self, text: str) -> None:
        """Show what became of the search, and say it: the focus stays in the field."""
        if text and text != self.result.text():
            announce(self.result, text)
        self.result.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on by Enter, back by Shift+Enter, close by Esc."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self.field.text(), -1 if back else 1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a ground that sets the bar off from the heading."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours_of(self.palette()).window))
        painter.end()


class FindBar(FindLine):
    """The line that lies over a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QLineEdit(), "在本表查找项目或数字", "在本表查找", parent)
        self._room = parent
        self.grid.addWidget(self.field, 0, 0)
        self.grid.addWidget(self.result, 0, 1)

    def open(self) -> None:
        """Show the field at its place and take the focus."""
        self.place()
        super().open()

    def place(self) -> None:
        """Stand at the top right of the page."""
        width = min(_WIDTH, self._room.width() - 4 * GRID)
        self.setGeometry(self._room.width() - 2 * GRID - width, 2, width, self.sizeHint().height())
