"""Show a window, print how long that took since the process was asked for, and end.

Run by ``benchmark.py`` as ``window_probe.py STARTED SCRIPT [ARGUMENT ...]``; the script ``empty`` stands for
a bare main window with a table. The event loop is replaced: it runs until the window has been painted.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
import time
from pathlib import Path

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

EMPTY = "empty"


def show_empty_window() -> None:
    """Show the least a window with a table can be."""
    application = QApplication([])
    window = QMainWindow()
    window.setWindowTitle(EMPTY)
    table = QTableView()
    table.setModel(QStandardItemModel(28, 10))
    window.setCentralWidget(table)
    window.resize(1200, 800)
    window.show()
    application.exec()


def peak_kilobytes() -> int:
    """Return the most memory since this program was loaded; ``getrusage`` counts what started it too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        raise RuntimeError("the system does not tell the memory of a process")
    return int(found[1])


def report_and_end(started: float) -> int:
    """Stand in for ``QApplication.exec``: wait for the first painted window, print the figures, end."""
    application = QApplication.instance()
    while not any(window.isExposed() for window in application.topLevelWindows()):
        application.processEvents()
    application.processEvents()
    seconds = time.monotonic() - started
    sys.stdout.write(f"{seconds} {peak_kilobytes()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    asked_for, script, *arguments = sys.argv[1:]
    QApplication.exec = lambda *_: report_and_end(float(asked_for))
    if script == EMPTY:
        show_empty_window()
    sys.path[0] = os.path.dirname(script)  # noqa: PTH120 - as the interpreter sets it for a script
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")
