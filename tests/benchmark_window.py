"""Print how fast the window follows the keyboard, each figure beside a plain Qt window in the same run.

``python tests/benchmark_window.py [keys] [save] [paste] [pages] [memory]`` (Linux). Keys go through Qt's own
queue into the real main window, at the pace of a key that is held down; a key has been followed when nothing
is left to be painted. A key that had to wait for something else counts from when it was due. Autosave and the
checks of texts run meanwhile as they always do. Set QT_QPA_PLATFORM=xcb to measure on a real screen.

On a busy machine the 99th percentile is that of the machine, as the plain window shows; the slowest kind of
key is told by the median of that key's presses, which it disturbs less.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QTableWidget, QTableWidgetItem

import resources
from gui.application import make_application, set_start_aside
from gui.bridge import REST
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from model.catalogue import load_form
from model.cells import CellId, Kind, Value, format_value
from model.document import Document
from model.forms import Form
from model.report import Previous, Report
from model.storage import load, save
from tests.benchmark import ROUNDS, Figure, compare, medians, milliseconds, say

KEYS = 1200
"""Keys that are measured in each window."""
BLOCK = 60
"""Keys after which the other window has its turn, long enough for a copy to be due."""
PACE = 0.03
"""Seconds between two keys: a key that is held down."""
EDITS = 10_000
WARM_EDITS = 2_000
"""Edits after which the history is full and every cache warm."""
FINDINGS = 40
TABLE = "requests"
TODAY = date(2022, 1, 20)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier

Key = tuple[Qt.Key, Qt.KeyboardModifier]


def _keys(*names: str) -> list[Key]:
    """Return keys by name; ^ before a name stands for Ctrl."""
    return [
        (getattr(Qt.Key, f"Key_{name.lstrip('^')}"), _CONTROL if "^" in name else _NONE) for name in names
    ]


TYPING = _keys(
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

    def press(self, *keys: Key) -> None:
        """Press keys as the system would hand them over, and follow them to the painted frame."""
        for key, modifiers in keys:
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

    def switch(self, offset: int) -> None:
        """Show the table so many places on."""
        self.press(_keys("^PageDown" if offset > 0 else "^PageUp")[0])

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
        self.press(_keys("F4")[0])


# ---------------------------------------------------------------- reports


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


# ---------------------------------------------------------------- figures


def measure_keys(ours: Ours, plain: Plain, form: Form) -> list[Figure]:
    """Measure keys to the painted frame, in all tables, half of the time with a finding opened."""
    steps = steps_with_tables(form)
    where = [*steps, *(step for step in steps if step[1].table == TABLE)]
    found: dict[Rig, list[Followed]] = {ours: [], plain: []}
    for turn in range(-1, KEYS // BLOCK):
        number = turn % len(where)
        ours.front()
        if turn == KEYS // BLOCK // 2:
            ours.choose_finding()
        ours.go(*where[number])
        if ours.findings() < FINDINGS:
            raise RuntimeError(f"only {ours.findings()} findings")
        of_ours = ours.type_block()
        plain.front()
        plain.table(min(number, len(steps) - 1))
        of_plain = plain.type_block()
        if turn >= 0:  # the first round is for the caches
            found[ours] += of_ours
            found[plain] += of_plain
    return [
        *_distribution("key to painted frame", found[ours], found[plain], lambda key: key.waited),
        *_distribution("work of the GUI thread for it", found[ours], found[plain], lambda key: key.worked),
    ]


def _distribution(
    what: str, ours: Sequence[Followed], plain: Sequence[Followed], time_of: Callable[[Followed], float]
) -> Iterator[Figure]:
    for name, share, target in (("p50", 0.5, "-"), ("p99", 0.99, "< 16 ms"), ("max", 1.0, "-")):
        own, baseline = (_at([time_of(key) for key in keys], share) for keys in (ours, plain))
        yield Figure(f"{what}, {name}", "ms", own, "QTableWidget", baseline, target)
    own, baseline = (_slowest_kind(keys, time_of) for keys in (ours, plain))
    yield Figure(f"{what}, slowest kind of key", "ms", own, "QTableWidget", baseline, "< 16 ms")


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _slowest_kind(keys: Sequence[Followed], time_of: Callable[[Followed], float]) -> float:
    """Return the median of the key of TYPING that takes longest."""
    kinds: dict[int, list[float]] = {}
    for key in keys:
        kinds.setdefault(key.place, []).append(time_of(key))
    return max(statistics.median(times) for times in kinds.values())


def measure_paste(ours: Ours, plain: Plain, form: Form) -> list[Figure]:
    """Measure pasting 175 numbers with the keyboard."""
    table = form.table(TABLE)
    ours.front()
    ours.go(*next(step for step in steps_with_tables(form) if step[1].table == TABLE))
    ours.go(next(s.id for s in form.sections if s.table == TABLE), table.cells[0])
    columns = len({cell.column for cell in table.cells})
    rows = len(table.cells) // columns
    turn = 0

    def paste() -> None:
        nonlocal turn
        turn += 1
        line = "\t".join(str(turn + column) for column in range(columns))
        QApplication.clipboard().setText("\r\n".join([line] * rows))
        before = ours.document.report
        ours.press(_keys("^V")[0])
        if ours.document.report is before:
            raise RuntimeError("nothing was pasted")

    widget = plain.table([t.id for t in form.tables].index(TABLE))

    def fill() -> None:
        for row in range(rows):
            for column in range(columns):
                if widget.item(row, column) is None:
                    widget.setItem(row, column, QTableWidgetItem())
                widget.item(row, column).setText(str(turn + column))
        plain.settle()

    own, baseline = compare(paste, fill)
    what = f"paste of {rows * columns} numbers"
    return [Figure(what, "ms", own, "the same put into a QTableWidget", baseline, "< 50 ms")]


def measure_pages(ours: Ours, plain: Plain, form: Form, folder: Path) -> list[Figure]:
    """Measure opening a report and switching tables, to the painted frame."""
    paths = [folder / "一.xxgk", folder / "二.xxgk"]
    for path in paths:
        save(crowded(form), path, folder / "backups")
    ours.front()
    ours.main.files.save()
    turns = cycle(paths)

    def open_report() -> None:
        if not ours.main.open_path(next(turns)):
            raise RuntimeError("the report did not open")
        ours.settle()

    def make_tables() -> None:
        old = plain.window.takeCentralWidget()
        plain.window.setCentralWidget(Plain(form, crowded(form)).window.takeCentralWidget())
        old.deleteLater()
        plain.settle()

    make = compare(open_report, make_tables)
    steps = steps_with_tables(form)
    looks: list[list[float]] = []
    for _ in range(ROUNDS // 2):
        open_report()
        looks.append([milliseconds(partial(ours.go, *step)) for step in steps])
    first = max(statistics.median(times) for times in zip(*looks, strict=True))
    round_of = cycle(steps)
    numbers = cycle(range(len(steps)))
    stack = plain.window.centralWidget()
    assert isinstance(stack, QStackedWidget)

    def turn_page() -> None:
        stack.setCurrentIndex(next(numbers))
        plain.settle()

    switch = compare(lambda: ours.go(*next(round_of)), turn_page)
    tables = "filling three QTableWidgets"
    return [
        Figure("opening a report", "ms", make[0], tables, make[1], "< 100 ms"),
        Figure("first look at a table, the slowest one", "ms", first, tables, make[1], "< 100 ms"),
        Figure("switching tables", "ms", switch[0], "a page of a QStackedWidget", switch[1], "< 100 ms"),
    ]


def measure_save(ours: Ours, form: Form, folder: Path) -> list[Figure]:
    """Measure saving with a changed number, the disk's own time left out."""
    ours.front()
    ours.go(*steps_with_tables(form)[1])
    path, beside = ours.document.path, folder / "beside.json"
    assert path is not None
    content = path.read_bytes()

    def save_report() -> float:
        ours.press(*_keys("1", "Return", "Up", "2", "Return"))
        with mock.patch.object(os, "fsync"):
            took = milliseconds(lambda: ours.press(_keys("^S")[0]))
        if ours.document.is_modified:
            raise RuntimeError("the report was not saved")
        return took

    pairs = [(save_report(), milliseconds(lambda: beside.write_bytes(content))) for _ in range(ROUNDS + 1)]
    own, baseline = medians(pairs[1:])
    return [Figure("save without the disk's flush", "ms", own, "writing the bytes", baseline, "< 50 ms")]


