"""The number in a cell's editor that is still open: no edit yet, but work that a crash must not cost."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QAbstractItemView, QApplication

from gui.table_delegate import NumberEditor
from gui.table_model import TableModel
from model.cells import CellId, Value
from model.document import Document
from model.locks import is_locked
from model.parsing import Refusal, parse
from model.report import Address, Part, Report, put


class Typed(NamedTuple):
    """A value that an open editor would put into a cell."""

    cell: CellId
    value: Value

    def into(self, report: Report) -> Report:
        """Return a report with it."""
        return put(report, {Address(Part.INPUT, self.cell): self.value})


def being_typed(document: Document) -> Typed | None:
    """Return what is being typed into a cell of a document; None for nothing, or for no number yet."""
    editor = QApplication.focusWidget()
    if not isinstance(editor, NumberEditor) or not editor.isModified():
        return None
    viewport = editor.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    model = view.model() if isinstance(view, QAbstractItemView) else None
    if not isinstance(view, QAbstractItemView) or not isinstance(model, TableModel):
        return None
    cell = model.cell_at(view.currentIndex())
    if model.document is not document or cell is None or is_locked(document.report, cell):
        return None
    value = parse(editor.text(), document.form.kind(cell))
    return None if isinstance(value, Refusal) else Typed(cell, value)
