"""One report on the screen: its steps at the left and the page of the current one.

Pages are built when they are first shown. Knows nothing of files.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.bridge import DocumentBridge
from gui.pages import Page, as_page, build_page
from gui.read_only import follow_read_only
from gui.steps_panel import NEXT, StepsPanel
from model.cells import CellId
from model.document import Change
from model.findings import Finding
from model.forms import Severity
from model.progress import COVER, Progress, next_step, progress_of, step_of, steps_of
from model.report import Address, Part, Report

if TYPE_CHECKING:
    from gui.cover_page import CoverPage
    from gui.narrative import SectionEditor, TextPage
    from gui.table_page import TablePage
    from gui.text_input import DocumentLineEdit
    from gui.text_search import TextSearch


class Workspace(QWidget):
    """The pages of one report."""

    page_changed = Signal(str)
    message_reported = Signal(str)
    zoom_requested = Signal(int)
    export_requested = Signal()
    unlock_requested = Signal(object)
    """The person wants to change a locked cell (CellId) of the current table."""

    def __init__(self, bridge: DocumentBridge, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.document = bridge.document
        self._today = today
        self._steps = {step.id: step for step in steps_of(bridge.document.form)}
        self._built: dict[str, QWidget] = {}
        self._current = ""
        self._zoom = 100
        self._enter_moves_right = False
        self._shows_last_year = self._shows_last_year_beside = False
        self._evaluated: tuple[Report, tuple[Finding, ...]] = (self.document.report, bridge.findings)
        self._progress: tuple[Progress, ...] = self._evaluate()
        self._panel = StepsPanel(self._progress, self)
        self._stack = QStackedWidget(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._panel)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addWidget(self._stack, 1)
        layout.addLayout(self._column, 1)
        self._search: TextSearch | None = None
        self._panel.step_chosen.connect(self.go_to)
        self._panel.step_entered.connect(self.focus_page)
        self._panel.next_requested.connect(self._on_next_requested)
        bridge.changed.connect(self._on_document_changed)
        bridge.findings_changed.connect(self._on_findings_changed)

    # ------------------------------------------------------------ pages

    @property
    def current(self) -> str:
        """The id of the step whose page is shown."""
        return self._current

    @property
    def current_page(self) -> Page:
        """The page that is shown."""
        return as_page(self._built[self._current])

    @property
    def progress(self) -> tuple[Progress, ...]:
        """The state of every step."""
        return self._progress

    def table_page(self) -> TablePage | None:
        """Return the current page where it is a table, else None."""
        page = self._built.get(self._current) if self._steps[self._current].table else None
        return cast("TablePage | None", page)

    def first_step(self) -> str:
        """Return the step to begin with: the first one that is not done, or else the first of all."""
        unfinished = next_step(self._progress, "")
        return unfinished.id if unfinished else self._progress[0].step.id

    def go_to(self, step: str) -> None:
        """Show the page of a step, building it the first time."""
        if step == self._current:
            return
        if step not in self._built:
            self._build(step)
        self._current = step
        self.follow_read_only()
        self._show(self._built[step])
        self._panel.set_current(step)
        self._offer_next()
        self.page_changed.emit(step)

    def _show(self, page: QWidget) -> None:
        """Bring a page to the front; the focus of the page before goes to it and nowhere between."""
        focused = QApplication.focusWidget()
        was_here = focused is not None and self._stack.isAncestorOf(focused)
        if was_here:
            self._stack.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)
        if was_here:
            self.focus_page()

    def follow_read_only(self) -> None:
        """Let the fields of the current page take typing, or not where the report is only to be read."""
        follow_read_only(self._built[self._current], self.document.is_read_only)

    def go_to_place(self, step: str, cell: CellId | None) -> None:
        """Show the page of a step, ready to type, at a cell where one is given."""
        self.go_to(step)
        self.focus_page()
        table = self.table_page()
        if cell is not None and table is not None:
            table.go_to(cell)

    def go_to_address(self, address: Address) -> None:
        """Show the place that an address names, where there is a page for it."""
        step = self.step_of_address(address)
        if step is not None:
            self.go_to_place(step, address.key if isinstance(address.key, CellId) else None)

    def step_of_address(self, address: Address) -> str | None:
        """Return the step whose page shows an address, None where none does."""
        for step in self._steps.values():
            if isinstance(address.key, CellId) and step.table == address.key.table:
                return step.id
            if address.part is Part.TEXT and address.key in {section.id for section in step.sections}:
                return step.id
        on_cover = address.part in (Part.UNIT_NAME, Part.UNIT_LEVEL, Part.YEAR)
        return COVER if on_cover else None

    def go_by(self, offset: int) -> None:
        """Show the page of the step so many places on, if there is one."""
        ids = list(self._steps)
        place = ids.index(self._current) + offset
        if 0 <= place < len(ids):
            self.go_to(ids[place])
            self.focus_page()

    def focus_page(self) -> None:
        """Put the focus on the current page."""
        self._built[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self, *, replacing: bool = False) -> None:
        """Find in the table that is shown, or else in the texts; only in texts one replaces."""
        table = self.table_page()
        if table is not None and not replacing:
            if self._search:
                self._search.bar.hide()
            table.open_find()
            return
        if self._search is None:
            from gui.text_search import TextSearch  # with the first search: a start can do without

            self._search = TextSearch(self._bridge, self)
            self._column.insertWidget(0, self._search.bar)
        self._search.open(replacing=replacing)

    def text_field(self, address: Address) -> SectionEditor | DocumentLineEdit:
        """Show the page of a text, or of the unit's name, and return its field."""
        step = self.step_of_address(address)
        assert step is not None
        self.go_to(step)
        return cast("TextPage | CoverPage", self._built[step]).text_field(address)

    def comes_before(self, address: Address) -> bool:
        """Tell whether an address belongs to a step before the current one."""
        ids = list(self._steps)
        step = self.step_of_address(address)
        return step is not None and ids.index(step) < ids.index(self._current)

    def help_place(self) -> str:
        """Return which entry of the guide is about the place where the person is; empty for the cover."""
        step = self._steps[self._current]
        if not step.sections:
            return ""
        table = self.table_page()
        cell = table.current_cell() if table else None
        return f"{step.id}.{cell.row}" if cell else step.id

    def panes(self) -> tuple[QWidget, QWidget]:
        """Return the list of steps and the page, between which F6 moves the focus."""
        return self._panel.view, self._built[self._current]

    def show_finding(self, finding: Finding | None) -> None:
        """Mark a finding's cells on the current page, if it is about that page."""
        here = finding is not None and self._step_of(finding) == self._current
        self.current_page.show_finding(finding if here else None)

    def go_to_finding(self, finding: Finding) -> None:
        """Show the place of a finding, ready to mend it."""
        self.go_to(self._step_of(finding))
        self.focus_page()
        self.current_page.show_finding(None)  # so that it is gone to again
        self.current_page.show_finding(finding)

    def reveal(self, change: Change) -> None:
        """Show the place that an undo or a redo changed."""
        step = self._step_of_change(change)
        if step is not None:
            self.go_to(step)
            self.current_page.reveal(change)

    def set_zoom(self, percent: int) -> None:
        """Show tables and texts at a size."""
        self._zoom = percent
        for page in self._built.values():
            as_page(page).set_zoom(percent)

    def set_enter_moves_right(self, right: bool) -> None:
        """Say where Enter goes in tables."""
        self._enter_moves_right = right
        for table in self._tables():
            table.set_enter_moves_right(right)

    def set_last_year_visible(self, shown: bool) -> None:
        """Show last year's numbers under the tables, or not."""
        self._shows_last_year = shown
        for table in self._tables():
            table.set_comparison_visible(shown)

    def set_last_year_beside(self, shown: bool) -> None:
        """Show last year's numbers of the current column beside the tables, or not."""
        self._shows_last_year_beside = shown
        for table in self._tables():
            table.set_comparison_beside(shown)

    def finish_typing(self) -> None:
        """Bring into the document what is still being composed or typed into a cell."""
        QApplication.inputMethod().commit()
        focused = QApplication.focusWidget()
        if focused is None or not self._stack.isAncestorOf(focused):
            return
        focused.clearFocus()  # closes a cell's editor, which is gone then
        table = self.table_page()
        (table if table is not None else focused).setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ within

    def _build(self, step: str) -> None:
        page = build_page(self._steps[step], self._bridge, self._today, self._stack)
        self._built[step] = page
        self._stack.addWidget(page)
        as_page(page).set_zoom(self._zoom)
        as_page(page).zoom_requested.connect(self.zoom_requested)
        if self._steps[step].table:
            self._follow_table(cast("TablePage", page))

    def _follow_table(self, table: TablePage) -> None:
        table.set_enter_moves_right(self._enter_moves_right)
        if self._shows_last_year:
            table.set_comparison_visible(True)
        if self._shows_last_year_beside:
            table.set_comparison_beside(True)
        table.unlock_requested.connect(self.unlock_requested)
        table.message_reported.connect(self.message_reported)
        table.table_step_requested.connect(self.go_by)

    def _tables(self) -> list[TablePage]:
        """Return the table pages built so far."""
        return [cast("TablePage", page) for id_, page in self._built.items() if self._steps[id_].table]

    def _evaluate(self) -> tuple[Progress, ...]:
        return progress_of(tuple(self._steps.values()), self.document.report, self._bridge.findings)

    def _step_of(self, finding: Finding) -> str:
        return step_of(tuple(self._steps.values()), finding).id

    def _step_of_change(self, change: Change) -> str | None:
        """Return the step where a change is to be seen; the current one where it is among several."""
        found = [self.step_of_address(address) for address in change.addresses]
        shown = [step for step in found if step is not None]
        return self._current if self._current in shown else next(iter(shown), None)

    def _offer_next(self) -> None:
        step = next_step(self._progress, self._current)
        errors = any(finding.severity is Severity.ERROR for finding in self._bridge.findings)
        if step is not None:
            self._panel.offer_next(NEXT.format(step=step.title), f"还没有完成：{step.title}")
        elif errors:
            self._panel.offer_next("查看强制错误", "改正以后才能导出正式稿")
        else:
            self._panel.offer_next("导出 PDF", "各部分都已完成")

    def _on_next_requested(self) -> None:
        step = next_step(self._progress, self._current)
        errors = [finding for finding in self._bridge.findings if finding.severity is Severity.ERROR]
        if step is not None:
            self.go_to(step.id)
            self.focus_page()
        elif errors:
            self.go_to_finding(errors[0])
        else:
            self.export_requested.emit()

    def _on_document_changed(self, change: Change) -> None:
        del change
        self._update_progress()

    def _on_findings_changed(self, findings: tuple[Finding, ...]) -> None:
        del findings
        self._update_progress()

    def _update_progress(self) -> None:
        """Show how far each step is, once for an edit and the findings that it led to."""
        standing = (self.document.report, self._bridge.findings)
        if all(new is old for new, old in zip(standing, self._evaluated, strict=True)):
            return
        self._evaluated = standing
        self._progress = self._evaluate()
        self._panel.update_progress(self._progress)
        self._offer_next()
