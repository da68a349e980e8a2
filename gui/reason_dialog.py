"""Asks for a reason in one line, before something is done that wants one."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from gui.fitted_dialog import FittedDialog
from gui.page_parts import body_label
from gui.style import GRID


class ReasonDialog(FittedDialog):
    """A sentence, a line to write in and two buttons; without a reason there is no going on."""

    def __init__(self, title: str, sentence: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(55 * GRID)
        self._line = QLineEdit(self)
        self._line.setAccessibleName("原因")
        self._line.setPlaceholderText("写明原因")
        self._line.setMaxLength(200)
        buttons = QDialogButtonBox(self)
        self._accept = buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._accept.setEnabled(False)
        self._line.textChanged.connect(self._on_text_changed)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + GRID // 2)
        layout.addWidget(body_label(sentence, self))
        layout.addWidget(self._line)
        layout.addWidget(buttons)

    @property
    def reason(self) -> str:
        """What was written."""
        return self._line.text().strip()

    def _on_text_changed(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))
