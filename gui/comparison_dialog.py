"""Two versions of a report side by side: every place that differs, with both values."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.page_parts import body_label
from gui.style import GRID
from model.comparison import excerpts, show
from model.restoring import Differences

_SIZE = QSize(880, 520)
_MOST_TEXT = 400
"""Characters of a text that the list shows."""


class DifferenceList(QTableWidget):
    """The places that differ, one a line."""

    def __init__(self, columns: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName("不同之处")
        self.setHorizontalHeaderLabels(["位置", *columns])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_differences(self, differences: Differences) -> None:
        """List these in the place of those before."""
        self.setRowCount(len(differences.items))
        for row, item in enumerate(differences.items):
            old, new = excerpts(show(item.old), show(item.new), _MOST_TEXT)
            for column, text in enumerate((item.label, old, new)):
                entry = QTableWidgetItem(text)
                entry.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.setItem(row, column, entry)
        self.resizeRowsToContents()


class ComparisonDialog(QDialog):
    """Shows what differs; nothing can be changed here."""

    def __init__(
        self, title: str, columns: tuple[str, str], differences: Differences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self.list = DifferenceList(columns, self)
        self.list.show_differences(differences)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)  # Enter is for the list: it leads to a place
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(body_label(f"不同之处：{differences.summary}", self))
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
