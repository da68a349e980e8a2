"""备份与恢复 and damaged files: what there is, compared, restored as one edit, removed on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.dialogs import SaveChoice
from gui.file_dialogs import DamageChoice
from gui.main_window import MainWindow
from gui.run import Run
from gui.versions_dialog import VersionsDialog
from model import backups, recoverable, recovery, storage
from model.cells import CellId
from model.report import Report
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    copy_of_sample,
    document,
    press,
    trigger,
    type_text,
    workspace,
)

RECEIVED = CellId("requests", "received", "natural_person")
Open = Callable[[], VersionsDialog]


def save_number(window: MainWindow, text: str) -> None:
    workspace(window).go_to("requests")
    window.activateWindow()
    workspace(window).focus_page()
    type_text(text)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_S, CONTROL)


@pytest.fixture
def open_dialog(window: MainWindow, qtbot: QtBot) -> Open:
    def open_() -> VersionsDialog:
        trigger(window, "versions")
        dialogs = [d for d in window.findChildren(VersionsDialog) if d.isVisible()]
        assert len(dialogs) == 1
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialogs[0])
        return dialogs[0]

    return open_


def listed(dialog: VersionsDialog) -> list[str]:
    return [dialog.sources.item(row).text() for row in range(dialog.sources.count())]


def compared(dialog: VersionsDialog) -> list[tuple[str, str]]:
    table = dialog.differences
    cells = [[table.item(row, column) for column in (1, 2)] for row in range(table.rowCount())]
    return [(old.text(), new.text()) for old, new in cells if old and new]


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_save_is_a_version_compared_with_the_window(
    window: MainWindow, open_dialog: Open, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    before = document(window).report.inputs[RECEIVED]
    save_number(window, "70")
    save_number(window, "71")
    dialog = open_dialog()
    assert listed(dialog) == ["南湖新区 2021（当前文件）"]
    assert dialog.versions.count() == 3
    assert compared(dialog) == []
    dialog.versions.setCurrentRow(2)
    assert compared(dialog) == [("71", str(before))]


def test_a_version_is_restored_as_one_step_and_the_file_waits_for_a_save(
    window: MainWindow, open_dialog: Open, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    old = document(window).report
    save_number(window, "70")
    saved = document(window).report
    dialog = open_dialog()
    dialog.versions.setCurrentRow(1)
    click(dialog.restore)
    assert document(window).report == old
    assert document(window).path == path
    assert storage.load(path) == saved
    trigger(window, "undo")
    assert document(window).report == saved
    assert not window.isWindowModified()


def test_versions_of_a_file_that_is_gone_open_as_a_new_report(
    window: MainWindow, open_dialog: Open, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    save_number(window, "70")
    trigger(window, "close")
    path.unlink()
    dialog = open_dialog()
    assert listed(dialog) == ["南湖新区 2021"]
    click(dialog.restore)
    assert document(window).report.inputs[RECEIVED] == 70
    assert document(window).path is None
    assert window.isWindowModified()
    answers.give("ask_report_to_save", path)
    trigger(window, "save")
    assert storage.load(path).inputs[RECEIVED] == 70


def test_a_version_of_another_file_asks_about_unsaved_changes_first(
    window: MainWindow, open_dialog: Open, answers: Answers, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    save_number(window, "70")
    trigger(window, "close")
    trigger(window, "new")
    type_text("abc")
    report = document(window).report
    answers.give("ask_save_changes", SaveChoice.CANCEL)
    click(open_dialog().restore)
    assert document(window).report is report


def test_a_version_that_cannot_be_read_says_so_and_is_not_restored(
    window: MainWindow, open_dialog: Open, run: Run, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    save_number(window, "70")
    backups.list_backups(path, run.folders.backups)[0].path.write_bytes(b"")
    assert not open_dialog().restore.isEnabled()


def test_declined_copies_are_found_again(
    window: MainWindow, open_dialog: Open, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    copies = recovery.DocumentCopies(
        run.folders.recovery / recoverable.SET_ASIDE / "20220120-100000-0a0b0c0d"
    )
    copies.write(copies.snapshot(Report("2021", 2021, "某局"), None, None))
    dialog = open_dialog()
    qtbot.waitUntil(lambda: len(listed(dialog)) == 1)
    assert listed(dialog)[0].startswith("没有保存的工作：某局 2021 年")
    assert dialog.versions.count() == 1
    click(dialog.restore)
    assert document(window).report.unit_name == "某局"


def test_enter_restores_and_never_removes(
    window: MainWindow, open_dialog: Open, answers: Answers, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    old = document(window).report
    save_number(window, "70")
    dialog = open_dialog()
    assert not dialog.purge.isDefault()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert document(window).report == old
    assert answers.shown == []


def test_nothing_kept_is_said_in_words(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert not dialog.restore.isEnabled()
    assert not dialog.purge.isEnabled()


def test_all_versions_and_copies_can_be_removed(
    window: MainWindow, open_dialog: Open, run: Run, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    save_number(window, "70")
    dialog = open_dialog()
    answers.give("ask_purge", False, True)
    click(dialog.purge)
    assert dialog.versions.count() == 2
    click(dialog.purge)
    assert listed(dialog) == []
    assert backups.list_origins(run.folders.backups) == ()
    assert storage.load(path).inputs[RECEIVED] == 70


# ---------------------------------------------------------------- damaged files


def damaged(window: MainWindow, folder: Path) -> tuple[Path, bytes]:
    path = copy_of_sample(folder)
    window.open_path(path)
    save_number(window, "70")
    trigger(window, "close")
    content = path.read_bytes()[:3000]
    path.write_bytes(content)
    return path, content


def test_of_a_damaged_file_the_newest_good_backup_is_named_and_opened(
    window: MainWindow, run: Run, answers: Answers, tmp_path: Path
) -> None:
    path, content = damaged(window, tmp_path)
    newest = backups.list_backups(path, run.folders.backups)[0]
    answers.give("ask_damaged", DamageChoice.BACKUP)
    assert window.open_path(path)
    _, sentence, backup, salvaged, lost = answers.shown[-1][1]
    assert f"{newest.at:%Y-%m-%d %H:%M:%S}" in str(backup)
    assert "还能读出" in str(salvaged)
    assert lost
    assert [file.read_bytes() for file in run.folders.damaged.iterdir()] == [content]
    assert str(next(run.folders.damaged.iterdir())) in str(sentence)
    assert document(window).report.inputs[RECEIVED] == 70
    assert document(window).path == path
    assert path.read_bytes() == content
    trigger(window, "save")
    assert storage.load(path).inputs[RECEIVED] == 70


def test_what_can_be_read_of_a_damaged_file_opens_as_an_unsaved_edit(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path, content = damaged(window, tmp_path)
    answers.give("ask_damaged", DamageChoice.SALVAGED)
    assert window.open_path(path)
    assert window.isWindowModified()
    assert document(window).report.unit_name
    assert path.read_bytes() == content


def test_a_damaged_file_that_is_left_alone_stays_as_it_is_and_unlocked(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path, content = damaged(window, tmp_path)
    answers.give("ask_damaged", DamageChoice.CANCEL)
    assert not window.open_path(path)
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]
