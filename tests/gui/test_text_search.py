"""Find and replace in the texts, by keys alone: from page to page, in one step, refused where it must be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui import find_bar
from gui.final_dialog import Signature
from gui.find_bar import FindBar
from gui.main_window import MainWindow
from gui.narrative import SectionEditor
from gui.shortcuts_text import shortcuts_html
from gui.style import LIGHT
from gui.text_bar import TextBar
from gui.text_input import DocumentLineEdit
from model.cells import CellId
from model.report import Address, Part
from tests.gui.conftest import Answers
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
    workspace,
)

Key = Qt.Key
_TEXTS = {
    "introduction": "按要求编制2021年报告。",
    "overview": "2021年公开信息。\n𠀀2021年受理申请。",
    "problems": "存在的问题。2021年不足，2021年改进。",
    "other": "",
}


@pytest.fixture
def report(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with last year's words: five times 2021年, on the pages of two texts."""
    assert window.open_path(copy_of_sample(tmp_path))
    held = document(window)
    held.apply("写", {Address(Part.TEXT, section): text for section, text in _TEXTS.items()})
    held.mark_saved(tmp_path / "政府 信息公开" / "南湖新区 2021.xxgk")
    go_to(window, "problems")
    return window


def enter(text: str) -> None:
    """Write with an input method, as Chinese is written."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def go_to(window: MainWindow, step: str) -> None:
    workspace(window).go_to(step)
    workspace(window).focus_page()
    QTest.qWait(1)


def bar(window: MainWindow) -> TextBar:
    return workspace(window).findChildren(TextBar)[0]


def texts(window: MainWindow) -> dict[str, str]:
    held = document(window).report.texts
    return {section: held.get(section, "") for section in _TEXTS}


def shown(window: MainWindow) -> tuple[str, int, str]:
    """Return which words are selected: of which section, from which character on."""
    found = [e for e in workspace(window).findChildren(SectionEditor) if e.textCursor().hasSelection()]
    page = [e for e in found if e.isVisible()]
    assert len(page) == 1
    return page[0].section, *page[0].selected_words()


def replace_by_keys(window: MainWindow, wanted: str, by: str) -> None:
    press(Key.Key_H, CONTROL)
    enter(wanted)
    press(Key.Key_Tab)
    assert focused() is bar(window).by
    bar(window).by.selectAll()
    enter(by)


def press_all(window: MainWindow) -> None:
    """Press 全部替换 with its letter."""
    button = next(b for b in bar(window).findChildren(QPushButton) if b.text().startswith("全部替换"))
    for _ in range(5):
        if focused() is button:
            break
        press(Key.Key_Tab)
    assert focused() is button
    press(Key.Key_Return)


# ---------------------------------------------------------------- find


def test_find_goes_from_text_to_text_and_round(report: MainWindow) -> None:
    press(Key.Key_F, CONTROL)
    assert focused() is bar(report).field
    assert not bar(report).by.isVisible()
    enter("2021年")
    assert shown(report) == ("problems", 6, "2021年")
    assert bar(report).result.text() == "4/5"
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert workspace(report).current == "overview"
    assert bar(report).result.text() == "1/5"
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert editor(report, "overview").selected_words() == (12, "2021年")
    press(Key.Key_Return, SHIFT)
    assert editor(report, "overview").selected_words() == (0, "2021年")
    assert focused() is bar(report).field


def test_esc_gives_the_focus_to_what_was_found(report: MainWindow) -> None:
    press(Key.Key_F, CONTROL)
    enter("编制")
    press(Key.Key_Escape)
    assert not bar(report).isVisible()
    assert focused() is editor(report, "introduction")
    assert editor(report, "introduction").textCursor().selectedText() == "编制"


def test_esc_without_a_find_leaves_one_where_one_was(report: MainWindow) -> None:
    before = focused()
    press(Key.Key_F, CONTROL)
    enter("查无此词")
    assert bar(report).result.text() == "没有找到"
    press(Key.Key_Escape)
    assert focused() is before
    assert workspace(report).current == "problems"


def test_what_became_of_a_search_is_said_too(report: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(find_bar, "announce", lambda _widget, text: said.append(text))
    press(Key.Key_F, CONTROL)
    enter("2021年")
    press(Key.Key_Return)
    bar(report).field.clear()
    enter("查无此词")
    assert said == ["4/5", "5/5", "没有找到"]


def test_find_begins_at_the_cursor_and_takes_what_is_selected(report: MainWindow) -> None:
    editor(report, "problems").show_words(14, "2021年")
    press(Key.Key_F, CONTROL)
    assert bar(report).field.text() == "2021年"
    assert bar(report).result.text() == "5/5"
    assert shown(report) == ("problems", 14, "2021年")


def test_find_is_literal_and_minds_case(report: MainWindow) -> None:
    document(report).set_text("other", "PDF文件")
    press(Key.Key_F, CONTROL)
    enter("pdf")
    assert bar(report).result.text() == "没有找到"
    bar(report).field.setText("２０２１年")
    assert bar(report).result.text() == "没有找到"
    bar(report).field.setText("PDF")
    assert bar(report).result.text() == "1/1"


def test_find_leads_to_the_units_name(report: MainWindow) -> None:
    press(Key.Key_F, CONTROL)
    enter("南湖新区")
    assert workspace(report).current == "unit"
    name = cover(report).findChild(DocumentLineEdit)
    assert name.selectedText() == "南湖新区"
    press(Key.Key_Escape)
    assert focused() is name
    assert name.selectedText() == "南湖新区"


def test_find_on_a_table_is_that_of_the_table(report: MainWindow) -> None:
    press(Key.Key_F, CONTROL)
    go_to(report, "requests")
    press(Key.Key_F, CONTROL)
    assert not bar(report).isVisible()
    found = workspace(report).findChildren(FindBar)
    assert [one.isVisible() for one in found] == [True]


# ---------------------------------------------------------------- replace


def test_everything_is_replaced_in_one_step_and_said(report: MainWindow) -> None:
    replace_by_keys(report, "2021年", "2022年")
    before, inputs = texts(report), document(report).report.inputs
    press_all(report)
    assert texts(report) == {section: text.replace("2021年", "2022年") for section, text in _TEXTS.items()}
    assert report.status.message == "替换 5 处：引言 1，一、总体情况 2，五、问题与改进 2。可以撤销。"
    assert editor(report, "problems").plain_text() == texts(report)["problems"]
    assert document(report).report.inputs == inputs
    assert document(report).undo_label == "全部替换"
    press(Key.Key_Z, CONTROL)
    assert texts(report) == before
    assert editor(report, "problems").plain_text() == before["problems"]
    assert not document(report).is_modified


def test_undo_from_a_field_of_the_bar_is_that_of_the_report(report: MainWindow) -> None:
    replace_by_keys(report, "2021年", "2022年")
    press_all(report)
    bar(report).field.setFocus()
    press(Key.Key_Z, CONTROL)
    assert texts(report) == _TEXTS
    assert bar(report).field.text() == "2021年"
    assert bar(report).result.text() == "共 5 处"


def test_replacing_one_by_one_goes_on_to_the_next(report: MainWindow) -> None:
    replace_by_keys(report, "2021年", "2022")
    press(Key.Key_Return)
    assert texts(report)["problems"] == "存在的问题。2022不足，2021年改进。"
    assert shown(report) == ("problems", 13, "2021年")
    assert bar(report).result.text() == "4/4"
    for _ in range(4):
        press(Key.Key_Return)
    assert not any("2021年" in text for text in texts(report).values())
    assert bar(report).result.text() == "都已替换"
    assert document(report).undo_label == "替换"
    press(Key.Key_Return)
    assert report.status.message == "没有找到“2021年”，没有替换。"
    press(Key.Key_Escape)
    assert isinstance(focused(), SectionEditor)


def test_a_replacement_that_holds_what_is_looked_for_is_not_found_again_at_once(report: MainWindow) -> None:
    replace_by_keys(report, "2021年", "2021年度2021年")
    press(Key.Key_Return)
    assert texts(report)["problems"] == "存在的问题。2021年度2021年不足，2021年改进。"
    assert shown(report) == ("problems", 20, "2021年")


def test_every_step_of_replacing_is_undone_apart_from_typing_before(report: MainWindow) -> None:
    enter("x")
    replace_by_keys(report, "改进", "")
    press(Key.Key_Return)
    assert "改进" not in texts(report)["problems"]
    press(Key.Key_Z, CONTROL)
    assert "改进" in texts(report)["problems"]
    assert "x" in texts(report)["problems"]


def test_the_units_name_is_replaced_too(report: MainWindow) -> None:
    document(report).set_text("other", "岳阳市南湖新区")
    go_to(report, "unit")
    replace_by_keys(report, "南湖新区", "某新区")
    press_all(report)
    assert report.status.message == "替换 2 处：机关名称 1，六、其他事项 1。可以撤销。"
    assert "某新区" in document(report).report.unit_name
    assert document(report).report.unit_name == cover(report).findChild(DocumentLineEdit).text()


@pytest.mark.parametrize(
    ("wanted", "by", "said"),
    [
        ("", "2022年", ""),
        ("查无此词", "2022年", "没有找到“查无此词”，没有替换。"),
        ("2021年", "2021年", "查找的和替换成的一样，没有改动。"),
    ],
)
def test_where_there_is_nothing_to_replace_nothing_changes(
    report: MainWindow, wanted: str, by: str, said: str
) -> None:
    replace_by_keys(report, wanted, by)
    for act in (lambda: press(Key.Key_Return), lambda: press_all(report)):
        report.status.outdate_message()
        act()
        assert report.status.message == said
    assert texts(report) == _TEXTS
    assert not document(report).is_modified


def test_on_a_table_the_bar_leads_to_the_texts_and_says_so(report: MainWindow) -> None:
    go_to(report, "requests")
    press(Key.Key_H, CONTROL)
    assert report.status.message == "替换只用于文字；表里的数不替换。"
    assert workspace(report).current == "requests"
    enter("2021年")
    assert shown(report) == ("problems", 6, "2021年")
    assert focused() is bar(report).field


def test_a_number_that_is_being_typed_is_kept(report: MainWindow) -> None:
    go_to(report, "requests")
    cell = CellId("requests", "received", "natural_person")
    press(Key.Key_7)
    press(Key.Key_H, CONTROL)
    assert focused() is bar(report).field
    assert document(report).report.inputs[cell] == 7


def test_a_report_that_is_only_to_be_read_is_searched_and_not_changed(report: MainWindow) -> None:
    press(Key.Key_H, CONTROL)
    enter("2021年")
    document(report).is_read_only = True
    press(Key.Key_Tab)
    press(Key.Key_Return)
    refusal = "这份年报是只读打开的，不能替换。"
    assert report.status.message == refusal
    press(Key.Key_Escape)
    report.status.outdate_message()
    press(Key.Key_H, CONTROL)
    assert report.status.message == refusal
    assert not bar(report).isVisible()
    press(Key.Key_F, CONTROL)
    assert bar(report).isVisible()
    assert texts(report) == _TEXTS


def test_replacing_in_a_final_report_is_asked_about_as_any_change(
    report: MainWindow, answers: Answers
) -> None:
    answers.give("ask_final", Signature("张三", "原公开文本如此", is_printed=False))
    trigger(report, "finalise")
    before = document(report).report
    answers.give("ask_correction", False)
    go_to(report, "problems")
    replace_by_keys(report, "2021年", "2022年")
    press_all(report)
    QTest.qWait(20)
    assert answers.times("ask_correction") == 1
    assert document(report).report == before


def test_the_bar_goes_with_its_report(report: MainWindow, tmp_path: Path) -> None:
    press(Key.Key_H, CONTROL)
    report.close_report()
    QApplication.sendPostedEvents()
    assert not report.findChildren(TextBar) or not any(
        one.isVisible() for one in report.findChildren(TextBar)
    )
    assert not report.actions_["replace"].isEnabled()


def test_the_keys_are_in_the_list_of_keys() -> None:
    listed = shortcuts_html("替换", LIGHT)
    assert "Ctrl+H" in listed
