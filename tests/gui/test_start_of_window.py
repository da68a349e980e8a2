"""What a start does until the window is seen, and what it leaves for later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LATER = {
    "gui.export_worker",
    "gui.pages_check",
    "gui.preview_window",
    "gui.settings_dialog",
    "gui.start_page",
    "model.backups",
    "model.comparison",
    "model.restoring",
    "PySide6.QtPrintSupport",
}
"""What is loaded with the first command that needs it: each costs a start half a millisecond or more."""
SCRIPT = """
import gc, main, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

run = QApplication.exec

def end():
    print("later", gc.isenabled(), gc.get_freeze_count() > 0, flush=True)
    os._exit(0)

def look(*_):
    print("first", gc.isenabled(), *sys.modules, flush=True)
    QTimer.singleShot(600, end)
    run()

QApplication.exec = look
main.main(["resources/samples/nanhu_2021.xxgk"])
"""


def test_a_start_looks_for_garbage_and_loads_what_commands_need_only_later(tmp_path: Path) -> None:
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(tmp_path))
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert finished.returncode == 0, finished.stderr
    first, later = (line.split() for line in finished.stdout.splitlines())
    assert first[:2] == ["first", "False"]
    assert later == ["later", "False", "True"]
    assert "gui.table_page" in first
    assert LATER.isdisjoint(first)
