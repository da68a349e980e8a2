"""Lets a person choose the faces of the printed document, from those that this computer has."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from export.face_choices import Offer, offer
from export.fonts import ROLE_NAMES, FaceRole
from gui.background import Background
from gui.page_parts import body_label, muted_label, tint
from gui.style import GRID, colours_of
from model.errors import AppError

_AUTOMATIC = "自动"
_ABOUT = "用于 PDF、打印预览和打印。自动：按公文格式的要求，从这台电脑上的字体里选。"
_SEARCHING = "正在查找这台电脑上的字体…"
_WIDTH = 34 * GRID


class FaceFields(QWidget):
    """A field for each part of the document; the faces are looked for when it is first shown."""

    def __init__(self, chosen: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._work = Background("faces", self)
        self._is_searching = False
        self._remarks = body_label("", self)
        self.fields = {role: self._field(role, chosen.get(role.value, "")) for role in FaceRole}
        self._lay_out()

    @property
    def choice(self) -> dict[str, str]:
        """The names that are chosen, by the ids of the parts."""
        chosen = {role.value: str(field.currentData()) for role, field in self.fields.items()}
        return {role: name for role, name in chosen.items() if name}

    @property
    def remarks(self) -> str:
        """What there is to say of the faces."""
        return self._remarks.text()

    def finish(self) -> None:
        """Wait for nothing more."""
        self._work.finish(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the faces once."""
        super().showEvent(event)
        if not self._is_searching:
            self._is_searching = True
            self._remarks.setText(_SEARCHING)
            self._work.run(offer, self._on_found)

    # ------------------------------------------------------------ within

    def _on_found(self, found: Offer | AppError) -> None:
        if isinstance(found, AppError):
            self._remarks.setText(str(found))
            return
        gone = [self._fill(role, field, found) for role, field in self.fields.items()]
        self._remarks.setText("\n".join(sentence for sentence in gone if sentence))
        tint(self._remarks, colours_of(self.palette()).warning_text)

    def _fill(self, role: FaceRole, field: QComboBox, found: Offer) -> str:
        """Offer the faces; return what to say where the chosen one is gone."""
        chosen = str(field.currentData())
        field.clear()
        field.addItem(f"{_AUTOMATIC}（{found.automatic[role]}）", "")
        for name in found.names:
            field.addItem(name, name)
        known = next((name for name in found.names if name.casefold() == chosen.casefold()), "")
        if chosen and not known:
            field.addItem(f"{chosen}（找不到）", chosen)
        field.setCurrentIndex(field.findData(known or chosen))
        if not chosen or known:
            return ""
        return (
            f"为{ROLE_NAMES[role]}选的字体“{chosen}”在这台电脑上找不到，现在用的是{found.automatic[role]}。"
        )

    def _field(self, role: FaceRole, chosen: str) -> QComboBox:
        field = QComboBox(self)
        field.addItem(_AUTOMATIC, "")
        if chosen:
            field.addItem(chosen, chosen)
            field.setCurrentIndex(1)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumWidth(_WIDTH)
        field.setAccessibleName(f"{ROLE_NAMES[role]}的字体")
        return field

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(muted_label(_ABOUT, self))
        rows = QFormLayout()
        rows.setHorizontalSpacing(2 * GRID)
        rows.setVerticalSpacing(GRID // 2)  # all of it fits on a screen 384 high
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for role, field in self.fields.items():
            rows.addRow(ROLE_NAMES[role], field)
        layout.addLayout(rows)
        layout.addWidget(self._remarks)
        layout.addStretch(1)
