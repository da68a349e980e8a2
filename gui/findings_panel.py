"""The pane 审核结果: the list of findings, and for the chosen one its formula and basis.

It follows the findings without ever taking the focus; who chooses one is told by a signal.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.findings_delegate import FindingDelegate
from gui.findings_model import FINDING, FindingsModel
from gui.icons import Icons
from gui.page_parts import muted_label
from gui.style import GRID
from gui.viewport import own_viewport
from model.findings import Finding

WIDTH = 280
_CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect


class _List(QListView):
    """A list whose rows are as high as their sentences at its width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the rows measured again."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class FindingsPanel(QWidget):
    """Findings in a list, the chosen one opened below it."""

    finding_chosen = Signal(object)
    """The person chose a finding with a click or Enter, and wants to go to its place."""
    finding_highlighted = Signal(object)
    """Another finding (or None) is the current one in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FindingsModel(self)
        self.view = _List(self)
        own_viewport(self.view)
        self._drawer = _Drawer(self)
        self._empty = muted_label("", self)
        self._current: Finding | None = None
        self._left_at: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
        """What stood before and behind a finding that has been mended, nearest first."""
        self._lay_out()
        self.view.clicked.connect(self._on_row_activated)
        self.view.activated.connect(self._on_row_activated)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> Finding | None:
        """The finding that is opened."""
        return self._current

    def sizeHint(self) -> QSize:
        """Ask for a width at which a sentence takes two or three lines."""
        return QSize(WIDTH, 400)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings as they are now; the chosen one stays chosen while it is there."""
        wanted, former = self._current, self.model.findings
        place = self.model.row_of(wanted)
        self.model.show_findings(findings)
        self._stack.setCurrentIndex(0 if findings else 1)
        row = self.model.row_of(wanted)
        self.set_current(self.model.findings[row] if row >= 0 else None)
        if place >= 0 > row:
            self._left_at = former[:place][::-1], former[place + 1 :]

    def set_current(self, finding: Finding | None) -> None:
        """Open a finding, or none, without telling anybody to go there."""
        row = self.model.row_of(finding)
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.view.selectionModel().setCurrentIndex(index, _CHOSEN)
        if row < 0:
            self.view.selectionModel().clearSelection()
        self._open(finding if row >= 0 else None)

    def set_empty_text(self, text: str) -> None:
        """Say what to do while there are no findings."""
        self._empty.setText(text)

    def step(self, offset: int) -> Finding | None:
        """Open the next finding (offset 1) or the one before (-1), going round; None for no findings.

        After one has been mended, the next is the one that stood behind it, whatever has come since.
        """
        findings = self.model.findings
        if not findings:
            return None
        row = self.model.row_of(self._current)
        self.set_current(findings[(row + offset) % len(findings) if row >= 0 else self._resume(offset)])
        return self._current

    # ------------------------------------------------------------ within

    def _resume(self, offset: int) -> int:
        """Return the row to go on with where no finding is open."""
        rows = [self.model.row_of(finding) for finding in self._left_at[offset > 0]]
        return next((row for row in rows if row >= 0), 0 if offset > 0 else len(self.model.findings) - 1)

    def _lay_out(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(FindingDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("审核结果")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setMargin(2 * GRID)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFocusProxy(self.view)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._drawer)
        self._stack.setCurrentIndex(1)

    def _open(self, finding: Finding | None) -> None:
        changed = finding != self._current
        self._current = finding
        self._left_at = ((), ())
        self._drawer.show_finding(finding)
        if changed:
            self.finding_highlighted.emit(finding)

    def _on_row_activated(self, index: QModelIndex) -> None:
        self.finding_chosen.emit(index.data(FINDING))

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self._open(index.data(FINDING))


class _Drawer(QFrame):
    """The chosen finding opened: both sides with their numbers, and what the rule rests on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = {title: _selectable(self) for title in ("算式", "说明", "依据")}
        self._titles = {title: muted_label(title, self) for title in self._texts}
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Button)
        self.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID + GRID // 2, GRID, GRID + GRID // 2, GRID + GRID // 2)
        layout.setSpacing(2)
        for title, label in self._texts.items():
            layout.addWidget(self._titles[title])
            layout.addWidget(label)
            layout.addSpacing(GRID // 2)
        self.setVisible(False)

    def show_finding(self, finding: Finding | None) -> None:
        """Open a finding; None closes the drawer."""
        self.setVisible(finding is not None)
        if finding is None:
            return
        contents = {"算式": finding.formula, "说明": finding.note, "依据": finding.basis}
        for title, text in contents.items():
            self._texts[title].setText(text)
            self._texts[title].setVisible(bool(text))
            self._titles[title].setVisible(bool(text))


def _selectable(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class DockTitle(QFrame):
    """The head of the pane, with a cross that follows the scheme."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._title = QLabel(self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip("关闭审核结果")
        self._close.setAccessibleName("关闭审核结果")
        self._close.clicked.connect(dock.close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID + GRID // 2, GRID // 2, GRID // 2, GRID // 2)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._close)
        dock.windowTitleChanged.connect(self._title.setText)
        self._title.setText(dock.windowTitle())

    def set_icons(self, icons: Icons) -> None:
        """Take icons in other colours."""
        self._close.setIcon(icons.get("close"))
