"""One report and two people: who has it, reading only, taking over, and a file changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from gui.dialogs import SaveChoice as LeaveChoice
from gui.file_dialogs import OpenChoice, SaveChoice
from gui.main_window import MainWindow
from gui.run import Run
from gui.text_input import DocumentLineEdit
from gui.windows import Windows
from model import file_lock, storage
from model.cells import CellId
from tests.gui.children import Start, expect, tell
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    copy_of_sample,
    cover,
    document,
    editor,
    press,
    trigger,
    type_text,
    workspace,
)

RECEIVED = CellId("requests", "received", "natural_person")


def type_number(window: MainWindow, text: str) -> None:
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    type_text(text)
    press(Qt.Key.Key_Return)


def read_only(window: MainWindow, answers: Answers, start: Start, folder: Path) -> Path:
    path = copy_of_sample(folder)
    start(path)
    answers.give("ask_open_elsewhere", OpenChoice.READ_ONLY)
    assert window.open_path(path)
    return path


def change_outside(path: Path, number: int) -> None:
    """Save other numbers as somebody else does."""
    report = storage.load(path)
    storage.save(replace(report, inputs={**report.inputs, RECEIVED: number}), path, None)


# ---------------------------------------------------------------- open elsewhere


def test_a_report_open_in_another_process_says_who_where_and_since_when(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    start_child(path)
    answers.give("ask_open_elsewhere", OpenChoice.CANCEL)
    assert not window.open_path(path)
    said = answers.said("ask_open_elsewhere")
    holder = file_lock.holder_of(path)
    assert holder is not None
    assert holder.who in said
    assert "本机" in said
    assert "起" in said


def test_a_report_only_to_be_read_refuses_typing_in_words_and_stays_as_it_is(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    read_only(window, answers, start_child, tmp_path)
    before = document(window).report
    type_number(window, "70")
    QGuiApplication.clipboard().setText("1\t2\n3\t4")
    trigger(window, "paste")
    press(Qt.Key.Key_Delete)
    trigger(window, "fill_zero")
    workspace(window).go_to("unit")
    workspace(window).focus_page()
    type_text("abc")
    assert not any(choice.isEnabled() for choice in cover(window).findChildren(QComboBox))
    workspace(window).go_to("overview")
    workspace(window).focus_page()
    type_text("abc")
    assert editor(window, "overview").toPlainText() == before.texts["overview"]
    assert document(window).report is before
    assert not window.isWindowModified()
    assert window.close()


def test_why_nothing_can_be_typed_is_said(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    read_only(window, answers, start_child, tmp_path)
    assert "（只读）" in window.windowTitle()
    assert "只读方式打开" in window.file_notices.bar.text
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    press(Qt.Key.Key_7)
    assert "只读" in window.status.message


def test_saving_elsewhere_makes_a_report_editable_again(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    path = read_only(window, answers, start_child, tmp_path)
    before = path.read_bytes()
    workspace(window).go_to("unit")
    answers.give("ask_report_to_save", tmp_path / "我的.xxgk")
    press(Qt.Key.Key_S, CONTROL)
    assert not document(window).is_read_only
    assert not cover(window).findChildren(DocumentLineEdit)[0].isReadOnly()
    type_number(window, "70")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(tmp_path / "我的.xxgk").inputs[RECEIVED] == 70
    assert path.read_bytes() == before


def test_a_copy_of_a_report_open_elsewhere_is_untitled(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    start_child(path)
    answers.give("ask_open_elsewhere", OpenChoice.COPY)
    assert window.open_path(path)
    assert document(window).path is None
    assert not document(window).is_read_only


def test_the_lock_of_a_killed_program_shuts_nobody_out(
    window: MainWindow, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    child = start_child(path)
    child.kill()
    child.wait()
    assert window.open_path(path)
    assert not document(window).is_read_only
    type_number(window, "70")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70


def test_closing_the_report_lets_the_other_in(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    child = start_child(path)
    tell(child, "close")
    expect(child, "ended")
    assert window.open_path(path)
    trigger(window, "close")
    assert file_lock.holder_of(path) is None


# ---------------------------------------------------------------- taken over


def test_who_was_taken_over_learns_it_and_saves_elsewhere(
    window: MainWindow, run: Run, answers: Answers, qtbot: QtBot, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    holder = file_lock.holder_of(path)
    assert holder is not None
    other = file_lock.take_over(path, holder)
    run.heartbeat.beat()
    qtbot.waitUntil(lambda: "接管" in window.file_notices.bar.text)
    before = path.read_bytes()
    answers.give("ask_taken_over", SaveChoice.SAVE_AS)
    answers.give("ask_report_to_save", tmp_path / "另存.xxgk")
    press(Qt.Key.Key_S, CONTROL)
    assert path.read_bytes() == before
    assert storage.load(tmp_path / "另存.xxgk").inputs[RECEIVED] == 70
    assert not window.isWindowModified()
    other.release()


def test_a_taken_over_report_can_be_taken_back_on_saving(
    window: MainWindow, run: Run, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    holder = file_lock.holder_of(path)
    assert holder is not None
    file_lock.take_over(path, holder)
    run.heartbeat.beat()
    qtbot.waitUntil(lambda: "接管" in window.file_notices.bar.text)
    answers.give("ask_taken_over", SaveChoice.OVERWRITE)
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70


def test_taking_over_opens_for_editing(
    window: MainWindow, answers: Answers, start_child: Start, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    start_child(path)
    answers.give("ask_open_elsewhere", OpenChoice.TAKE_OVER)
    assert window.open_path(path)
    type_number(window, "70")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70


# ---------------------------------------------------------------- changed meanwhile


def test_a_file_changed_meanwhile_is_compared_before_it_is_overwritten(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    change_outside(path, 55)
    answers.give("ask_overwrite", SaveChoice.COMPARE, SaveChoice.CANCEL)
    answers.give("show_differences", None)
    press(Qt.Key.Key_S, CONTROL)
    differences = answers.shown[-2][1][3]
    assert [(item.old, item.new) for item in differences.items] == [(55, 70)]  # type: ignore[attr-defined]
    assert storage.load(path).inputs[RECEIVED] == 55
    assert window.isWindowModified()


def test_overwriting_keeps_the_other_s_version_among_the_backups(
    window: MainWindow, run: Run, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    change_outside(path, 55)
    theirs = path.read_bytes()
    answers.give("ask_overwrite", SaveChoice.OVERWRITE)
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70
    assert theirs in [file.read_bytes() for file in run.folders.backups.rglob("*.xxgk")]


def test_instead_of_overwriting_one_saves_elsewhere(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    change_outside(path, 55)
    answers.give("ask_overwrite", SaveChoice.SAVE_AS)
    answers.give("ask_report_to_save", tmp_path / "另存.xxgk")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 55
    assert storage.load(tmp_path / "另存.xxgk").inputs[RECEIVED] == 70


def test_a_file_deleted_meanwhile_is_put_back_where_it_was(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    path.unlink()
    answers.give("ask_overwrite", SaveChoice.OVERWRITE)
    press(Qt.Key.Key_S, CONTROL)
    assert "删除" in answers.said("ask_overwrite")
    assert storage.load(path).inputs[RECEIVED] == 70


def test_a_change_on_the_disk_is_told_before_anything_is_saved(
    window: MainWindow, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    change_outside(path, 55)
    run.heartbeat.beat()
    qtbot.waitUntil(lambda: "刚被别人" in window.file_notices.bar.text)


def test_opening_the_open_file_again_shows_what_somebody_else_wrote(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    same = document(window)
    assert window.open_path(path)
    assert document(window) is same
    change_outside(path, 55)
    assert window.open_path(path)
    assert document(window).report.inputs[RECEIVED] == 55
    type_number(window, "70")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 70
    assert answers.shown == []


def test_an_unsaved_edit_is_asked_about_before_the_file_is_read_again(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    change_outside(path, 55)
    answers.give("ask_save_changes", LeaveChoice.CANCEL)
    assert not window.open_path(path)
    assert document(window).report.inputs[RECEIVED] == 70


# ---------------------------------------------------------------- several windows


def test_a_file_open_in_another_window_is_shown_there(run: Run, dressed: object, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    windows = Windows(run)
    first = windows.open(path)
    second = windows.open(None)
    assert not second.open_path(path)
    assert second.files.document is None
    assert windows.show_existing(path)
    for window in (first, second):
        window.close()


def test_a_folder_that_cannot_be_written_is_worked_in_without_a_lock_and_that_is_said(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of_sample(tmp_path)

    def refuse(place: Path, content: bytes) -> bool:
        raise PermissionError(13, "refused", str(place))

    monkeypatch.setattr(file_lock, "_create", refuse)
    assert window.open_path(path)
    assert "没有加上“正在编辑”的标记" in window.status.message
    assert not document(window).is_read_only
