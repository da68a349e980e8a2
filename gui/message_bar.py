"""A strip above the status line: an export on its way, and what it wrote. It never stops the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.buttons import PlainButton
from gui.icons import SIZE, Icons
from gui.page_parts import ElidedLabel, body_label
from gui.style import GRID, colours_of


class MessageBar(QFrame):
    """One message with buttons, or one progress with 取消; hidden while there is neither."""

    cancel_requested = Signal()
    answer_chosen = Signal(str)
    """The person pressed the button of this name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = QLabel(self)
        self._mark_name = "done"
        self._text = ElidedLabel(self)
        self._progress = QProgressBar(self)
        self._cancel = PlainButton("取消", self)
        self._close = QToolButton(self)
        self._remarks = body_label("", self)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._lay_out()
        self._cancel.clicked.connect(self.cancel_requested)
        self._close.clicked.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._text.text()

    @property
    def remarks(self) -> str:
        """What it says below that, at whatever length."""
        return self._remarks.text()

    def show_progress(self, text: str, percent: int) -> None:
        """Say what is going on and how far it is."""
        self._show(text, busy=True)
        self._progress.setValue(percent)

    def show_result(
        self, text: str, answers: Mapping[str, str], mark: str = "done", remarks: Sequence[str] = ()
    ) -> None:
        """Say what was done; ``answers`` are buttons, name to label, and ``mark`` is the icon before it.

        ``remarks`` stand below it, each whole, however long.
        """
        self._mark_name = mark
        self._show(text, busy=False, remarks=remarks)
        for name, label in answers.items():
            button = PlainButton(label, self)
            button.clicked.connect(lambda _checked=False, name=name: self.answer_chosen.emit(name))
            self._row.insertWidget(self._row.indexOf(self._close), button)
            button.show()
            self._buttons.append(button)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._dress()
        super().changeEvent(event)

    # ------------------------------------------------------------ within

    def _show(self, text: str, *, busy: bool, remarks: Sequence[str] = ()) -> None:
        for button in self._buttons:
            button.deleteLater()
        self._buttons.clear()
        self._dress()
        self._text.setText(text)
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self._mark.setVisible(not busy)
        for part in (self._progress, self._cancel):
            part.setVisible(busy)
        self._close.setVisible(not busy)
        self.show()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        whole.setSpacing(GRID // 2)
        whole.addLayout(self._row)
        whole.addWidget(self._remarks)
        self._row.setSpacing(GRID)
        self._remarks.setContentsMargins(SIZE + GRID, 0, 0, GRID // 2)  # below the words, not the mark
        self.setAutoFillBackground(True)
        self._progress.setMaximumWidth(25 * GRID)
        self._progress.setTextVisible(False)
        self._close.setAutoRaise(True)
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip("关闭这条消息")
        self._close.setAccessibleName("关闭这条消息")
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        for part in (self._progress, self._cancel, self._close):
            self._row.addWidget(part)

    def _dress(self) -> None:
        colours = colours_of(QPalette())
        icons = Icons(colours)
        colour = colours.done if self._mark_name == "done" else colours.warning_text
        self._mark.setPixmap(icons.get(self._mark_name, colour).pixmap(SIZE, SIZE))
        self._close.setIcon(icons.get("close"))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.accent_soft))
        self.setPalette(palette)
