"""Answering findings in the window: reasons, quick fixes, folded followers, what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gui.cell_states import Side
from gui.findings_drawer import ReasonEditor
from gui.findings_model import FOLLOWERS
from gui.main_window import MainWindow
from gui.missing_list import MissingList
from gui.status_line import verdict
from gui.table_page import TablePage
from model.cells import CellId
from model.report import Address, Part
from tests.gui.window_driver import (
    CONTROL,
    SHIFT,
    copy_of_sample,
    document,
    focused,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key
WRONG_LEVEL = "regulations_level"
MADE = CellId("disclosure", "regulations", "made")
RECEIVED = CellId("requests", "received", "natural_person")
REASON = "清理文件时废止了三件"


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


@pytest.fixture
def asking(sample: MainWindow) -> MainWindow:
    """Return a window whose report has one finding that asks for a reason."""
    document(sample).set_cells("录入", {MADE: 3, MADE._replace(column="in_force"): 3})
    return sample


def shown_codes(window: MainWindow) -> list[str]:
    model, view = window.findings.model, window.findings.view
    return [finding.code for row, finding in enumerate(model.findings) if not view.isRowHidden(row)]


def texts(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findings.findChildren(QLabel) if label.isVisible()]


def fix_buttons(window: MainWindow) -> list[QPushButton]:
    buttons = window.findings.drawer().findChildren(QPushButton)
    return [button for button in buttons if button.isVisible() and button.text() != "保存说明"]


def write_reason(window: MainWindow, text: str) -> None:
    trigger(window, "explain")
    assert isinstance(focused(), ReasonEditor)
    window.findings.drawer().reason.insertPlainText(text)
    press(Key.Key_Return)


# ---------------------------------------------------------------- 出错说明


def test_f7_leads_to_the_reason_of_the_first_finding_that_asks_for_one(asking: MainWindow) -> None:
    workspace(asking).focus_page()
    press(Key.Key_F7)
    assert isinstance(focused(), ReasonEditor)
    assert asking.findings.current.code == WRONG_LEVEL


def test_a_reason_is_kept_as_one_undo_step_and_counted(asking: MainWindow) -> None:
    write_reason(asking, REASON)
    assert [note.text for note in document(asking).report.notes] == [REASON]
    assert "核实 1（已说明 1）" in verdict(asking.findings.model.findings)
    assert focused() is asking.findings.view
    trigger(asking, "undo")
    assert document(asking).report.notes == ()
    assert "已说明" not in verdict(asking.findings.model.findings)
    trigger(asking, "redo")
    assert asking.findings.model.findings[asking.findings.model.row_of(asking.findings.current)].is_explained


@pytest.mark.parametrize("text", ["核实无误", "属实", "无"])
def test_a_reason_empty_of_content_is_refused_with_the_reason_why(asking: MainWindow, text: str) -> None:
    write_reason(asking, text)
    assert document(asking).report.notes == ()
    assert any("请写明原因" in shown for shown in texts(asking))
    assert isinstance(focused(), ReasonEditor)


def test_a_changed_value_opens_the_finding_again_with_the_former_text_to_edit(asking: MainWindow) -> None:
    write_reason(asking, REASON)
    document(asking).set_cells("录入", {MADE: 4})
    finding = asking.findings.current
    assert finding is not None
    assert not finding.is_explained
    assert asking.findings.drawer().reason.toPlainText() == REASON
    assert any("数字有变动" in shown for shown in texts(asking))
    trigger(asking, "explain")
    press(Key.Key_Return)
    assert asking.findings.current.is_explained


def test_an_emptied_reason_is_taken_away(asking: MainWindow) -> None:
    write_reason(asking, REASON)
    trigger(asking, "explain")
    asking.findings.drawer().reason.selectAll()
    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert document(asking).report.notes == ()


def test_esc_gives_a_reason_up(asking: MainWindow) -> None:
    trigger(asking, "explain")
    type_text("abc")
    press(Key.Key_Escape)
    assert document(asking).report.notes == ()
    assert asking.findings.drawer().reason.toPlainText() == ""
    assert focused() is asking.findings.view


def test_a_reason_on_its_way_is_neither_lost_by_saving_nor_by_another_finding(asking: MainWindow) -> None:
    trigger(asking, "explain")
    asking.findings.drawer().reason.insertPlainText("无")
    press(Key.Key_F4)
    assert asking.findings.current.code != WRONG_LEVEL
    press(Key.Key_F7)
    assert asking.findings.drawer().reason.toPlainText() == "无"
    asking.findings.drawer().reason.setPlainText(REASON)
    trigger(asking, "save")
    assert [note.text for note in document(asking).report.notes] == [REASON]
    assert not document(asking).is_modified


def test_shift_enter_breaks_the_line_of_a_reason(asking: MainWindow) -> None:
    trigger(asking, "explain")
    asking.findings.drawer().reason.insertPlainText(REASON)
    press(Key.Key_Return, SHIFT)
    assert document(asking).report.notes == ()
    assert "\n" in asking.findings.drawer().reason.toPlainText()


def test_only_findings_that_ask_for_one_offer_a_reason(sample: MainWindow) -> None:
    press(Key.Key_F4)
    assert not sample.findings.drawer().reason.isVisible()
    sample.findings.set_current(None)
    trigger(sample, "explain")
    assert "没有需要说明" in sample.status.message


# ---------------------------------------------------------------- quick fixes and followers


def test_a_printed_total_gives_way_to_the_computed_one_at_a_press(sample: MainWindow) -> None:
    press(Key.Key_F4)
    button = fix_buttons(sample)[1]
    assert button.text() == "采用计算的合计 68"
    button.click()
    assert "row_total.granted" not in shown_codes(sample)
    trigger(sample, "undo")
    assert "row_total.granted" in shown_codes(sample)


def test_what_follows_from_a_finding_is_folded_under_it(sample: MainWindow) -> None:
    document(sample).set_cells("录入", {RECEIVED: 70})
    codes = [finding.code for finding in sample.findings.model.findings]
    cause = codes.index("row_total.received")
    followers = sample.findings.model.index(cause).data(FOLLOWERS)
    assert followers >= 1
    assert codes[cause + 1] not in shown_codes(sample)
    sample.findings.set_current(sample.findings.model.findings[cause])
    press_in_list(sample, Key.Key_Right)
    assert codes[cause + 1] in shown_codes(sample)
    press_in_list(sample, Key.Key_Left)
    assert codes[cause + 1] not in shown_codes(sample)


def press_in_list(window: MainWindow, key: Key) -> None:
    window.findings.view.setFocus()
    press(key)


def test_the_drawer_says_how_many_follow_and_unfolds_them(sample: MainWindow) -> None:
    document(sample).set_cells("录入", {RECEIVED: 70})
    cause = next(f for f in sample.findings.model.findings if sample.findings.model.followers(f.code))
    sample.findings.set_current(cause)
    buttons = sample.findings.drawer().findChildren(QToolButton)
    (button,) = [one for one in buttons if one.isVisible()]
    assert "连带 1 条" in button.text()
    before = len(shown_codes(sample))
    button.click()
    assert len(shown_codes(sample)) > before


def test_f4_passes_over_what_is_folded(sample: MainWindow) -> None:
    document(sample).set_cells("录入", {RECEIVED: 70})
    seen = []
    for _ in sample.findings.model.findings:
        press(Key.Key_F4)
        seen.append(sample.findings.current)
    assert not any(finding.cause for finding in seen)


def test_without_a_sure_way_to_mend_nothing_is_changed(sample: MainWindow) -> None:
    before = document(sample).report
    trigger(sample, "mend")
    assert "F4" in sample.status.message
    sample.findings.set_current(sample.findings.model.findings[-1])
    trigger(sample, "mend")
    assert "没有唯一的改法" in sample.status.message
    assert document(sample).report is before


def test_a_fix_s_button_does_the_same_as_its_key(sample: MainWindow) -> None:
    press(Key.Key_F4)
    fix_buttons(sample)[0].click()
    assert document(sample).undo_label == "移到另一行"
    assert focused() is sample.findings.view


def test_a_report_that_is_only_to_be_read_takes_no_answers(sample: MainWindow) -> None:
    document(sample).is_read_only = True
    sample.edits.show_state()
    press(Key.Key_F4)
    assert fix_buttons(sample) == []
    assert not any(sample.actions_[name].isEnabled() for name in ("mend", "explain", "take_last_year"))
    assert sample.actions_["find"].isEnabled()
    assert sample.findings.drawer().reason.isReadOnly()


# ---------------------------------------------------------------- 还差什么


def test_f8_lists_what_is_missing_and_enter_goes_there(sample: MainWindow) -> None:
    workspace(sample).focus_page()
    press(Key.Key_F8)
    missing = sample.findChild(MissingList)
    assert missing.isVisible()
    shown = [missing.list.item(row).text() for row in range(missing.list.count())]
    assert "“四 复议诉讼”还没有填" in shown
    missing.list.setCurrentRow(shown.index("“四 复议诉讼”还没有填"))
    press(Key.Key_Return)
    assert not missing.isVisible()
    assert workspace(sample).current == "review"


def test_the_status_line_counts_what_is_missing(sample: MainWindow) -> None:
    def counted() -> str:
        buttons = sample.status.findChildren(QToolButton)
        return next(button.text() for button in buttons if button.text().startswith("还差"))

    before = counted()
    document(sample).apply("填写", {Address(Part.UNIT_LEVEL): None})
    assert counted() != before


def test_a_report_that_lacks_nothing_says_so(sample: MainWindow) -> None:
    sample.answers._missing = ()
    trigger(sample, "missing")
    assert "不缺什么" in sample.status.message


# ---------------------------------------------------------------- how cells are marked


def test_a_finding_about_blanks_alone_marks_no_side(sample: MainWindow) -> None:
    blank = next(finding for finding in sample.findings.model.findings if finding.code.startswith("blank."))
    workspace(sample).go_to_finding(blank)
    page = workspace(sample).table_page()
    assert isinstance(page, TablePage)
    assert page._model.state(blank.cells[0]).side is Side.ALONE


# ---------------------------------------------------------------- the whole way, by keys alone


def test_the_sample_s_two_errors_are_found_understood_and_mended_with_seven_keys(sample: MainWindow) -> None:
    strokes = 0
    for text in ("64", "4"):
        press(Key.Key_F4)
        assert any("≠" in shown for shown in texts(sample)), "the formula with its numbers is in view"
        type_text(text)
        press(Key.Key_Return)
        strokes += 2 + len(text)
    assert verdict(sample.findings.model.findings).startswith("强制错误 0")
    assert strokes == 7


def test_the_two_errors_are_also_mended_with_two_keys_by_the_move(
    sample: MainWindow,
) -> None:
    press(Key.Key_F4)
    button = fix_buttons(sample)[0]
    assert button.text().replace("\n", "") == "把自然人的 4 移到“（五）不予处理 2.重复申请”行"
    press(Key.Key_Period, CONTROL)
    assert verdict(sample.findings.model.findings).startswith("强制错误 0")
    assert document(sample).undo_label == "移到另一行"


# ---------------------------------------------------------------- commands of the table in the menus


def test_find_and_web_table_are_in_the_menus_and_work(sample: MainWindow, qtbot: QtBot) -> None:
    workspace(sample).go_to("requests")
    workspace(sample).focus_page()
    press(Key.Key_F, CONTROL)
    type_text("granted")
    page = workspace(sample).table_page()
    assert isinstance(page, TablePage)
    assert page._find.isVisible()
    trigger(sample, "copy_web")
    assert "已复制整张表" in sample.status.message
    workspace(sample).go_to("overview")
    assert not sample.actions_["copy_web"].isEnabled()
    assert isinstance(sample.actions_["copy_web"], QAction)
