"""The strip under a table: what belongs into the current row, and the clause it comes from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.style import GRID
from model.forms import Row


class RowHelp(QFrame):
    """Two or three lines of help for one row; as high for every row, so that nothing jumps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._name = _label(self)
        self._help = _label(self)
        self._help.setWordWrap(True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID + 4, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(2)
        layout.addWidget(self._name)
        layout.addWidget(self._help, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for three lines."""
        line = self.fontMetrics().lineSpacing()
        return QSize(400, 3 * line + 2 + GRID)

    def show_row(self, row: Row) -> None:
        """Show the help of a row."""
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        name = f"<b>{_escaped(row.name or '本行')}</b>"
        self._name.setText(f"{name}<span style='color:{muted}'>　依据：{_escaped(row.basis)}</span>")
        self._help.setText(row.help)


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.AutoText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
