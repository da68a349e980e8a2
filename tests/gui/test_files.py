"""A report and its file in the window: new, open, save, close, recent, dragged in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from gui.dialogs import SaveChoice
from gui.file_dialogs import DamageChoice
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.settings import Settings
from model import storage
from model.cells import CellId
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    SAMPLE,
    copy_of_sample,
    document,
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


def test_the_start_page_offers_a_new_report_first(window: MainWindow) -> None:
    buttons = window.start_page().findChildren(QPushButton)
    assert [button.text() for button in buttons] == [
        "新建 2021 年年报",
        "由上年文件新建…",
        "打开年报文件…",
        "看一份示例",
    ]
    press(Qt.Key.Key_Space)
    assert document(window).report.year == 2021
    assert document(window).path is None


def test_a_new_report_begins_at_the_cover_data(window: MainWindow) -> None:
    trigger(window, "new")
    assert workspace(window).current == "unit"
    type_text("abc")
    assert document(window).report.unit_name == "abc"


def test_the_sample_opens_as_an_untitled_copy(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    QTest.mouseClick(window.start_page().findChildren(QPushButton)[3], Qt.MouseButton.LeftButton)
    before = SAMPLE.read_bytes()
    assert document(window).path is None
    assert document(window).report.unit_name
    answers.give("ask_report_to_save", tmp_path / "我的.xxgk")
    press(Qt.Key.Key_S, CONTROL)
    assert document(window).path == tmp_path / "我的.xxgk"
    assert SAMPLE.read_bytes() == before


def test_what_is_typed_is_there_again_after_saving_and_reopening(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window = make_window()
    assert window.open_path(path)
    type_number(window, "70")
    assert window.isWindowModified()
    press(Qt.Key.Key_S, CONTROL)
    assert not window.isWindowModified()
    report = document(window).report
    trigger(window, "close")
    other = make_window()
    assert other.open_path(path)
    assert document(other).report.inputs[RECEIVED] == 70
    assert document(other).report == report


def test_a_number_still_being_typed_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    workspace(window).focus_page()
    type_text("71")
    press(Qt.Key.Key_S, CONTROL)
    assert storage.load(path).inputs[RECEIVED] == 71
    type_text("72")
    press(Qt.Key.Key_Return)
    assert document(window).report.inputs[RECEIVED] == 72


def test_a_number_still_being_typed_is_asked_about_on_closing(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    workspace(window).focus_page()
    type_text("71")
    answers.give("ask_save_changes", SaveChoice.CANCEL)
    assert not window.close()
    assert answers.times("ask_save_changes") == 1


def test_saving_keeps_the_former_version_in_the_data_folder(
    window: MainWindow, folders: Folders, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    before = path.read_bytes()
    window.open_path(path)
    type_number(window, "70")
    trigger(window, "save")
    assert before in [file.read_bytes() for file in folders.backups.rglob("*") if file.is_file()]


def test_the_title_names_the_report_and_marks_changes(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    assert window.windowTitle() == "南湖新区 2021[*] - 政府信息公开年报编制工具"
    assert not window.isWindowModified()
    type_number(window, "70")
    assert window.isWindowModified()
    press(Qt.Key.Key_Z, CONTROL)
    assert not window.isWindowModified()


def test_closing_asks_nothing_where_nothing_changed(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    for step in ("unit", "overview", "disclosure", "requests", "review", "problems", "other"):
        workspace(window).go_to(step)
    assert window.close()


def test_closing_after_an_edit_taken_back_asks_nothing(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    type_number(window, "70")
    press(Qt.Key.Key_Z, CONTROL)
    assert window.close()


def test_closing_with_changes_can_be_called_off(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    type_number(window, "70")
    answers.give("ask_save_changes", SaveChoice.CANCEL)
    assert not window.close()
    assert window.isVisible()
    assert document(window).report.inputs[RECEIVED] == 70


def test_closing_with_changes_can_save_them(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    answers.give("ask_save_changes", SaveChoice.SAVE)
    assert window.close()
    assert storage.load(path).inputs[RECEIVED] == 70


def test_closing_with_changes_can_drop_them(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    before = path.read_bytes()
    window.open_path(path)
    type_number(window, "70")
    answers.give("ask_save_changes", SaveChoice.DISCARD)
    assert window.close()
    assert path.read_bytes() == before


def test_a_save_that_fails_does_not_close_the_window(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    type_number(window, "70")
    path.unlink()
    path.mkdir()
    answers.give("ask_save_changes", SaveChoice.SAVE)
    answers.give("show_error", None)
    assert not window.close()
    assert "这是一个文件夹" in answers.said("show_error")
    assert document(window).is_modified


def test_closing_the_report_leads_back_to_the_start_page(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(copy_of_sample(tmp_path))
    press(Qt.Key.Key_W, CONTROL)
    assert window.files.document is None
    assert window.start_page().isVisible()
    assert not window.actions_["save"].isEnabled()
    assert window.windowTitle() == "政府信息公开年报编制工具"


DAMAGED = {
    "cut off": SAMPLE.read_bytes()[:700],
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "foreign": b'{"a": 1}',
    "newer": json.dumps({"format": "xxgk", "version": 99, "form": "2021"}).encode(),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_refused_in_words_and_loses_nothing(
    window: MainWindow, answers: Answers, tmp_path: Path, content: bytes
) -> None:
    window.open_path(copy_of_sample(tmp_path))
    report = document(window).report
    damaged = tmp_path / "坏了.xxgk"
    damaged.write_bytes(content)
    answers.give("show_error", None)
    answers.give("ask_damaged", DamageChoice.CANCEL)
    assert not window.open_path(damaged)
    assert "坏了.xxgk" in answers.said(answers.shown[-1][0])
    assert document(window).report is report
    assert damaged.read_bytes() == content


def test_recent_files_are_offered_the_latest_first(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    paths = [tmp_path / f"年报{number}.xxgk" for number in range(3)]
    for path in paths:
        path.write_bytes(SAMPLE.read_bytes())
        window.open_path(path)
    texts = [action.text() for action in window.actions_.recent_menu.actions()]
    assert texts == ["&1 年报2", "&2 年报1", "&3 年报0"]
    other = make_window()
    recent = other.start_page().findChild(QListWidget)
    recent.setFocus()
    recent.setCurrentRow(1)
    press(Qt.Key.Key_Return)
    assert document(other).path == paths[1]


def test_a_recent_file_that_is_gone_is_forgotten(
    window: MainWindow, answers: Answers, settings: Settings, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    window.open_path(path)
    trigger(window, "close")
    path.unlink()
    answers.give("show_error", None)
    window.actions_.recent_menu.actions()[0].trigger()
    assert "找不到文件" in answers.said("show_error")
    assert settings.recent_files == ()


def drop(window: MainWindow, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(400, 300), action, data, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(400, 300), action, data, button, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)
    return enter.isAccepted()


def test_a_file_dragged_in_is_opened(window: MainWindow, tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    assert drop(window, path)
    assert document(window).path == path


def test_a_file_dragged_in_asks_about_changes_first(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    trigger(window, "new")
    type_text("a")
    answers.give("ask_save_changes", SaveChoice.CANCEL)
    assert drop(window, copy_of_sample(tmp_path))
    assert document(window).path is None


def test_a_save_suggests_a_name_from_unit_and_year(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.files.open_sample()
    answers.give("ask_report_to_save", None)
    trigger(window, "save")
    suggestion = answers.shown[-1][1][1]
    assert isinstance(suggestion, Path)
    assert suggestion.name == f"{document(window).report.title(document(window).form)}.xxgk"


def test_saving_elsewhere_makes_that_the_report_s_file(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    first = copy_of_sample(tmp_path)
    window.open_path(first)
    before = first.read_bytes()
    type_number(window, "70")
    answers.give("ask_report_to_save", tmp_path / "另存.xxgk")
    press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert document(window).path == tmp_path / "另存.xxgk"
    assert first.read_bytes() == before
    assert storage.load(tmp_path / "另存.xxgk").inputs[RECEIVED] == 70


def test_the_program_s_own_sample_opens_as_a_copy_wherever_its_path_comes_from(
    window: MainWindow, settings: Settings
) -> None:
    assert window.open_path(SAMPLE)
    assert document(window).path is None
    assert settings.recent_files == ()
