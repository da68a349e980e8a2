"""The commands about what is wrong or still lacking: 审核, from finding to finding, 出错说明, 还差什么."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui.actions import Actions
from gui.findings_dock import FindingsDock
from gui.status_line import StatusLine, verdict
from gui.workspace import Workspace
from model.document import Change
from model.findings import Finding
from model.missing import Missing, missing

if TYPE_CHECKING:
    from gui.missing_list import MissingList


class FindingCommands(QObject):
    """Lets the person go through findings, answer them and see what a report lacks."""

    def __init__(self, actions: Actions, dock: FindingsDock, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._dock = dock
        self._panel = panel = dock.panel
        self._status = status
        self._workspace: Workspace | None = None
        self._missing: tuple[Missing, ...] = ()
        self._list: MissingList | None = None
        self._stop: Callable[[], None] | None = None
        commands = {
            "review": self.review,
            "next_finding": lambda: self.go_to_next(1),
            "previous_finding": lambda: self.go_to_next(-1),
            "mend": self.mend,
            "explain": self.explain,
            "missing": self.show_missing,
        }
        actions.connect_all(commands)
        panel.finding_chosen.connect(self._on_finding_chosen)
        panel.finding_highlighted.connect(self._on_finding_highlighted)
        status.verdict_clicked.connect(actions["review"].trigger)
        status.missing_clicked.connect(actions["missing"].trigger)

    def follow(self, workspace: Workspace | None) -> None:
        """Work on this report from now on; None for no report."""
        if self._stop is not None:
            self._stop()
        self._workspace = workspace
        document = workspace.document if workspace else None
        self._panel.follow(document)
        self._stop = document.subscribe(self._on_document_changed) if document else None
        self._look()

    def review(self) -> None:
        """Say how the report stands, with all findings in view."""
        if self._workspace:
            self._workspace.finish_typing()
            self._dock.show()
            self._status.show_message(f"审核完成：{verdict(self._panel.model.findings)}")

    def go_to_next(self, offset: int) -> None:
        """Go to the next finding (1) or the one before (-1) over the whole report."""
        finding = self._panel.step(offset)
        if finding is None:
            self._status.show_message("没有审核问题")
        elif self._workspace:
            self._dock.show()
            self._workspace.go_to_finding(finding)

    def explain(self) -> None:
        """Open the place for the reason of the chosen finding, or of the first that asks for one."""
        self._dock.show()
        finding = self._panel.choose_to_explain()
        if finding is None or self._workspace is None:
            self._status.show_message("没有需要说明的核实问题")
            return
        self._workspace.go_to_finding(finding)
        self._panel.drawer().reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mend(self) -> None:
        """Mend the chosen finding the one sure way there is, if there is one."""
        finding = self._panel.current
        if finding is None:
            self._status.show_message("请先按 F4 选一条审核结果")
        elif self._panel.mend():
            self._status.show_message("已照改，可以撤销")
        else:
            self._status.show_message("这一条没有唯一的改法，请核对数字")

    def show_missing(self) -> None:
        """List what the report lacks, or say that nothing is missing."""
        if not self._missing:
            self._status.show_message("不缺什么：单位信息、各部分和上年数都有了")
            return
        if self._list is None:
            from gui.missing_list import MissingList

            self._list = MissingList(self._status.window())
            self._list.chosen.connect(self._on_missing_chosen)
        self._list.show_above(self._missing, self._status)

    # ------------------------------------------------------------ within

    def _look(self) -> None:
        document = self._workspace.document if self._workspace else None
        self._missing = missing(document.form, document.report, document.sheet) if document else ()
        self._status.show_missing(len(self._missing))

    def _on_document_changed(self, _change: Change) -> None:
        self._look()

    def _on_finding_chosen(self, finding: Finding) -> None:
        if self._workspace:
            self._workspace.go_to_finding(finding)

    def _on_finding_highlighted(self, finding: Finding | None) -> None:
        if self._workspace:
            self._workspace.show_finding(finding)

    def _on_missing_chosen(self, one: Missing) -> None:
        if not one.section:
            self._actions["take_last_year"].trigger()
        elif self._workspace:
            self._workspace.go_to_place(one.section, one.cell)
