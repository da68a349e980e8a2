"""Asks how the program should look and behave."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui.face_fields import FaceFields
from gui.fitted_dialog import FittedDialog
from gui.settings import ZOOMS
from gui.style import GRID, Scheme

_SCHEMES = {Scheme.LIGHT: "浅色", Scheme.DARK: "深色", Scheme.SYSTEM: "跟随系统"}


class Preferences(NamedTuple):
    """What a person may choose."""

    scheme: Scheme
    zoom: int
    enter_moves_right: bool
    last_year_shown: bool
    last_year_beside: bool
    faces: Mapping[str, str] = MappingProxyType({})
    """Names of faces by the parts of the document; automatic where a part lacks."""


class SettingsDialog(FittedDialog):
    """A few choices; nothing is changed before they are confirmed."""

    def __init__(self, now: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.pages = QTabWidget(self)
        self.scheme = QComboBox(self)
        self.scheme.setAccessibleName("外观")
        for scheme, text in _SCHEMES.items():
            self.scheme.addItem(text, scheme)
        self.scheme.setCurrentIndex(list(_SCHEMES).index(now.scheme))
        self.zoom = QComboBox(self)
        self.zoom.setAccessibleName("显示比例")
        for percent in sorted({*ZOOMS, now.zoom}):
            self.zoom.addItem(f"{percent}%", percent)
        self.zoom.setCurrentIndex(self.zoom.findData(now.zoom))
        self.enter_right = QCheckBox("在表中按回车，光标向右移（用小键盘逐行录入时方便）(&E)", self)
        self.enter_right.setChecked(now.enter_moves_right)
        self.last_year = QCheckBox("在表下显示本行的上年数和增减(&Y)", self)
        self.last_year.setChecked(now.last_year_shown)
        self.last_year_beside = QCheckBox("在表旁显示本列的上年数和增减(&H)", self)
        self.last_year_beside.setChecked(now.last_year_beside)
        self.faces = FaceFields(now.faces, self)
        self._lay_out()

    @property
    def preferences(self) -> Preferences:
        """What is chosen."""
        return Preferences(
            Scheme(self.scheme.currentData()),
            int(self.zoom.currentData()),
            self.enter_right.isChecked(),
            self.last_year.isChecked(),
            self.last_year_beside.isChecked(),
            self.faces.choice,
        )

    def done(self, result: int) -> None:
        """Close, and look for faces no more."""
        self.faces.finish()
        super().done(result)

    def _look(self) -> QWidget:
        page = QWidget(self)
        fields = QFormLayout(page)
        fields.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        fields.setHorizontalSpacing(2 * GRID)
        fields.setVerticalSpacing(GRID + GRID // 2)
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        fields.addRow("外观(&L)", self.scheme)
        fields.addRow("显示比例(&Z)", self.zoom)
        fields.addRow("", self.enter_right)
        fields.addRow("", self.last_year)
        fields.addRow("", self.last_year_beside)
        return page

    def _lay_out(self) -> None:
        self.pages.addTab(self._look(), "界面(&I)")
        self.pages.addTab(self.faces, "打印字体(&F)")
        buttons = QDialogButtonBox(self)
        accept = buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setDefault(True)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.pages)
        layout.addWidget(buttons)
