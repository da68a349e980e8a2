"""还差什么: a list over the status line that leads to what a report lacks, and goes when one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.page_parts import muted_label
from gui.style import GRID
from model.missing import Missing

_LEAST_WIDTH = 40 * GRID
_MOST_ROWS = 12


class MissingList(QFrame):
    """Opened by a click or a key; Enter or a click goes to a place, Esc closes."""

    chosen = Signal(object)
    """A :class:`model.missing.Missing`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.list = QListWidget(self)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("还差什么")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.itemClicked.connect(self._choose)
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID // 2, GRID, GRID // 2, GRID // 2)
        layout.setSpacing(GRID // 2)
        head = muted_label("还差什么（回车前往，Esc 关闭）", self)
        head.setContentsMargins(GRID, 0, GRID, 0)
        layout.addWidget(head)
        layout.addWidget(self.list)

    def show_above(self, missing: Sequence[Missing], place: QWidget) -> None:
        """Show the list right above a widget."""
        self.list.clear()
        for one in missing:
            item = QListWidgetItem(one.text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, one)
        self.list.setCurrentRow(0)
        line = self.fontMetrics().lineSpacing() + GRID
        widest = max(self.fontMetrics().horizontalAdvance(one.text) for one in missing)
        width = min(max(_LEAST_WIDTH, widest + 6 * GRID), place.window().width() - 4 * GRID)
        height = line * (min(len(missing), _MOST_ROWS) + 1) + 3 * GRID
        corner = place.mapToGlobal(QPoint(0, 0))
        self.setGeometry(QRect(corner.x() + GRID, corner.y() - height, width, height))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the chosen place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem():
            self._choose(self.list.currentItem())
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
