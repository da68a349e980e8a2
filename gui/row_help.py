"""The strip under a table: what belongs into the current row, and the clause it comes from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.style import GRID
from model.forms import Row

_HELP_LINES = 2


class RowHelp(QWidget):
    """Two or three lines of help for one row; as high for every row, so that nothing jumps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ("", "", "", "")
        """Name, hint, basis and help as a whole."""
        self._name, self._basis, self._hint, self._help = (QLabel(self) for _ in range(4))
        for label in (self._name, self._basis, self._hint, self._help):
            label.setTextFormat(Qt.TextFormat.PlainText)  # marked-up text is painted twice for each row
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._basis.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setForegroundRole(QPalette.ColorRole.Link)
        self._help.setWordWrap(True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        """Return room for three lines."""
        return QSize(400, (1 + _HELP_LINES) * self.fontMetrics().lineSpacing() + GRID)

    def show_row(self, row: Row, hint: str) -> None:
        """Show the help of a row, and what can be done at the current cell."""
        self._words = (row.name or "本行", f"　{hint}" if hint else "", f"　依据：{row.basis}", row.help)
        self._place()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place the lines for the new size."""
        self._place()

    def _place(self) -> None:
        """Place the words; without a layout, a new text asks nobody around for room."""
        name, hint, basis, text = self._words
        line, left, right = self.fontMetrics().lineSpacing(), 0, self.width() - GRID
        for label, words in ((self._name, name), (self._hint, hint), (self._basis, basis)):
            _show(label, words, right - left)
            label.setGeometry(left, 0, label.fontMetrics().horizontalAdvance(label.text()), line)
            left += label.width()
        _show(self._help, text, _HELP_LINES * (right - 2 * GRID))  # lines do not end at the very edge
        self._help.setGeometry(0, line, right, self.height() - line)


def _show(label: QLabel, words: str, room: int) -> None:
    """Show as much as there is room for; the tip has all of it."""
    shown = label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))
    label.setText(shown)
    label.setToolTip("" if shown == words else words.strip())
