"""Drives a window as a person does: keys to whatever has the focus, clicks on what is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

import resources
from gui.cover_page import CoverPage
from gui.main_window import MainWindow
from gui.narrative import SectionEditor
from gui.workspace import Workspace
from model.document import Document

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
SAMPLE = resources.path("samples", "nanhu_2021.xxgk")


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(focused(), key, modifiers)


def type_text(text: str) -> None:
    """Type into whatever has the focus."""
    for character in text:
        if character == "\n":
            press(Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focused(), character)


def rest(milliseconds: int) -> None:
    """Let the window and its threads work; QTest.qWait would leave Python's other threads hardly a turn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def rest_until(holds: Callable[[], bool], what: str) -> None:
    """Rest until something holds that threads bring about; complain after half a minute."""
    for _ in range(1500):
        if holds():
            return
        rest(20)
    raise AssertionError(f"waited in vain for {what}")


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def click_row(view: QListView, index: QModelIndex) -> None:
    """Click a row of a list."""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, view.visualRect(index).center())


def trigger(window: MainWindow, name: str) -> None:
    """Choose a command from the menus, if it is switched on."""
    window.actions_[name].trigger()


def workspace(window: MainWindow) -> Workspace:
    """Return the report's pages."""
    assert window.workspace is not None
    return window.workspace


def document(window: MainWindow) -> Document:
    """Return the report that is open."""
    assert window.files.document is not None
    return window.files.document


def editor(window: MainWindow, section: str) -> SectionEditor:
    """Return the editor of a section on the current page."""
    found = [e for e in workspace(window).findChildren(SectionEditor) if e.section == section]
    assert len(found) == 1
    return found[0]


def cover(window: MainWindow) -> CoverPage:
    """Return the page with the cover data."""
    return workspace(window).findChildren(CoverPage)[0]


def copy_of_sample(folder: Path) -> Path:
    """Put a copy of the sample into a folder whose name is as in these offices."""
    place = folder / "政府 信息公开"
    place.mkdir(exist_ok=True)
    path = place / "南湖新区 2021.xxgk"
    path.write_bytes(SAMPLE.read_bytes())
    return path
