"""Asks for which year and unit a blank 填报模板 is made."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from gui.buttons import PrimaryButton
from gui.fitted_dialog import FittedDialog
from gui.page_parts import body_label
from gui.style import GRID
from model.catalogue import form_ids, load_form
from model.validity import YEARS

_WIDTH = 56 * GRID


class TemplateDialog(FittedDialog):
    """A year and a unit's name, which may stay empty."""

    def __init__(self, parent: QWidget, year: int, unit: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出空白填报模板")
        self.setMinimumWidth(_WIDTH)
        self._year = QSpinBox(self)
        self._year.setRange(min(load_form(id_).first_year for id_ in form_ids()), YEARS[-1])
        self._year.setValue(year)
        self._year.setSuffix(" 年")
        self._unit = QLineEdit(unit, self)
        self._unit.setPlaceholderText("不填，由填报单位自己填写")
        layout = QFormLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID + GRID // 2)
        told = "生成一个空白的 Excel 填报表，发给没有本程序的单位；填好以后用“导入”读回来。"
        layout.addRow(body_label(told, self))
        layout.addRow("报告年份(&Y)", self._year)
        layout.addRow("机关名称(&N)", self._unit)
        layout.addRow(self._buttons())

    def ask(self) -> tuple[int, str] | None:
        """Show the dialog and return year and name; None where the person changes their mind."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return (self._year.value(), self._unit.text().strip()) if accepted else None

    def _buttons(self) -> QHBoxLayout:
        agree, cancel = PrimaryButton("下一步(&D)", self), QPushButton("取消", self)
        agree.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        agree.setDefault(True)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(agree)
        line.addWidget(cancel)
        return line
