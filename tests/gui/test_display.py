"""No usable display: one Chinese line and exit code 2, found out by trying."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.display import NO_DISPLAY

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from gui import display
with display.required():
    from PySide6.QtCore import qWarning
    from PySide6.QtWidgets import QApplication
    qWarning("held back")
    application = QApplication([])
print("opened")
"""
MISSING = """
from gui import display
with display.required():
    import {module}
"""


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if "DISPLAY" not in key and "QT_" not in key}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**clean, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":7"},
        {"QT_QPA_PLATFORM": "no-such-platform"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "cp1252"},
    ],
)
def test_without_a_display_one_line_names_the_commands(environment: dict[str, str]) -> None:
    finished = run(OPEN, **environment)
    assert (finished.returncode, finished.stdout, finished.stderr) == (2, "", NO_DISPLAY + "\n")
    assert "main.py check" in NO_DISPLAY
    assert "main.py export" in NO_DISPLAY
    assert len(NO_DISPLAY.splitlines()) == 1


def test_with_a_display_the_program_goes_on_and_qt_is_heard() -> None:
    finished = run(OPEN, QT_QPA_PLATFORM="offscreen")
    assert (finished.returncode, finished.stdout) == (0, "opened\n")
    assert "held back" in finished.stderr


@pytest.mark.parametrize(
    "package",
    [
        "raise ImportError('libEGL.so.1: cannot open shared object file')",
        "raise ImportError('libEGL.so.1: cannot open shared object file', name='PySide6.QtGui')",
        "",
    ],
)
def test_missing_libraries_of_qt_end_the_same_way(package: str, tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(package, encoding="utf-8")
    finished = run(OPEN, PYTHONPATH=str(tmp_path))
    assert (finished.returncode, finished.stderr) == (2, NO_DISPLAY + "\n")


def test_a_part_of_qt_that_is_missing_ends_the_same_way() -> None:
    finished = run(MISSING.format(module="PySide6.QtNowhere"))
    assert (finished.returncode, finished.stderr) == (2, NO_DISPLAY + "\n")


def test_a_missing_module_of_ours_is_a_fault_and_not_a_missing_display() -> None:
    finished = run(MISSING.format(module="gui.nowhere"))
    assert finished.returncode == 1
    assert "gui.nowhere" in finished.stderr
