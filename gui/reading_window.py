"""A window to read in: a text of headings and lines, with a field to search where it is long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from gui.page_parts import muted_label
from gui.style import GRID, Colours, colours_of

Write = Callable[[str, Colours], str]
"""Makes the HTML of what a search leaves, in the colours of the scheme."""
_SIZE = QSize(720, 640)
_SCROLLS = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Up})


class ReadingWindow(QWidget):
    """Stands beside the report; Esc closes it."""

    def __init__(self, title: str, write: Write, parent: QWidget, *, hint: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._write = write
        self.setWindowTitle(title)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint or "查找")
        self.search.setClearButtonEnabled(True)
        self.search.setVisible(bool(hint))
        self.search.textChanged.connect(self.show_text)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(title)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(2 * GRID)
        self._nothing: QLabel = muted_label("没有找到。换一个词试试。", self)
        self.setFocusProxy(self.search if hint else self.text)
        self._lay_out()
        self.show_text()
        room = parent.screen().availableSize()
        self.resize(_SIZE.boundedTo(QSize(room.width() - 8 * GRID, room.height() - 12 * GRID)))

    def show_text(self) -> None:
        """Show what the search leaves."""
        html = self._write(self.search.text(), colours_of(self.palette()))
        self.text.setHtml(html)
        self._nothing.setVisible(not html)

    def open_at(self, anchor: str) -> None:
        """Bring the window to the front, with a place of its text at the top."""
        self.search.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if anchor:
            self.text.scrollToAnchor(anchor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc; scroll also from the search field."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _SCROLLS:
            self.text.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_nothing"):
            self.show_text()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing)
        layout.addWidget(self.text, 1)
