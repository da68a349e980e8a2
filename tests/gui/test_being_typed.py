"""A number in an editor that is still open is work too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.being_typed import being_typed
from gui.folders import Folders
from gui.main_window import MainWindow
from model import recovery, storage
from tests.gui.test_nothing_lost import RECEIVED, copies_in
from tests.gui.window_driver import copy_of_sample, document, press, type_text, workspace


def at_first_cell(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    workspace(window).go_to("requests")
    workspace(window).focus_page()


def test_a_number_whose_editor_is_still_open_is_copied_and_its_being_given_up_too(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    at_first_cell(window, tmp_path)
    before = document(window).report
    type_text("98765")
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=int(recovery.MOST_SECONDS * 1000))
    assert storage.load(max(copies_in(folders))).inputs[RECEIVED] == 98765
    assert document(window).report is before
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(copies_in(folders)) == 2, timeout=int(recovery.MOST_SECONDS * 1000))
    assert storage.load(max(copies_in(folders))) == before


def test_only_a_plain_number_that_was_typed_counts(window: MainWindow, tmp_path: Path) -> None:
    at_first_cell(window, tmp_path)
    assert being_typed(document(window)) is None
    press(Qt.Key.Key_F2)
    assert being_typed(document(window)) is None
    type_text("1")
    assert being_typed(document(window)) == (RECEIVED, 1)
    type_text("x")
    assert being_typed(document(window)) is None
    press(Qt.Key.Key_Escape)
    workspace(window).go_to("unit")
    workspace(window).focus_page()
    assert being_typed(document(window)) is None
