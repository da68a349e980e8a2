"""Asks who makes a report final, and why where findings speak against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from export.drafts import refuse_force_reason
from gui.buttons import PrimaryButton
from gui.fitted_dialog import FittedDialog
from gui.page_parts import body_label, tint
from gui.style import GRID, colours_of
from model.finalising import LONGEST_NAME

_WIDTH = 64 * GRID
_MOST_NAMED = 8


class Signature(NamedTuple):
    """What a person says who makes a report final."""

    who: str
    reason: str
    """Why it may be final although findings speak against it; empty where none do."""
    is_printed: bool
    """Whether documents for the public name who it was."""


class FinalDialog(FittedDialog):
    """One name, and a reason where one is needed."""

    def __init__(
        self, parent: QWidget, name: str, changes: Sequence[str], kept: str, who: str, is_printed: bool
    ) -> None:
        super().__init__(parent)
        self._needs_reason = bool(kept)
        self._who = QLineEdit(who, self, maxLength=LONGEST_NAME)
        self._printed = QCheckBox("把定稿人印在导出的文件上(&P)", self)
        self._printed.setChecked(is_printed)
        self._reason = QLineEdit(self)
        self._problem = body_label("", self)
        self.setWindowTitle(name)
        self.setMinimumWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for part in self._parts(name, changes, kept):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(self._buttons(name))
        self._problem.hide()
        (self._reason if who and kept else self._who).setFocus()

    def ask(self) -> Signature | None:
        """Show the dialog and return what the person says; None where they change their mind."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        if not accepted:
            return None
        return Signature(self._who.text().strip(), self._reason.text().strip(), self._printed.isChecked())

    def accept(self) -> None:
        """Take the answer if nothing is missing, else say what is."""
        if not self._who.text().strip():
            self._complain("请填写定稿人。", self._who)
        elif self._needs_reason and refuse_force_reason(self._reason.text()) is not None:
            self._complain("请写明为什么可以作为正式稿。", self._reason)
        else:
            super().accept()

    # ------------------------------------------------------------ within

    def _parts(self, name: str, changes: Sequence[str], kept: str) -> list[QWidget]:
        colours = colours_of(self.palette())
        told = f"{name}记下时间和现有数字、文字的校验码，印在导出的文件里；以后的改动要先确认，成为更正。"
        parts: list[QWidget] = [body_label(told, self)]
        if changes:
            more = [f"等 {len(changes)} 处"] if len(changes) > _MOST_NAMED else []
            parts.append(body_label("\n".join(["更正的内容：", *changes[:_MOST_NAMED], *more]), self))
        parts += [_labelled("定稿人(&W)", self._who, self)]
        self._printed.setToolTip("不勾选时，定稿人只记在年报文件和审核报告里。")
        parts.append(self._printed)
        if kept:
            warning = body_label(f"现有{kept}，要写明理由才能定稿。", self)
            tint(warning, colours.warning_text)
            parts += [warning, _labelled("理由(&R)", self._reason, self)]
        self._reason.setVisible(bool(kept))
        tint(self._problem, colours.error)
        return [*parts, self._problem]

    def _buttons(self, name: str) -> QHBoxLayout:
        agree, cancel = PrimaryButton(f"{name}(&D)", self), QPushButton("取消", self)
        agree.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        agree.setDefault(True)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(agree)
        line.addWidget(cancel)
        return line

    def _complain(self, sentence: str, field: QLineEdit) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        field.setFocus()


def _labelled(text: str, field: QLineEdit, parent: QWidget) -> QWidget:
    holder = QWidget(parent)
    label = QLabel(text, holder)
    label.setBuddy(field)
    field.setAccessibleName(text.partition("(")[0])
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(label)
    column.addWidget(field)
    return holder
