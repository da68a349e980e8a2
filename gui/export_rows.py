"""One document in the export dialog: whether it is wanted, what it is called, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.page_parts import ElidedLabel, body_label, tint
from gui.style import GRID, colours_of

_NAME_WIDTH = 15 * GRID
_EXISTS = "已有同名文件"


class DocumentRow(QWidget):
    """A line with a tick, the file's name and how it stands; a failure is told below it."""

    ticked = Signal()
    open_requested = Signal()
    retry_requested = Signal()
    elsewhere_requested = Signal()

    def __init__(self, key: str, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.kind = kind
        self.written: Path | None = None
        """Where it was written last."""
        self._target = Path()
        self._tick = QCheckBox(kind, self)
        self._name = ElidedLabel(self)
        self._state = QLabel(self)
        self._failure = body_label("", self)
        self._open = self._button("打开", self.open_requested)
        self._retry = self._button("重试", self.retry_requested)
        self._elsewhere = self._button("另存为…", self.elsewhere_requested)
        self._lay_out()
        self._tick.toggled.connect(self.ticked)

    @property
    def is_wanted(self) -> bool:
        """Tell whether the person wants this document."""
        return self._tick.isChecked()

    def want(self, wanted: bool) -> None:
        """Tick the document, or not."""
        self._tick.setChecked(wanted)

    def set_busy(self, busy: bool) -> None:
        """Take no answers while documents are written."""
        for part in (self._tick, self._open, self._retry, self._elsewhere):
            part.setEnabled(not busy)

    @property
    def state(self) -> str:
        """How the document stands, as the person reads it."""
        return self._state.text()

    @property
    def failure(self) -> str:
        """Why it could not be written; empty where it could."""
        return self._failure.text()

    def show_target(self, path: Path) -> None:
        """Say how the file will be called and whether there is one of this name."""
        self._target = path
        self._name.setText(path.name)
        self._show(_EXISTS if path.exists() else "")

    def show_step(self, text: str) -> None:
        """Say what is done for the document at the moment."""
        self._show(text)

    def show_written(self, path: Path, mark: str | None) -> None:
        """Say that the document is there, with the mark it bears."""
        self.written = path
        self._name.setText(path.name)
        self._show("已导出" if mark is None else f"已导出（{mark}）")
        tint(self._state, colours_of(self.palette()).done)
        self._open.show()

    def show_failure(self, sentence: str, *, can_retry: bool) -> None:
        """Say why the document is not there, and offer what can be done; its place is said above."""
        self._show("没有导出")
        tint(self._state, colours_of(self.palette()).error)
        self._failure.setText(sentence.replace(f"“{self._target}”", ""))
        self._failure.show()
        self._show_whole()
        self._retry.setVisible(can_retry)
        self._elsewhere.setVisible(can_retry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a failure the lines that it needs at this width."""
        super().resizeEvent(event)
        self._show_whole()

    # ------------------------------------------------------------ within

    def _show_whole(self) -> None:
        """Ask for the height of the failure's lines: a layout squeezes text that breaks."""
        lines = self._failure.heightForWidth(self.width()) if self._failure.text() else 0
        self._failure.setMinimumHeight(lines)

    def _show(self, state: str) -> None:
        self._state.setText(state)
        tint(self._state, colours_of(self.palette()).muted)
        self._failure.setText("")
        for part in (self._failure, self._open, self._retry, self._elsewhere):
            part.hide()

    def _button(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(f"{text.rstrip('…')} {self.kind}")
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        self._tick.setMinimumWidth(_NAME_WIDTH)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self._tick)
        line.addWidget(self._name, 1)
        line.addWidget(self._state)
        for button in (self._open, self._retry, self._elsewhere):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(line)
        column.addWidget(self._failure)
        tint(self._name, colours_of(self.palette()).muted)
        tint(self._failure, colours_of(self.palette()).error)
        self._show("")
