"""Carries out a paste in a table and tells what became of it: counts, refusals, the offer of 整表粘贴."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from gui.notice_bar import Choice, NoticeBar
from gui.style import widen
from gui.table_model import TableModel
from gui.table_view import TableView
from model import table_edits
from model.blocks import Block
from model.cells import CellId, format_value
from model.document import Document
from model.pasting import Placement, other_table, place
from model.table_edits import Outcome, RefusedCell

_MOST_LISTED = 30


class Pasting(QObject):
    """Pastes blocks at the current place of a view."""

    message_reported = Signal(str)

    def __init__(
        self, document: Document, model: TableModel, view: TableView, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._view = view
        self._notices = notices

    def paste(self, block: Block) -> None:
        """Paste a block as one step, and offer 整表粘贴 for a whole table."""
        other = other_table(self._document.form, self._model.table, block)
        if other is not None:
            line = f"没有粘贴：这像是“{other.heading}”的表，请到那一页粘贴"
            self.message_reported.emit(line)
            self._notices.show_notice(line, [])
            return
        start = self._view.cursor_.corners[0]
        placement = place(self._document.form, self._model.grid, block, self._model.grid.anchor(start))
        if not placement.texts and not placement.outside:
            self.message_reported.emit("剪贴板里没有可以粘贴的数字")
            return
        before = self._document.report
        outcome = table_edits.paste(self._document, placement)
        self._select(placement)
        choices = self._offer(block, placement, before is not self._document.report)
        self._tell(outcome.line("粘贴"), outcome, choices)

    def _offer(self, block: Block, placement: Placement, has_written: bool) -> list[Choice]:
        if not placement.is_whole:
            return []
        pasted = self._document.report

        def paste_whole() -> None:
            if has_written and self._document.report is pasted:
                self._document.undo()
            self._paste_whole(block)

        return [("整表粘贴(&W)", paste_whole)]

    def _paste_whole(self, block: Block) -> None:
        """Paste a whole table with its totals, which are kept and compared."""
        grid = self._model.grid
        placement = place(self._document.form, grid, block, grid.first(), whole=True)
        outcome, differing = table_edits.paste_whole(self._document, placement)
        notes = [self._describe_total(cell) for cell in differing]
        notes += [
            f"“{row.groups[-1].label}”只有一行，已计入“{row.label}”，列为核实" for row in placement.folded
        ]
        totals = f"；合计 {len(differing)} 处与计算不符" if differing else "；合计都与计算相符"
        self._tell(f"{outcome.line('整表粘贴')}{totals}", outcome, [], notes)

    def _describe_total(self, cell: CellId) -> str:
        stated = format_value(self._document.report.stated[cell])
        computed = format_value(self._document.sheet[cell])
        return f"{self._document.form.describe_cell(cell)}：原表 {stated}，计算 {computed}"

    def _select(self, placement: Placement) -> None:
        """Select what was pasted, so that it can be seen and checked."""
        places = [self._model.grid.place(cell) for cell, _ in placement.texts]
        if len(places) > 1:
            self._view.select_between(places[0], places[-1])

    def _tell(
        self, line: str, outcome: Outcome, choices: list[Choice], notes: list[str] | None = None
    ) -> None:
        self.message_reported.emit(line)
        self._notices.hide()
        if outcome.refused or notes:
            choices = [*choices, ("查看(&L)", lambda: self._list(outcome.refused, notes or []))]
        if choices:
            self._notices.show_notice(line, choices)
        for refused in outcome.refused[:1]:
            self._view.show_remark(refused.cell, f"“{refused.text.strip()}”没有写入：{refused.reason}")

    def _list(self, refused: tuple[RefusedCell, ...], notes: list[str]) -> None:
        """List the refusals; choosing one goes to its cell."""
        menu = QMenu(self._view)
        for one in refused[:_MOST_LISTED]:
            name = self._document.form.describe_cell(one.cell)
            action = menu.addAction(f"{name}：“{one.text.strip()}” {one.reason}")
            action.triggered.connect(lambda _checked=False, cell=one.cell: self._view.go_to(cell))
        for note in notes[:_MOST_LISTED]:
            menu.addAction(note).setEnabled(False)
        widen(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._notices.mapToGlobal(self._notices.rect().bottomLeft()))
