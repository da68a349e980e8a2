"""备份与恢复: the kept versions of this file and of others, each compared before it is restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.comparison_dialog import DifferenceList
from gui.page_parts import body_label, muted_label
from gui.style import GRID
from model.errors import AppError
from model.report import Report
from model.restoring import Differences, differences

_SIZE = QSize(980, 600)
_KEPT_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Version:
    """One thing that can be restored."""

    text: str
    load: Callable[[], Report]
    """Raises AppError where it cannot be read."""
    restore: Callable[[], object]


@dataclass(frozen=True)
class Source:
    """A file, or what else has versions."""

    name: str
    tip: str
    versions: tuple[Version, ...]
    base_name: str
    """What the versions are compared with, such as 窗口里的内容."""
    base: Callable[[], Report | None]


class VersionsDialog(QDialog):
    """Files at the left, their versions beside, below what differs. Restores nothing by itself."""

    restore_requested = Signal(object)
    """A :class:`Version`."""
    purge_requested = Signal()

    def __init__(self, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("备份与恢复")
        self.resize(_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sources = QListWidget(self)
        self.versions = QListWidget(self)
        self.differences = DifferenceList(("", ""), self)
        self._summary = body_label("", self)
        self.restore = QPushButton("恢复这一版(&R)", self)
        self.purge = QPushButton("全部清除(&D)…", self)
        self._lay_out()
        self.sources.currentItemChanged.connect(self._on_source_changed)
        self.versions.currentItemChanged.connect(self._on_version_changed)
        self.versions.itemActivated.connect(self._on_restore)
        self.restore.clicked.connect(self._on_restore)
        self.purge.clicked.connect(self.purge_requested)
        self.purge.setAutoDefault(False)
        self.restore.setDefault(True)
        self.show_sources(sources)
        self.versions.setFocus()

    def show_sources(self, sources: Sequence[Source]) -> None:
        """List these in the place of those before."""
        self.sources.clear()
        self.versions.clear()
        self.purge.setEnabled(False)
        for source in sources:
            self.add_source(source)
        if not sources:
            self._show_version(None)

    def add_source(self, source: Source) -> None:
        """List one more."""
        item = QListWidgetItem(source.name, self.sources)
        item.setToolTip(source.tip)
        item.setData(_KEPT_DATA, source)
        self.purge.setEnabled(True)
        if self.sources.currentRow() < 0:
            self.sources.setCurrentRow(0)

    # ------------------------------------------------------------ within

    def _on_source_changed(self, item: QListWidgetItem | None) -> None:
        self.versions.clear()
        for version in self._source(item).versions if item else ():
            entry = QListWidgetItem(version.text, self.versions)
            entry.setData(_KEPT_DATA, version)
        self.versions.setCurrentRow(0)

    def _on_version_changed(self, item: QListWidgetItem | None) -> None:
        self._show_version(item)

    def _on_restore(self) -> None:
        item = self.versions.currentItem()
        if item is not None and self.restore.isEnabled():
            self.restore_requested.emit(item.data(_KEPT_DATA))

    def _show_version(self, item: QListWidgetItem | None) -> None:
        self.restore.setEnabled(False)
        self.differences.show_differences(Differences(()))
        source = self.sources.currentItem()
        if item is None or source is None:
            empty = self.sources.count() == 0
            self._summary.setText("还没有备份。每次保存年报，都会在这里留下一个版本。" if empty else "")
            return
        try:
            found = self._compare(self._source(source), item.data(_KEPT_DATA))
        except AppError as failure:
            self._summary.setText(str(failure))
            return
        base = self._source(source).base_name
        self.differences.setHorizontalHeaderLabels(["位置", base, "这一版"])
        self.differences.show_differences(found)
        self._summary.setText(f"与{base}相比：{found.summary}")
        self.restore.setEnabled(True)

    def _compare(self, source: Source, version: Version) -> Differences:
        return differences(source.base(), version.load())

    def _source(self, item: QListWidgetItem) -> Source:
        source = item.data(_KEPT_DATA)
        assert isinstance(source, Source)
        return source

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(GRID)
        lists = (("文件(&F)", self.sources), ("版本(&V)", self.versions))
        for column, (text, part) in enumerate(lists):
            label = QLabel(text, self)
            label.setBuddy(part)
            part.setAccessibleName(text.partition("(")[0])
            grid.addWidget(label, 0, column)
            grid.addWidget(part, 1, column)
            grid.setColumnStretch(column, 1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.purge, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(grid, 1)
        layout.addWidget(self._summary)
        layout.addWidget(self.differences, 1)
        layout.addWidget(muted_label("恢复只改窗口里的内容，可以撤销；保存以前，文件不会变。", self))
        layout.addWidget(buttons)
