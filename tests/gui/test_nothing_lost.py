"""Copies while editing, and what a start offers after a crash: real windows, real files, a killed process."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui import crash_dialog
from gui import windows as windows_module
from gui.buttons import PrimaryButton
from gui.dialogs import SaveChoice
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.recovery_panel import RecoveryPanel
from gui.run import Run
from gui.windows import Windows
from model import recoverable, recovery, storage
from model.cells import CellId
from model.report import Report
from tests.gui.children import Start
from tests.gui.conftest import Answers
from tests.gui.window_driver import CONTROL, copy_of_sample, document, press, type_text, workspace

RECEIVED = CellId("requests", "received", "natural_person")


def copies_in(folders: Folders) -> list[Path]:
    return [copy for copy in folders.recovery.rglob("*.xxgk") if recoverable.SET_ASIDE not in copy.parts]


def type_number(window: MainWindow, text: str) -> None:
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    type_text(text)
    press(Qt.Key.Key_Return)


def button(parent: QWidget, text: str) -> QPushButton:
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    assert found, text
    return found[0]


def click(parent: QWidget, text: str) -> None:
    QTest.mouseClick(button(parent, text), Qt.MouseButton.LeftButton)


def killed_while_editing(start_child: Start, folders: Folders, qtbot: QtBot, path: Path | str) -> None:
    child = start_child(path, "70")
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=10_000)
    child.kill()
    child.wait()


def search(window: MainWindow, run: Run, qtbot: QtBot) -> RecoveryPanel:
    run.recovery.search()
    qtbot.waitUntil(lambda: bool(run.recovery.found))
    panels = window.start_page().findChildren(RecoveryPanel)
    assert len(panels) == 1
    return panels[0]


# ---------------------------------------------------------------- copies


def test_ten_edits_are_copied_at_once_and_the_file_is_left_alone(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    before = path.read_bytes()
    window.open_path(path)
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    for number in range(10):
        type_text(f"{number}\n")
    qtbot.waitUntil(lambda: bool(copies_in(folders)))
    assert storage.load(max(copies_in(folders))) == document(window).report
    assert path.read_bytes() == before


def test_edits_that_never_rest_are_copied_all_the_same(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    number = 0

    def edit_and_look() -> bool:
        nonlocal number
        number += 1
        document(window).set_cells("录入", {RECEIVED: number})
        return bool(copies_in(folders))

    soon = int(recovery.MOST_SECONDS * 1000 / 2)  # by then one edit alone would be copied
    qtbot.waitUntil(edit_and_look, timeout=soon - 200)
    assert number > recovery.MOST_EDITS // 2


def test_one_edit_is_copied_within_ten_seconds(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    type_number(window, "70")
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=int(recovery.MOST_SECONDS * 1000))
    assert storage.load(copies_in(folders)[0]).inputs[RECEIVED] == 70


def many_edits(window: MainWindow) -> None:
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    for number in range(12):
        type_text(f"{number}\n")


def test_saving_drops_the_copies(window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    many_edits(window)
    qtbot.waitUntil(lambda: bool(copies_in(folders)))
    press(Qt.Key.Key_S, CONTROL)
    assert copies_in(folders) == []


def test_an_edit_right_after_saving_is_copied_again(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    many_edits(window)
    press(Qt.Key.Key_S, CONTROL)
    many_edits(window)
    type_number(window, "99")
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=10_000)


def test_closing_without_saving_on_purpose_drops_the_copies(
    window: MainWindow, answers: Answers, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    many_edits(window)
    qtbot.waitUntil(lambda: bool(copies_in(folders)))
    answers.give("ask_save_changes", SaveChoice.DISCARD)
    assert window.close()
    assert copies_in(folders) == []


def test_a_clean_end_leaves_nothing_behind(start_child: Start, folders: Folders, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    child = start_child(path, "70")
    said, _ = child.communicate("close\n", timeout=20)
    assert said.strip() == "ended"
    assert list(folders.recovery.iterdir()) == []
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_copy_that_fails_is_said_once_and_editing_goes_on(
    window: MainWindow, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    place = next(folders.recovery.iterdir())
    (place / "1").write_text("in the way")
    many_edits(window)
    bar = window.file_notices.bar
    qtbot.waitUntil(lambda: bar.isVisible() and "自动保存没有成功" in bar.text, timeout=10_000)
    type_number(window, "7071")
    assert bar.isVisible()
    assert 7071 in document(window).report.inputs.values()
    (place / "1").unlink()
    many_edits(window)
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=10_000)


# ---------------------------------------------------------------- after a crash


def test_after_a_crash_the_start_page_offers_the_work_and_restores_it(
    window: MainWindow, run: Run, start_child: Start, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    killed_while_editing(start_child, folders, qtbot, path)
    panel = search(window, run, qtbot)
    item = run.recovery.found[0]
    texts = " ".join(label.text() for label in panel.findChildren(QWidget) if hasattr(label, "text"))
    assert item.unit in texts
    assert "2021 年" in texts
    assert f"{item.at:%H:%M}" in texts
    assert "改动 1 个单元格" in texts
    button = panel.main_button
    assert isinstance(button, PrimaryButton)
    assert button.text() == "恢复"
    qtbot.waitUntil(button.hasFocus)
    click(panel, "恢复")
    assert document(window).report.inputs[RECEIVED] == 70
    assert document(window).path == path
    assert window.isWindowModified()
    assert run.recovery.found == ()
    qtbot.waitUntil(lambda: len(recoverable.find_set_aside(folders.recovery)) == 1)
    assert len(copies_in(folders)) == 1
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70


def test_undo_after_a_recovery_shows_what_the_file_holds(
    window: MainWindow, run: Run, start_child: Start, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    killed_while_editing(start_child, folders, qtbot, path)
    click(search(window, run, qtbot), "恢复")
    press(Qt.Key.Key_Z, CONTROL)
    assert document(window).report == storage.load(path)
    assert not window.isWindowModified()


def test_declined_work_is_offered_no_more_but_kept(
    window: MainWindow, run: Run, start_child: Start, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    killed_while_editing(start_child, folders, qtbot, copy_of_sample(tmp_path))
    panel = search(window, run, qtbot)
    click(panel, "不要")
    assert not panel.isVisible()
    qtbot.waitUntil(lambda: len(recoverable.find_set_aside(folders.recovery)) == 1)
    assert recoverable.find(folders.recovery) == ()


def test_what_can_be_recovered_is_compared_with_the_file(
    window: MainWindow,
    run: Run,
    start_child: Start,
    folders: Folders,
    qtbot: QtBot,
    answers: Answers,
    tmp_path: Path,
) -> None:
    killed_while_editing(start_child, folders, qtbot, copy_of_sample(tmp_path))
    answers.give("show_differences", None)
    click(search(window, run, qtbot), "比较…")
    assert [item.new for item in answers.shown[-1][1][3].items] == [70]


def test_with_a_report_open_a_strip_offers_what_a_crash_left(
    window: MainWindow, run: Run, start_child: Start, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    killed_while_editing(start_child, folders, qtbot, path)
    assert window.open_path(path)
    search(window, run, qtbot)
    assert "没有正常关闭" in window.file_notices.bar.text
    click(window.file_notices.bar, "恢复(&U)")
    qtbot.waitUntil(lambda: document(window).report.inputs[RECEIVED] == 70)
    assert document(window).path == path


def test_work_of_a_run_that_lives_is_not_offered(
    window: MainWindow, run: Run, start_child: Start, folders: Folders, qtbot: QtBot, tmp_path: Path
) -> None:
    start_child(copy_of_sample(tmp_path), "70")
    qtbot.waitUntil(lambda: bool(copies_in(folders)), timeout=10_000)
    assert recoverable.find(folders.recovery) == ()


# ---------------------------------------------------------------- faults


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "log"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "log"))


@pytest.fixture
def windows(run: Run, window: MainWindow) -> Windows:
    windows = Windows(run)
    windows._windows.append(window)
    return windows


def fault(hook: crash_dialog.Hook) -> None:
    hook(ZeroDivisionError, ZeroDivisionError(), None)


@pytest.mark.usefixtures("log")
def test_a_fault_keeps_a_copy_and_goes_on_with_an_intact_report(
    window: MainWindow, windows: Windows, folders: Folders, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    type_number(window, "70")
    answers.give("show_crash", None)
    fault(crash_dialog.make_hook(windows))
    qtbot.waitUntil(lambda: answers.times("show_crash") == 1)
    assert storage.load(copies_in(folders)[0]).inputs[RECEIVED] == 70
    assert "可以继续使用" in str(answers.shown[-1][1][2])
    assert not windows._run.is_abandoned


@pytest.mark.usefixtures("log")
def test_a_fault_that_broke_the_report_ends_the_program_and_leaves_the_former_copy(
    window: MainWindow,
    windows: Windows,
    run: Run,
    folders: Folders,
    answers: Answers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    many_edits(window)
    qtbot.waitUntil(lambda: bool(copies_in(folders)))
    good = document(window).report
    ended: list[int] = []
    monkeypatch.setattr(windows_module.QCoreApplication, "exit", ended.append)
    document(window)._report = Report(good.form, inputs={RECEIVED: "broken"})  # type: ignore[dict-item]
    answers.give("show_crash", None)
    fault(crash_dialog.make_hook(windows))
    qtbot.waitUntil(lambda: answers.times("show_crash") == 1)
    assert "程序要关闭" in str(answers.shown[-1][1][2])
    assert ended == [windows_module.FAULT]
    assert run.is_abandoned
    run.end()
    assert copies_in(folders)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.usefixtures("log")
def test_a_fault_whose_copy_fails_says_so(
    window: MainWindow, windows: Windows, folders: Folders, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    type_number(window, "70")
    (next(folders.recovery.iterdir()) / "1").write_text("in the way")
    answers.give("show_crash", None)
    fault(crash_dialog.make_hook(windows))
    qtbot.waitUntil(lambda: answers.times("show_crash") == 1)
    assert "没能另存副本" in str(answers.shown[-1][1][2])
