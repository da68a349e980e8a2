"""What the program shows without a report: begin one, open one, or look at the sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.buttons import PlainButton, PrimaryButton
from gui.dialogs import PROGRAM
from gui.icons import SIZE, Icons
from gui.page_parts import ElidedLabel, Paper, body_label, heading_label, muted_label
from gui.scroller import Scroller, fill
from gui.style import GRID
from model.forms import Form

_WIDTH = 720
_LEFT = 264


class StartPage(QWidget):
    """The first thing one sees."""

    new_requested = Signal()
    new_from_last_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    recent_chosen = Signal(object)
    """A path of :class:`pathlib.Path`."""

    def __init__(self, form: Form, year: int, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = PrimaryButton(f"新建 {year} 年年报", self)
        self._new_from_last = PlainButton("由上年文件新建…", self)
        self._open = PlainButton("打开年报文件…", self)
        self._sample = PlainButton("看一份示例", self)
        self._recent = QListWidget(self)
        self._none = muted_label("还没有打开过年报。\n打开或保存过的年报会列在这里，双击即可打开。", self)
        self._lay_out(form)
        self.set_icons(icons)
        self._new.clicked.connect(self.new_requested)
        self._new_from_last.clicked.connect(self.new_from_last_requested)
        self._open.clicked.connect(self.open_requested)
        self._sample.clicked.connect(self.sample_requested)
        self._recent.itemActivated.connect(self._on_recent_activated)
        self.setFocusProxy(self._new)

    def offer(self, panel: QWidget) -> None:
        """Show a panel above all else, with what is to be decided first."""
        self._whole.insertWidget(1, panel)

    def lead_with(self, button: PlainButton | None) -> None:
        """Have another button be the one to begin with; None for a new report."""
        self._new.set_leading(button is None)
        was_there = self._new.hasFocus()
        self.setFocusProxy(button or self._new)
        if was_there:
            self.setFocus()

    def set_icons(self, icons: Icons) -> None:
        """Take icons in other colours."""
        icons_of = ((self._new_from_last, "new"), (self._open, "open"), (self._sample, "sample"))
        for button, name in icons_of:
            button.setIcon(icons.get(name))
            button.setIconSize(QSize(SIZE, SIZE))

    def show_recent(self, files: Sequence[Path]) -> None:
        """List the recent files."""
        self._recent.clear()
        for file in files:
            item = QListWidgetItem(self._recent)
            item.setData(Qt.ItemDataRole.UserRole, file)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{file.stem}，{file.parent}")
            item.setToolTip(str(file))
            row = _RecentRow(file, self._recent)
            item.setSizeHint(QSize(100, row.sizeHint().height()))
            self._recent.setItemWidget(item, row)
        self._stack.setCurrentIndex(0 if files else 1)

    # ------------------------------------------------------------ within

    def _lay_out(self, form: Form) -> None:
        room = QWidget()
        page = QFrame(room)
        page.setMaximumWidth(_WIDTH + 6 * GRID)
        head = QVBoxLayout()
        head.setSpacing(GRID)
        title = heading_label(PROGRAM, page)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        head.addWidget(title)
        head.addWidget(_muted(f"{form.name}（{form.basis}），离线填报", page))
        columns = QHBoxLayout()
        columns.setSpacing(5 * GRID)
        columns.addLayout(self._commands(page))
        columns.addLayout(self._recent_files(page), 1)
        whole = self._whole = QVBoxLayout(page)
        whole.setContentsMargins(3 * GRID, 7 * GRID, 3 * GRID, 5 * GRID)
        whole.setSpacing(4 * GRID)
        whole.addLayout(head)
        whole.addLayout(columns, 1)
        outer = QHBoxLayout(room)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(page, 100)
        outer.addStretch(1)
        fill(self, Scroller(room, self))

    def _commands(self, page: QWidget) -> QVBoxLayout:
        for button in (self._new, self._new_from_last, self._open, self._sample):
            button.setFixedWidth(_LEFT)
            button.setMinimumHeight(5 * GRID)
        font = self._new.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._new.setFont(font)
        self._new.setMinimumHeight(7 * GRID)
        self._new.setDefault(True)
        column = QVBoxLayout()
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(self._new)
        column.addWidget(self._new_from_last)
        column.addWidget(self._open)
        column.addWidget(self._sample)
        note = _muted("示例是一份真实年报的数字，以副本打开，怎么改都不影响原件。", page)
        note.setFixedWidth(_LEFT)
        column.addWidget(note)
        column.addStretch(1)
        return column

    def _recent_files(self, page: QWidget) -> QVBoxLayout:
        self._recent.setFrameShape(QFrame.Shape.NoFrame)
        self._recent.setAccessibleName("最近打开")
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._none.setMargin(2 * GRID)
        frame = Paper(page)
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(2, 2, 2, 2)
        self._stack.addWidget(self._recent)
        self._stack.addWidget(self._none)
        column = QVBoxLayout()
        column.setSpacing(GRID)
        label = body_label("最近打开(&P)", page)
        label.setBuddy(self._recent)
        column.addWidget(label)
        column.addWidget(frame, 1)
        return column

    def _on_recent_activated(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class _RecentRow(QWidget):
    """A recent file: its name, and its folder below."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        name, folder = ElidedLabel(self), ElidedLabel(self)
        name.setText(file.stem)
        folder.setText(str(file.parent))
        folder.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        small = folder.font()
        small.setPointSizeF(small.pointSizeF() * 0.86)
        folder.setFont(small)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addWidget(folder)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _muted(text: str, parent: QWidget) -> QLabel:
    label = muted_label(text, parent)
    label.setWordWrap(True)
    return label
