"""The pane 审核结果: the list of findings, those that follow from another folded, and the chosen one opened.

It follows the findings without ever taking the focus; who chooses one is told by a signal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.findings_delegate import FindingDelegate
from gui.findings_model import FINDING, FindingsModel, Index
from gui.page_parts import muted_label
from gui.style import GRID
from gui.viewport import own_viewport
from model.document import Document
from model.findings import Finding

if TYPE_CHECKING:
    from gui.findings_drawer import FindingDrawer
    from gui.scroller import Scroller

WIDTH = 280
_LEAST = 9 * GRID
"""Height that the list keeps."""
_CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect


class _List(QListView):
    """A list whose rows are as high as their sentences at its width."""

    unfolding_wanted = Signal(bool)
    """Right shows what follows from the current finding, left folds it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold and fold with the arrows, as in a tree."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.unfolding_wanted.emit(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint a row anew that needs as much room as before; Qt's own lays all of them out again."""
        if first == last and self.visualRect(first).height() in (0, self.sizeHintForRow(first.row())):
            self.update(first)
        else:
            super().dataChanged(first, last, roles)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the current row in view."""
        super().focusInEvent(event)
        self.scrollTo(self.currentIndex())

    def sizeHint(self) -> QSize:
        """Ask for little: the list takes what the opened finding leaves."""
        return QSize(WIDTH, _LEAST)

    def minimumSizeHint(self) -> QSize:
        """Be content with a row or two."""
        return QSize(super().minimumSizeHint().width(), _LEAST)

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
        self._document: Document | None = None
        self._drawer: FindingDrawer | None = None
        self._room: Scroller
        self._unfolded: set[str] = set()
        """Codes of the findings whose followers are shown."""
        self._empty = muted_label("", self)
        self._current: Finding | None = None
        self._is_refilling = False
        self._left_at: tuple[tuple[Finding, ...], tuple[Finding, ...]] = ((), ())
        """What stood before and behind a finding that has been mended, nearest first."""
        self._lay_out()
        self.view.clicked.connect(self._on_row_activated)
        self.view.activated.connect(self._on_row_activated)
        self.view.unfolding_wanted.connect(self._on_unfolding_wanted)
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
        self._is_refilling = True  # a row that comes or goes chooses no other finding
        self.model.show_findings(findings)
        self._is_refilling = False
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

    def follow(self, document: Document | None) -> None:
        """Offer reasons and quick fixes for another document from now on."""
        self._document = document
        self._unfolded.clear()
        if self._drawer is not None:
            self._drawer.follow(document)

    def drawer(self) -> FindingDrawer:
        """Return what opens the chosen finding, built when one is first opened."""
        if self._drawer is None:
            from gui.findings_drawer import FindingDrawer
            from gui.scroller import Scroller

            self._drawer = FindingDrawer(self)
            self._drawer.follow(self._document)
            self._drawer.answered.connect(self.view.setFocus)
            self._drawer.unfolding_wanted.connect(self.toggle_followers)
            self._room = Scroller(self._drawer, self)
            self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            self._whole.addWidget(self._room)
        return self._drawer

    def finish_typing(self) -> None:
        """Keep a reason that is still being written."""
        if self._drawer is not None:
            self._drawer.finish_typing()

    def choose_to_explain(self) -> Finding | None:
        """Open the chosen finding or the first that asks for a reason, and return it; None without any."""
        from gui.findings_drawer import takes_reason

        if self._current is None or not takes_reason(self._current):
            asking = [finding for finding in self.model.findings if takes_reason(finding)]
            waiting = [finding for finding in asking if not finding.is_explained] or asking
            if not waiting:
                return None
            self.set_current(waiting[0])
        return self._current

    def mend(self) -> bool:
        """Apply the first quick fix of the chosen finding; tell whether it has one."""
        return self._current is not None and self.drawer().apply_first_fix()

    def toggle_followers(self, finding: Finding) -> None:
        """Show the findings that follow from one, or fold them again."""
        self._unfolded ^= {finding.code}
        self._fold()

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
        row = row + offset if row >= 0 else self._resume(offset)
        while self.view.isRowHidden(row % len(findings)):
            row += offset
        self.set_current(findings[row % len(findings)])
        return self._current

    # ------------------------------------------------------------ within

    def _resume(self, offset: int) -> int:
        """Return the row to go on with where no finding is open."""
        rows = [self.model.row_of(finding) for finding in self._left_at[offset > 0]]
        return next((row for row in rows if row >= 0), 0 if offset > 0 else len(self.model.findings) - 1)

    def _fold(self) -> None:
        """Hide what follows from another finding, save where it is unfolded or chosen."""
        chosen = {self._current.cause, self._current.code} if self._current and self._current.cause else set()
        shown = self._unfolded | chosen
        for row, finding in enumerate(self.model.findings):
            hidden = bool(finding.cause) and finding.cause not in shown
            if self.view.isRowHidden(row) is not hidden:
                self.view.setRowHidden(row, hidden)

    def _followers_of(self, finding: Finding | None) -> int:
        return 0 if finding is None else self.model.followers(finding.code)

    def _lay_out(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(FindingDelegate(self.view, self.model))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("审核结果")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setMargin(2 * GRID)
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFocusProxy(self.view)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._whole = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        self._stack.setCurrentIndex(1)

    def _open(self, finding: Finding | None) -> None:
        changed = finding != self._current
        self._current = finding
        self._left_at = ((), ())
        self._fold()
        if finding is not None or self._drawer is not None:
            self.drawer().show_finding(finding, self._followers_of(finding))
            self._room.setVisible(finding is not None)
        if changed:
            self.finding_highlighted.emit(finding)

    def _on_row_activated(self, index: QModelIndex) -> None:
        self.finding_chosen.emit(index.data(FINDING))

    def _on_unfolding_wanted(self, unfold: bool) -> None:
        if self._current is not None and (self._current.code in self._unfolded) is not unfold:
            self.toggle_followers(self._current)

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_refilling:
            self._open(index.data(FINDING))
