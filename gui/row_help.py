"""The strip under a table: what belongs into the current row, and the clause it comes from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.style import GRID, colours_of
from model.forms import Row


class RowHelp(QWidget):
    """Two or three lines of help for one row; as high for every row, so that nothing jumps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = QLabel(self)
        self._help = QLabel(self)
        self._help.setTextFormat(Qt.TextFormat.PlainText)
        self._help.setWordWrap(True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        """Return room for three lines."""
        return QSize(400, 3 * self.fontMetrics().lineSpacing() + GRID)

    def show_row(self, row: Row, hint: str) -> None:
        """Show the help of a row, and what can be done at the current cell."""
        colours = colours_of(self.palette())
        name = f"<b>{escape(row.name or '本行')}</b>"
        basis = f"<span style='color:{colours.muted}'>　依据：{escape(row.basis)}</span>"
        advice = f"<span style='color:{colours.accent}'>　{escape(hint)}</span>" if hint else ""
        self._name.setText(f"{name}{basis}{advice}")
        self._help.setText(row.help)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Place the lines; without a layout, a new text asks nobody around for room."""
        line = self.fontMetrics().lineSpacing()
        self._name.setGeometry(0, 0, self.width() - GRID, line)
        self._help.setGeometry(0, line, self.width() - GRID, self.height() - line)
