"""Shows what an import will change and what was refused or is doubtful, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from gui.buttons import PrimaryButton
from gui.page_parts import body_label, heading_label, tint
from gui.style import GRID, colours_of

_WIDTH, _HEIGHT = 90 * GRID, 68 * GRID


class ImportDialog(QDialog):
    """Two lists and one answer."""

    def __init__(self, parent: QWidget, name: str, changes: Sequence[str], doubts: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导入 {name}")
        self.resize(_WIDTH, _HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        told = "下面是导入会改动的内容，导入后可以一次撤销。" if changes else "这个文件里没有要导入的改动。"
        layout.addWidget(body_label(told, self))
        self._add_list(layout, f"将改动 {len(changes)} 处" if changes else "没有改动", changes)
        if doubts:
            label = self._add_list(layout, f"没有读入或拿不准 {len(doubts)} 处，导入后请逐条核对", doubts)
            tint(label, colours_of(self.palette()).warning_text)
        layout.addLayout(self._buttons(can_import=bool(changes)))

    def ask(self) -> bool:
        """Show the dialog and tell whether to import."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    # ------------------------------------------------------------ within

    def _add_list(self, layout: QVBoxLayout, title: str, lines: Sequence[str]) -> QWidget:
        label = heading_label(title, self)
        shown = QListWidget(self)
        shown.setAccessibleName(title)
        shown.setWordWrap(True)
        shown.addItems(list(lines) or ["与现有内容相同"])
        layout.addWidget(label)
        layout.addWidget(shown, 1)
        return label

    def _buttons(self, *, can_import: bool) -> QHBoxLayout:
        agree, cancel = PrimaryButton("导入(&I)", self), QPushButton("取消" if can_import else "关闭", self)
        agree.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        agree.setVisible(can_import)
        (agree if can_import else cancel).setDefault(True)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(agree)
        line.addWidget(cancel)
        return line
