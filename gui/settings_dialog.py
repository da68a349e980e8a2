"""Asks how the program should look and behave."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from gui.settings import ZOOMS
from gui.style import GRID, Scheme

_SCHEMES = {Scheme.LIGHT: "浅色", Scheme.DARK: "深色", Scheme.SYSTEM: "跟随系统"}


class Preferences(NamedTuple):
    """What a person may choose."""

    scheme: Scheme
    zoom: int
    enter_moves_right: bool
    last_year_shown: bool


class SettingsDialog(QDialog):
    """A few choices; nothing is changed before they are confirmed."""

    def __init__(self, now: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.scheme = QComboBox(self)
        for scheme, text in _SCHEMES.items():
            self.scheme.addItem(text, scheme)
        self.scheme.setCurrentIndex(list(_SCHEMES).index(now.scheme))
        self.zoom = QComboBox(self)
        for percent in sorted({*ZOOMS, now.zoom}):
            self.zoom.addItem(f"{percent}%", percent)
        self.zoom.setCurrentIndex(self.zoom.findData(now.zoom))
        self.enter_right = QCheckBox("在表中按回车，光标向右移（用小键盘逐行录入时方便）(&E)", self)
        self.enter_right.setChecked(now.enter_moves_right)
        self.last_year = QCheckBox("在表下显示上年数和增减(&Y)", self)
        self.last_year.setChecked(now.last_year_shown)
        self._lay_out()

    @property
    def preferences(self) -> Preferences:
        """What is chosen."""
        return Preferences(
            Scheme(self.scheme.currentData()),
            int(self.zoom.currentData()),
            self.enter_right.isChecked(),
            self.last_year.isChecked(),
        )

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.setHorizontalSpacing(2 * GRID)
        fields.setVerticalSpacing(GRID + GRID // 2)
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        fields.addRow("外观(&L)", self.scheme)
        fields.addRow("显示比例(&Z)", self.zoom)
        fields.addRow("", self.enter_right)
        fields.addRow("", self.last_year)
        buttons = QDialogButtonBox(self)
        accept = buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addLayout(fields)
        layout.addWidget(buttons)
