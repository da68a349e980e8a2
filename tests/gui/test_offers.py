"""Unsaved work whose report is open, read only, in another window or out of reach."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.folders import Folders
from gui.main_window import MainWindow
from gui.run import Run
from gui.windows import Windows
from model import recovery, storage
from model.processes import this_process
from tests.gui.test_nothing_lost import click, search
from tests.gui.window_driver import SAMPLE, copy_of_sample, document


def leave_work(folders: Folders, mark: str, name: str, path: Path | None) -> None:
    """Leave what a crash leaves of a report of a unit of this name."""
    me = this_process()
    place = folders.recovery / f"{me.machine}.{me.boot}.{me.pid}.{mark}-01234567" / "1"
    place.mkdir(parents=True)
    report = storage.load(SAMPLE)
    (place / f"000001-2024010{mark}T100000.xxgk").write_bytes(storage.encode(replace(report, unit_name=name)))
    note = {"path": str(path) if path else None, "digest": None}
    (place / recovery.DOCUMENT_NOTE).write_text(json.dumps(note), encoding="ascii")


def test_the_strip_offers_first_what_belongs_to_the_report_that_is_open_and_goes_with_it(
    window: MainWindow, run: Run, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    leave_work(folders, "1", "本机关", path)
    leave_work(folders, "2", "另一机关", None)
    assert window.open_path(path)
    search(window, run, qtbot)
    bar = window.file_notices.bar
    assert "本机关" in bar.text
    click(bar, "恢复(&U)")
    qtbot.waitUntil(lambda: document(window).report.unit_name == "本机关")
    qtbot.waitUntil(lambda: "另一机关" in bar.text)
    run.recovery.forget_all()
    assert not bar.isVisible()


def test_work_on_a_report_that_may_only_be_read_opens_as_an_untitled_one(
    window: MainWindow, run: Run, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    leave_work(folders, "1", "本机关", path)
    assert window.open_path(path)
    document(window).is_read_only = True
    search(window, run, qtbot)
    click(window.file_notices.bar, "恢复(&U)")
    qtbot.waitUntil(lambda: document(window).report.unit_name == "本机关")
    assert document(window).path is None
    assert not document(window).is_read_only
    qtbot.waitUntil(lambda: run.recovery.found == ())


def test_work_on_a_report_that_is_out_of_reach_opens_as_an_untitled_one(
    window: MainWindow, run: Run, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    leave_work(folders, "1", "本机关", path)
    path.unlink()
    path.mkdir()
    click(search(window, run, qtbot), "恢复")
    assert document(window).report.unit_name == "本机关"
    assert document(window).path is None
    assert "读不到" in window.status.message


def test_work_on_a_report_of_another_window_is_offered_there(
    run: Run, folders: Folders, qtbot: QtBot, dressed: object, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    windows = Windows(run)
    first, second = windows.open(path), windows.open(None)
    leave_work(folders, "1", "本机关", path)
    run.recovery.search()
    qtbot.waitUntil(lambda: bool(run.recovery.found))
    first.file_notices.bar.hide()
    assert not second.files.recover(run.recovery.found[0])
    assert "本机关" in first.file_notices.bar.text
    assert first.file_notices.bar.isVisible()
    for window in (first, second):
        window.close()
