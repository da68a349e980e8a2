"""Print how fast the window follows the keyboard, each figure beside a plain Qt window in the same run.

``python tests/gui/benchmark_window.py [keys] [save] [paste] [pages] [memory]`` (Linux). Keys go through Qt's
own queue into the real main window, at the pace of a key that is held down; a key has been followed when
nothing is left to be painted. A key that had to wait for something else counts from when it was due. Autosave
and the checks of texts run meanwhile as they always do. Set QT_QPA_PLATFORM=xcb to measure on a real screen.

On a busy machine the 99th percentile is that of the machine, as the plain window shows; the slowest kind of
key is told by the median of that key's presses, which it disturbs less.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QStackedWidget, QTableWidgetItem

from gui.application import make_application
from gui.folders import Folders
from gui.garbage import GarbageSearch
from gui.run import Run
from gui.settings import Settings
from gui.style import Scheme
from model.catalogue import load_form
from model.forms import Form
from model.storage import save
from tests.benchmark import ROUNDS, Figure, compare, medians, milliseconds, say
from tests.gui.window_rigs import (
    BLOCK,
    FINDINGS,
    Followed,
    Ours,
    Plain,
    Rig,
    crowded,
    keys_named,
    steps_with_tables,
)

KEYS = 1200
"""Keys that are measured in each window."""
EDITS = 10_000
WARM_EDITS = 2_000
"""Edits after which the history is full and every cache warm."""
TABLE = "requests"


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
        ours.press(keys_named("^V")[0])
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
        ours.press(*keys_named("1", "Return", "Up", "2", "Return"))
        with mock.patch.object(os, "fsync"):
            took = milliseconds(lambda: ours.press(keys_named("^S")[0]))
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
            rig.press(*keys_named(str(digit), "Return" if number // 9 % 2 else "Tab"))
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
    GarbageSearch(application).begin()
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
