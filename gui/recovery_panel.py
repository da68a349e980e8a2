"""恢复未保存的工作: what a crash left, with unit, time and number of changes, to be taken or declined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.buttons import PlainButton, PrimaryButton
from gui.page_parts import ElidedLabel, Paper, heading_label, muted_label
from gui.style import GRID
from model.recoverable import OLDEST_DAYS, Recoverable

_ROW = 7 * GRID
_MOST_ROWS = 3


def describe(item: Recoverable) -> str:
    """Return unit, year and time: 某局 2023 年（1月20日 10:32）."""
    year = f" {item.year} 年" if item.year else ""
    return f"{item.unit}{year}（{item.at.month}月{item.at.day}日 {item.at:%H:%M}）"


def details(item: Recoverable) -> str:
    """Return what changed and in which file."""
    changed = f"改动 {item.differences.summary}"
    if item.path is None:
        return f"{changed}，从未保存过"
    if item.saved is None:
        return f"{changed}，读不到“{item.path.name}”"
    later = "，文件在这之后又保存过，请先比较" if item.saved_later else ""
    return f"{changed}，文件“{item.path.name}”{later}"


class RecoveryPanel(Paper):
    """Lists what can be recovered; gone when there is nothing."""

    recovery_requested = Signal(object)
    look_requested = Signal(object)
    declined = Signal(object)
    """A :class:`model.recoverable.Recoverable` each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.main_button: PlainButton | None = None
        """The one to begin with; None where there is nothing to recover."""
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons are what one goes to
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(heading_label("恢复未保存的工作", self))
        layout.addWidget(
            _explanation(
                "程序上次没有正常关闭。恢复后先看一看，再保存；"
                f"不要的会再留 {OLDEST_DAYS} 天，在“备份与恢复”里找得到。",
                self,
            )
        )
        layout.addWidget(self._area, 1)

    def show_found(self, found: Sequence[Recoverable]) -> None:
        """List these in the place of those before."""
        self.main_button = None
        rows = QWidget(self._area)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for item in found:
            column.addWidget(self._row(item, rows))
        column.addStretch(1)
        rows.setBackgroundRole(QPalette.ColorRole.Base)  # the paper's own colour
        rows.setAutoFillBackground(True)
        self._area.setWidget(rows)
        self._area.setFixedHeight(min(len(found), _MOST_ROWS) * self._row_height())
        self.setVisible(bool(found))

    def _row_height(self) -> int:
        """Return the height of two lines and the room round them."""
        return max(_ROW, 2 * self.fontMetrics().height() + GRID + GRID // 2)

    def _row(self, item: Recoverable, parent: QWidget) -> QWidget:
        row = QWidget(parent)
        row.setFixedHeight(self._row_height())
        name, detail = ElidedLabel(row), ElidedLabel(row)
        name.setText(describe(item))
        detail.setText(details(item))
        detail.setForegroundRole(muted_label("", row).foregroundRole())
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(name)
        texts.addWidget(detail)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        layout.setSpacing(GRID)
        layout.addLayout(texts, 1)
        buttons = (("恢复", self.recovery_requested), ("比较…", self.look_requested), ("不要", self.declined))
        for label, signal in buttons:
            if self.main_button is None:
                button: PlainButton = PrimaryButton(label, row)
                self.main_button = button
            else:
                button = PlainButton(label, row)
            button.setAccessibleName(f"{label.rstrip('…')}：{describe(item)}")
            button.clicked.connect(partial(self._on_clicked, signal, item))
            layout.addWidget(button)
        return row

    def _on_clicked(self, signal: SignalInstance, item: Recoverable, checked: bool = False) -> None:
        del checked
        signal.emit(item)


def _explanation(text: str, parent: QWidget) -> QWidget:
    label = muted_label(text, parent)
    label.setWordWrap(True)
    return label