def measure_memory(ours: Ours, plain: Plain, form: Form) -> list[Figure]:
    """Measure by how much memory grows over 10,000 typed numbers, once the history is full."""
    own = _growth(ours, lambda: ours.go(*steps_with_tables(form)[1]))
    baseline = _growth(plain, lambda: plain.table(1))
    what = f"memory grown over {EDITS:,} edits"
    return [Figure(what, "MB", own, "the same keys in a QTableWidget", baseline or 0.01, "flat")]


def _growth(rig: Rig, place: Callable[[], object]) -> float:
    rig.front()
    for count in (WARM_EDITS, EDITS):
        gc.collect()
        before = _resident()
        for number in range(count):
            if number % 18 == 0:
                place()
            digit = (number + number // 18) % 9 + 1  # another one than in the round before
            rig.press(*_keys(str(digit), "Return" if number // 9 % 2 else "Tab"))
    gc.collect()
    return _resident() - before


def _resident() -> float:
    """Return the memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(names: Sequence[str], folder: Path) -> None:
    """Show both windows, measure what is asked for and print a line for each figure."""
    application = make_application(Scheme.LIGHT)
    folders = Folders(folder / "data")
    run = Run(Settings(folders.settings_file), folders)
    form = load_form("2021")
    report = crowded(form)
    save(report, folder / "年报.xxgk", folder / "backups")
    plain, ours = Plain(form, report), Ours(run)
    ours.main.open_path(folder / "年报.xxgk")
    plain.show()
    ours.show()
    set_start_aside()
    measures = {
        "keys": partial(measure_keys, ours, plain, form),
        "save": partial(measure_save, ours, form, folder),
        "paste": partial(measure_paste, ours, plain, form),
        "pages": partial(measure_pages, ours, plain, form, folder),
        "memory": partial(measure_memory, ours, plain, form),
    }
    for name in names or measures:
        for figure in measures[name]():
            say(figure)
    application.clipboard().clear()
    ours.main.files.save()
    for rig in (ours, plain):
        rig.window.close()
    run.end()


def main() -> None:
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        measure(sys.argv[1:], Path(folder))


if __name__ == "__main__":
    main()
