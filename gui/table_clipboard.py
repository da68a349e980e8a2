"""Copies from a table and pastes into it. Loaded with the first copy or paste: it reads and writes HTML."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from gui.clipboard import block_of, mime_of
from gui.notice_bar import NoticeBar
from gui.pasting import Pasting
from gui.table_model import TableModel
from gui.table_view import TableView
from model.copying import selected_rows, whole_table, whole_table_rows
from model.document import Document


class TableClipboard(QObject):
    """Moves numbers between the clipboard and the places selected in a view."""

    message_reported = Signal(str)
    fill_wanted = Signal(str)
    """One text was pasted while several cells are selected: it is meant for each of them."""

    def __init__(
        self, document: Document, model: TableModel, view: TableView, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._view = view
        self._pasting = Pasting(document, model, view, notices, self)
        self._pasting.message_reported.connect(self.message_reported)

    def copy(self) -> None:
        """Copy the selected numbers as text and as an HTML table."""
        rows = selected_rows(self._model.grid, self._document.sheet, *self._view.cursor_.corners)
        QGuiApplication.clipboard().setMimeData(mime_of(rows))
        self.message_reported.emit(f"已复制 {len(self._view.selected_cells)} 格")

    def copy_as_web_table(self) -> None:
        """Copy the whole printed table with its merged boxes."""
        table, sheet = self._model.table, self._document.sheet
        mime = mime_of(list(whole_table_rows(table, sheet)), whole_table(table, sheet))
        QGuiApplication.clipboard().setMimeData(mime)
        self.message_reported.emit("已复制整张表，可粘贴到网页、Word 或表格程序")

    def paste(self) -> None:
        """Paste the block on the clipboard from the current cell, or the selection's first one, on."""
        block = block_of(QGuiApplication.clipboard().mimeData())
        if block is None:
            self.message_reported.emit("剪贴板里没有可以粘贴的数字")
        elif len(block) == 1 and len(block[0]) == 1 and len(self._view.selected_cells) > 1:
            self.fill_wanted.emit(block[0][0])
        else:
            self._pasting.paste(block)
