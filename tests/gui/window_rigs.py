"""Windows that the benchmark types into: the program's own and a plain one, with one report in both."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from typing import NamedTuple

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QTableWidget, QTableWidgetItem

import resources
from gui.bridge import REST
from gui.main_window import MainWindow
from gui.run import Run
from model.cells import CellId, Kind, Value, format_value
from model.document import Document
from model.forms import Form
from model.report import Previous, Report
from model.storage import load

BLOCK = 60
"""Keys after which the other window has its turn, long enough for a copy to be due."""
PACE = 0.03
"""Seconds between two keys: a key that is held down."""
FINDINGS = 40
TODAY = date(2022, 1, 20)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier

Key = tuple[Qt.Key, Qt.KeyboardModifier]


def keys_named(*names: str) -> list[Key]:
    """Return keys by name; ^ before a name stands for Ctrl."""
    return [
        (getattr(Qt.Key, f"Key_{name.lstrip('^')}"), _CONTROL if "^" in name else _NONE) for name in names
    ]


TYPING = keys_named(
    *("1", "2", "Return", "3", "Return", "Down", "Right", "4", "5", "6", "Tab", "7", "Tab", "Left", "Up"),
    *("Delete", "^Z", "^Y", "8", "Return", "Up", "9", "Down", "0", "Return", "Left", "^Z", "^Z", "^Y"),
    *("F2", "Backspace", "1", "Return", "Right", "2", "0", "2", "1", "Return", "Up", "Up", "Up"),
)


class Followed(NamedTuple):
    """How long one key took, in milliseconds: by the clock, and in the GUI thread alone."""

    place: int
    """Which key of TYPING it was."""
    waited: float
    worked: float


class Rig:
    """A window that takes keys."""

    def __init__(self, window: QMainWindow) -> None:
        self.window = window
        self._keys = cycle(enumerate(TYPING))
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._dispatcher = dispatcher

    def settle(self) -> None:
        """Go on until nothing is left to be dealt with or painted."""
        while self._dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents):
            pass

    def press(self, *pressed: Key) -> None:
        """Press keys as the system would hand them over, and follow them to the painted frame."""
        for key, modifiers in pressed:
            QTest.keyClick(self.window.windowHandle(), key, modifiers)
        self.settle()

    def rest(self, until: float) -> None:
        """Let the window do what it does between keys."""
        while time.perf_counter() < until:
            QApplication.processEvents()
            time.sleep(0.0005)

    def type_block(self) -> list[Followed]:
        """Press a block of keys at their pace, beginning while the texts are being checked."""
        self.rest(time.perf_counter() + 2 * PACE)
        found = []
        for number, (place, key) in enumerate(islice(self._keys, BLOCK)):
            if number % (BLOCK // 2) == 0:
                self.rest(time.perf_counter() + REST / 1000)
            due = time.perf_counter() + PACE
            self.rest(due)
            begun = time.thread_time()
            self.press(key)
            waited, worked = time.perf_counter() - due, time.thread_time() - begun
            found.append(Followed(place, waited * 1000, worked * 1000))
        return found

    def show(self) -> Rig:
        """Bring the window to the front with everything painted."""
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.window.show()
        if not QTest.qWaitForWindowExposed(self.window):
            raise RuntimeError("the window is not shown")
        return self.front()

    def front(self) -> Rig:
        """Give the window the keyboard."""
        self.window.activateWindow()
        if not QTest.qWaitForWindowActive(self.window):
            raise RuntimeError("the window does not get the keyboard; is there a window manager?")
        self.settle()
        return self


class Plain(Rig):
    """The baseline: a main window with tables of Qt's own, as large as ours and with the same numbers."""

    def __init__(self, form: Form, report: Report) -> None:
        super().__init__(QMainWindow())
        self.stack = QStackedWidget(self.window)
        for table in form.tables:
            widget = QTableWidget(table.row_count, len(table.widths))
            for box in table.grid:
                text = box.text if box.cell is None else format_value(report.inputs.get(box.cell))
                widget.setItem(box.row, box.column, QTableWidgetItem(text))
            self.stack.addWidget(widget)
        self.window.setCentralWidget(self.stack)

    def table(self, number: int) -> QTableWidget:
        """Show a table and put the keyboard into it."""
        self.stack.setCurrentIndex(number)
        table = self.stack.currentWidget()
        assert isinstance(table, QTableWidget)
        table.setCurrentCell(min(5, table.rowCount() - 1), min(4, table.columnCount() - 1))
        table.setFocus()
        self.settle()
        return table


class Ours(Rig):
    """The program's window."""

    def __init__(self, run: Run) -> None:
        super().__init__(MainWindow(run, TODAY))

    @property
    def main(self) -> MainWindow:
        """The window under its own type."""
        assert isinstance(self.window, MainWindow)
        return self.window

    @property
    def document(self) -> Document:
        """The report that is open."""
        assert self.main.files.document is not None
        return self.main.files.document

    def go(self, step: str, cell: CellId) -> None:
        """Show a cell, ready for typing."""
        assert self.main.workspace is not None
        self.main.workspace.go_to_place(step, cell)
        self.settle()

    def findings(self) -> int:
        """Return how many findings the window lists."""
        return len(self.main.findings.model.findings)

    def choose_finding(self) -> None:
        """Open the first finding in the dock and go on typing."""
        self.press(keys_named("F4")[0])


def crowded(form: Form) -> Report:
    """Return a report with every number filled in, last year's too, and some forty findings."""
    sample = load(resources.path("samples", "nanhu_2021.xxgk"))

    def number(place: int, cell: CellId) -> Value:
        value = place * 7 % 23 + 1
        return Decimal(value) if form.kind(cell) is Kind.MONEY else value

    inputs = {cell: number(place, cell) for place, cell in enumerate(form.inputs)}
    before = {cell: number(place + 5, cell) for place, cell in enumerate(form.inputs)}
    stated = {total.cell: number(0, total.cell) for total in form.totals[: FINDINGS // 2 + 4]}
    last_year = Previous(form.id, 2020, before)
    return replace(sample, inputs=inputs, stated=stated, previous=last_year)


def steps_with_tables(form: Form) -> list[tuple[str, CellId]]:
    """Return each step that shows a table, with a cell in its middle."""
    found = []
    for section in form.sections:
        if section.table is not None:
            inputs = [cell for cell in form.inputs if cell.table == section.table]
            found.append((section.id, inputs[len(inputs) // 3]))
    return found
