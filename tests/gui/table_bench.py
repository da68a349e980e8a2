"""A table page on the bench: keys as a clerk presses them, cells by name, and what the page said."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.bridge import DocumentBridge
from gui.cell_states import CellState
from gui.table_model import STATE_ROLE
from gui.table_page import TablePage
from gui.table_view import TableView
from model.catalogue import load_form
from model.cells import CellId, Value
from model.document import Document
from model.report import Report

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
PLAIN = Qt.KeyboardModifier.NoModifier
FORM = load_form("2021")


def cell(name: str) -> CellId:
    """Return a cell by its full name."""
    return CellId(*name.split("."))


class Bench:
    """One table page with the focus in it, over a document of its own."""

    def __init__(self, qtbot: QtBot, table: str, report: Report) -> None:
        self.table = FORM.table(table)
        self.document = Document(FORM, report)
        self.bridge = DocumentBridge(self.document)
        self.page = TablePage(self.bridge, self.table)
        self.messages: list[str] = []
        self.page.message_reported.connect(self.messages.append)
        self._home: CellId | None = None
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.bridge.close())
        self.page.resize(846, 560)
        self.page.show()
        self.page.setFocus()
        qtbot.waitUntil(self.view.hasFocus)

    @property
    def view(self) -> TableView:
        """The view inside the page."""
        return self.page.findChild(TableView)

    @property
    def editor(self) -> QLineEdit | None:
        """The editor that is open."""
        focused = QApplication.focusWidget()
        return focused if isinstance(focused, QLineEdit) else None

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> Bench:
        """Press keys one after the other wherever the focus is."""
        for key in keys:
            QTest.keyClick(_focused(), key, modifier)
        return self

    def type(self, text: str) -> Bench:
        """Type a text as keys."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(_focused(), letter)
            else:
                QApplication.sendEvent(_focused(), QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter))
        return self

    def enter(self, text: str) -> Bench:
        """Type a text and leave the cell by Enter."""
        return self.type(text).press(Qt.Key.Key_Return)

    def go(self, name: str) -> Bench:
        """Make a cell current: row.column of this table."""
        self.page.go_to(CellId.parse(f"{self.table.id}.{name}"))
        return self

    @property
    def here(self) -> str:
        """The current cell as row.column."""
        current = self.page.current_cell()
        assert current is not None
        return f"{current.row}.{current.column}"

    @property
    def selected(self) -> set[str]:
        """The selected cells as row.column, as Qt's selection model has them."""
        model = self.view.model()
        indexes = self.view.selectionModel().selectedIndexes()
        cells = {model.cell_at(index) for index in indexes}  # type: ignore[attr-defined]
        return {f"{one.row}.{one.column}" for one in cells if one is not None}

    def value(self, name: str) -> Value:
        """Return the value of a cell of this table."""
        return self.document.sheet[CellId.parse(f"{self.table.id}.{name}")]

    def filled(self) -> Mapping[str, Value]:
        """Return the inputs of this table that are not blank."""
        inputs = self.document.report.inputs
        return {
            f"{one.row}.{one.column}": value for one, value in inputs.items() if one.table == self.table.id
        }

    def state(self, name: str) -> CellState:
        """Return what a cell shows."""
        model = self.view.model()
        index = model.index_of(CellId.parse(f"{self.table.id}.{name}"))  # type: ignore[attr-defined]
        state = model.data(index, STATE_ROLE)
        assert isinstance(state, CellState)
        return state

    def paste(self, text: str = "", html: str = "") -> Bench:
        """Put text or HTML on the clipboard and press Ctrl+V."""
        mime = QMimeData()
        if text:
            mime.setText(text)
        if html:
            mime.setHtml(html)
        QApplication.clipboard().setMimeData(mime)
        return self.press(Qt.Key.Key_V, modifier=CONTROL)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def report(inputs: Mapping[str, Value] | None = None, **other: object) -> Report:
    """Return a report with some inputs by full name."""
    values = {cell(name): value for name, value in (inputs or {}).items()}
    return Report(form=FORM.id, year=2021, unit_name="某局", inputs=values, **other)  # type: ignore[arg-type]
