"""Writing the texts and the cover data: one history for all, in steps that a person would expect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from gui import text_input
from gui.main_window import MainWindow
from gui.narrative import SectionEditor
from model.cells import CellId
from tests.gui.window_driver import (
    CONTROL,
    SHIFT,
    copy_of_sample,
    cover,
    document,
    editor,
    focused,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key


def write(window: MainWindow, step: str = "problems") -> SectionEditor:
    """Begin a report and go to one of its texts."""
    if window.files.document is None:
        trigger(window, "new")
    workspace(window).go_to(step)
    workspace(window).focus_page()
    return editor(window, step)


def text(window: MainWindow, section: str = "problems") -> str:
    return document(window).report.texts.get(section, "")


def test_what_is_typed_is_in_the_report_at_once(window: MainWindow) -> None:
    write(window)
    type_text("abc")
    assert text(window) == "abc"


@pytest.mark.parametrize(("key", "is_left"), [(Key.Key_E, True), (Key.Key_Z, True), (Key.Key_C, False)])
def test_a_field_leaves_export_to_the_window_where_the_system_has_other_uses_for_its_keys(
    key: Qt.Key, is_left: bool
) -> None:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL)
    assert text_input.is_window_key(asked) == is_left


def test_undo_takes_back_a_run_of_typing_and_redo_brings_it_again(window: MainWindow) -> None:
    field = write(window)
    type_text("abc")
    press(Key.Key_Z, CONTROL)
    assert (text(window), field.plain_text()) == ("", "")
    press(Key.Key_Y, CONTROL)
    assert (text(window), field.plain_text()) == ("abc", "abc")
    press(Key.Key_Z, CONTROL)
    press(Key.Key_Z, CONTROL | SHIFT)
    assert text(window) == "abc"


def test_a_new_line_ends_a_step(window: MainWindow) -> None:
    write(window)
    type_text("ab\ncd")
    press(Key.Key_Z, CONTROL)
    assert text(window) == "ab\n"
    press(Key.Key_Z, CONTROL)
    assert text(window) == ""


def test_a_rest_ends_a_step(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_input, "PAUSE", 20)
    write(window)
    type_text("ab")
    qtbot.wait(120)
    type_text("cd")
    press(Key.Key_Z, CONTROL)
    assert text(window) == "ab"


def test_replacing_a_selection_is_a_step_of_its_own(window: MainWindow) -> None:
    write(window)
    type_text("abc")
    press(Key.Key_A, CONTROL)
    type_text("x")
    type_text("yz")
    press(Key.Key_Z, CONTROL)
    assert text(window) == "x"
    press(Key.Key_Z, CONTROL)
    assert text(window) == "abc"


def test_leaving_a_text_ends_a_step(window: MainWindow) -> None:
    write(window)
    type_text("ab")
    write(window, "other")
    write(window)
    editor(window, "problems").moveCursor(QTextCursor.MoveOperation.End)
    type_text("cd")
    press(Key.Key_Z, CONTROL)
    assert text(window) == "ab"


def test_undo_goes_to_the_place_that_it_changes(window: MainWindow) -> None:
    write(window)
    type_text("problems")
    workspace(window).go_to("requests")
    workspace(window).focus_page()
    type_text("5")
    press(Key.Key_Return)
    write(window, "other")
    press(Key.Key_Z, CONTROL)
    assert workspace(window).current == "requests"
    assert document(window).report.inputs == {}
    press(Key.Key_Z, CONTROL)
    assert workspace(window).current == "problems"
    assert focused() is editor(window, "problems")
    press(Key.Key_Z, CONTROL)
    assert not document(window).is_modified


def test_undo_in_a_long_text_shows_the_changed_line(window: MainWindow) -> None:
    field = write(window)
    document(window).set_text("problems", "\n".join(f"line {n}" for n in range(300)))
    field.moveCursor(QTextCursor.MoveOperation.End)
    type_text("!")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    press(Key.Key_Z, CONTROL)
    assert field.textCursor().blockNumber() == 299
    assert field.viewport().rect().intersects(field.cursorRect())


def test_an_undo_elsewhere_leaves_the_cursor_where_it_is(window: MainWindow) -> None:
    field = write(window)
    type_text("abc\ndef")
    press(Key.Key_Home)
    document(window).set_cells("录入", {CellId("requests", "received", "other"): 3})
    assert field.textCursor().position() == 4


def test_undo_works_while_nothing_can_be_undone(window: MainWindow) -> None:
    write(window)
    press(Key.Key_Z, CONTROL)
    press(Key.Key_Y, CONTROL)
    assert text(window) == ""


def test_an_input_method_s_first_character_arrives_whole(window: MainWindow) -> None:
    field = write(window)
    for composed in ("x", "xin", "xinxi"):
        QApplication.sendEvent(field, QInputMethodEvent(composed, []))
        assert text(window) == ""
    done = QInputMethodEvent()
    done.setCommitString("信息")
    QApplication.sendEvent(field, done)
    assert text(window) == "信息"
    press(Key.Key_Z, CONTROL)
    assert text(window) == ""


def test_characters_outside_the_first_plane_stay_whole(window: MainWindow) -> None:
    field = write(window)
    document(window).set_text("problems", "𠮷林省😀长春")
    document(window).set_text("problems", "𠮷林省长春市")
    assert field.plain_text() == "𠮷林省长春市"
    field.moveCursor(QTextCursor.MoveOperation.Start)
    press(Key.Key_Delete)
    assert text(window) == "林省长春市"


def test_a_paste_is_plain_text_and_one_step(window: MainWindow) -> None:
    field = write(window)
    type_text("ab")
    data = QMimeData()
    data.setHtml("<b>粗</b><table><tr><td>1</td></tr></table>")
    data.setText("粗\r\n1")
    QApplication.clipboard().setMimeData(data)
    press(Key.Key_V, CONTROL)
    assert text(window) == "ab粗\n1"
    press(Key.Key_Z, CONTROL)
    assert text(window) == "ab"
    assert field.plain_text() == "ab"


def test_text_is_taken_literally(window: MainWindow) -> None:
    write(window)
    type_text("<b>&amp;=1+1")
    assert text(window) == "<b>&amp;=1+1"


def test_a_file_dragged_over_a_text_is_left_to_the_window(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "年报.xxgk"))])
    assert not write(window).canInsertFromMimeData(data)


def test_looking_at_odd_line_ends_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    trigger(window, "new")
    document(window).set_text("problems", "a\r\nb\rc\u2028d\u00a0e\tf")
    before = document(window).report
    field = write(window)
    field.setFocus()
    press(Key.Key_Right)
    assert document(window).report is before
    press(Key.Key_End, CONTROL)
    type_text("!")
    assert text(window) == "a\nb\nc\u2028d\u00a0e\tf!"


def test_the_count_leaves_out_white_space(window: MainWindow) -> None:
    write(window)
    type_text("a b\n c")
    labels = [label.text() for label in workspace(window).findChildren(QLabel)]
    assert "3 字" in labels


def test_the_introduction_is_written_on_the_page_of_the_first_section(window: MainWindow) -> None:
    write(window, "overview")
    editor(window, "introduction").setFocus()
    type_text("intro")
    assert text(window, "introduction") == "intro"


def test_a_field_s_own_menu_has_no_history_of_its_own(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = write(window)
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton)
    menu = text_input.without_history(field.createStandardContextMenu())
    texts = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert texts == ["剪切(&T)", "复制(&C)", "粘贴(&P)", "删除", "全选"]


# ---------------------------------------------------------------- cover data


def fields(window: MainWindow) -> tuple[QLineEdit, QComboBox, QComboBox]:
    trigger(window, "new")
    page = cover(window)
    name = page.findChild(QLineEdit)
    level, year = page.findChildren(QComboBox)
    return name, level, year


def test_cover_data_go_into_the_report(window: MainWindow) -> None:
    _, level, year = fields(window)
    type_text("unit")
    level.setFocus()
    press(Key.Key_Down)
    year.setFocus()
    report = document(window).report
    assert (report.unit_name, report.unit_level, report.year) == (
        "unit",
        document(window).form.levels[0],
        2021,
    )


def test_undo_in_the_name_is_the_report_s_own(window: MainWindow) -> None:
    name, _, _ = fields(window)
    type_text("unit")
    press(Key.Key_Z, CONTROL)
    assert (name.text(), document(window).report.unit_name) == ("", "")
    press(Key.Key_Y, CONTROL)
    assert name.text() == "unit"


def test_undo_of_a_choice_shows_the_former_one(window: MainWindow) -> None:
    _, level, _ = fields(window)
    level.setFocus()
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert level.currentText() == document(window).form.levels[1]
    press(Key.Key_Z, CONTROL)
    assert level.currentText() == document(window).form.levels[0]
    press(Key.Key_Z, CONTROL)
    assert level.currentIndex() == -1


def test_a_year_outside_the_list_is_shown_as_it_is(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"year": 2021', '"year": 2035'), encoding="utf-8"
    )
    window = make_window()
    assert window.open_path(path)
    workspace(window).go_to("unit")
    assert cover(window).findChildren(QComboBox)[1].currentText() == "2035 年"
    assert not document(window).is_modified


def test_the_wheel_changes_no_choice(window: MainWindow, qtbot: QtBot) -> None:
    _, level, _ = fields(window)
    level.setFocus()
    place = QPointF(10, 10)
    event = QWheelEvent(
        place, level.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(level, event)
    assert level.currentIndex() == -1
