"""A quiet bar with what became of a paste and what can still be done about it. Never modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.style import GRID, colours_of

Choice = tuple[str, Callable[[], None]]
"""What a button says and does."""


class NoticeBar(QWidget):
    """One sentence and its buttons, until it is closed or outdated."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._sentence = QLabel(self)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(self)
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setToolTip("关闭")
        self._close.setAccessibleName("关闭提示")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GRID + 4, 2, GRID // 2, 2)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says; empty while it is not shown."""
        return self._sentence.text() if self.isVisibleTo(self._room) else ""

    def show_notice(self, sentence: str, choices: Sequence[Choice]) -> None:
        """Say something and offer what can be done."""
        self._sentence.setText(sentence)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._make_button(*choice) for choice in choices]
        for place, button in enumerate(self._buttons, start=1):
            self._row.insertWidget(place, button)
        self._row.activate()
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Stand at the top right of the page, as wide as needed."""
        size = self._row.totalSizeHint()
        width = min(size.width(), self._room.width() - 4 * GRID)
        self.setGeometry(self._room.width() - 2 * GRID - width, GRID // 2, width, size.height())

    def _make_button(self, text: str, action: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(action)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a soft ground with a line of the accent colour at the left."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.accent_soft))
        painter.fillRect(0, 0, 3, self.height(), QColor(colours.accent))
        painter.end()
