"""Findings in the window: counted, listed, walked through, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from gui.findings_model import NUMBER
from gui.main_window import MainWindow
from gui.status_line import verdict
from gui.steps_panel import StepsPanel
from gui.table_page import TablePage
from model.cells import CellId
from model.findings import Finding
from model.forms import Severity
from model.progress import State
from model.report import Address, Part
from tests.gui.window_driver import (
    CONTROL,
    SHIFT,
    click_row,
    copy_of_sample,
    document,
    focused,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def codes(window: MainWindow) -> list[str]:
    return [finding.code for finding in window.findings.model.findings]


def table(window: MainWindow) -> TablePage:
    page = workspace(window).table_page()
    assert isinstance(page, TablePage)
    return page


def shown_texts(window: MainWindow) -> list[str]:
    labels = window.findings.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def test_the_sample_s_findings_are_listed_the_gravest_first(sample: MainWindow) -> None:
    assert codes(sample)[:3] == ["row_total.granted", "row_total.rejected_duplicate", "row_shift"]
    model = sample.findings.model
    assert [model.index(row).data(NUMBER) for row in range(3)] == [1, 2, 3]


def test_the_status_line_always_says_how_the_report_stands(sample: MainWindow) -> None:
    texts = [button.text() for button in sample.status.findChildren(QToolButton)]
    assert verdict(sample.findings.model.findings) in texts
    assert verdict(sample.findings.model.findings).startswith("强制错误 2 · 核实 0")


def test_explained_ones_are_counted_apart() -> None:
    open_one = Finding("a", Severity.WARNING, "", "")
    explained = Finding("b", Severity.WARNING, "", "", note="废止了三件")
    hint = Finding("c", Severity.HINT, "", "")
    assert verdict([open_one, explained, hint]) == "强制错误 0 · 核实 2（已说明 1）· 提示 1"


def test_f4_goes_from_finding_to_finding_and_round(sample: MainWindow) -> None:
    workspace(sample).go_to("unit")
    seen = []
    for _ in range(len(codes(sample)) + 1):
        press(Key.Key_F4)
        seen.append(sample.findings.current.code)
    assert seen == [*codes(sample), codes(sample)[0]]
    press(Key.Key_F4, SHIFT)
    assert sample.findings.current.code == codes(sample)[-1]


def test_f4_puts_the_cursor_where_the_finding_is_mended(sample: MainWindow) -> None:
    workspace(sample).go_to("problems")
    press(Key.Key_F4)
    assert workspace(sample).current == "requests"
    cell = table(sample).current_cell()
    assert cell in sample.findings.current.cells
    type_text("64")
    press(Key.Key_Return)
    assert document(sample).report.inputs[cell] == 64


def test_the_sample_is_mended_with_the_keyboard_alone_in_few_strokes(sample: MainWindow) -> None:
    strokes = 0
    for text in ("64", "4"):
        press(Key.Key_F4)
        strokes += 1
        type_text(text)
        press(Key.Key_Return)
        strokes += len(text) + 1
    assert verdict(sample.findings.model.findings).startswith("强制错误 0")
    assert strokes < 20


def test_a_click_opens_a_finding_with_formula_and_basis_and_goes_there(sample: MainWindow) -> None:
    workspace(sample).go_to("unit")
    view = sample.findings.view
    click_row(view, sample.findings.model.index(0))
    finding = sample.findings.current
    assert {finding.formula, finding.basis} <= set(shown_texts(sample))
    assert workspace(sample).current == "requests"
    assert table(sample).isAncestorOf(focused())


def test_enter_goes_to_the_finding_chosen_in_the_list(sample: MainWindow) -> None:
    workspace(sample).go_to("unit")
    sample.findings.view.setFocus()
    press(Key.Key_Down)
    assert workspace(sample).current == "unit"
    press(Key.Key_Return)
    assert workspace(sample).current == "requests"


def test_a_finding_on_the_cover_data_leads_to_the_empty_field(window: MainWindow) -> None:
    trigger(window, "new")
    workspace(window).go_to("review")
    while window.findings.step(1).code != "unit.missing":
        pass
    window.findings.step(-1)
    press(Key.Key_F4)
    assert workspace(window).current == "unit"
    type_text("unit")
    assert document(window).report.unit_name == "unit"
    assert "unit.missing" not in codes(window)


def test_a_finding_on_a_text_leads_to_its_editor_and_says_what(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "new")
    while window.findings.step(1).section != "other":
        pass
    window.findings.step(-1)
    press(Key.Key_F4)
    assert workspace(window).current == "other"
    message = window.findings.current.message
    notes = [label.text() for label in workspace(window).findChildren(QLabel) if label.isVisible()]
    assert any(note.endswith(message) for note in notes)
    type_text("shoufei")
    document(window).set_text("other", "未收取信息处理费。")
    qtbot.waitUntil(lambda: "other.fees" not in codes(window))
    notes = [label.text() for label in workspace(window).findChildren(QLabel) if label.isVisible()]
    assert not any(note.endswith(message) for note in notes)


def test_findings_follow_each_edit_without_taking_the_focus(sample: MainWindow) -> None:
    workspace(sample).focus_page()
    before = focused()
    type_text("99")
    press(Key.Key_Return)
    assert "balance.natural_person" in codes(sample)
    assert focused() is before
    press(Key.Key_Z, CONTROL)
    assert "balance.natural_person" not in codes(sample)


def test_the_chosen_finding_stays_chosen_while_others_come_and_go(sample: MainWindow) -> None:
    press(Key.Key_F4)
    press(Key.Key_F4)
    document(sample).set_cells("录入", {CellId("requests", "received", "business"): 5})
    assert sample.findings.current.code == "row_total.rejected_duplicate"
    assert (
        sample.findings.view.currentIndex().data(NUMBER)
        == codes(sample).index("row_total.rejected_duplicate") + 1
    )


def test_a_finding_that_is_mended_closes(sample: MainWindow) -> None:
    press(Key.Key_F4)
    document(sample).set_cells("录入", {CellId("requests", "granted", "natural_person"): 64})
    assert sample.findings.current is None


def test_without_findings_the_pane_says_so(window: MainWindow) -> None:
    window.findings.show_findings(())
    assert window.findings._empty.text().startswith("没有发现问题")


def test_f9_opens_the_pane_and_says_the_verdict(sample: MainWindow) -> None:
    sample.findChild(QDockWidget).close()
    press(Key.Key_F9)
    assert sample.findings.isVisible()
    assert "强制错误 2" in sample.status.message


# ---------------------------------------------------------------- steps


def progress(window: MainWindow) -> dict[str, tuple[State, int, int]]:
    return {p.step.id: (p.state, p.errors, p.warnings) for p in workspace(window).progress}


def test_a_new_report_s_steps_are_empty(window: MainWindow) -> None:
    trigger(window, "new")
    assert {state for state, _, _ in progress(window).values()} == {State.EMPTY}
    assert progress(window)["unit"][1] == 1


def test_the_steps_say_how_far_each_is(sample: MainWindow) -> None:
    assert progress(sample)["disclosure"] == (State.DONE, 0, 0)
    assert progress(sample)["requests"] == (State.STARTED, 2, 0)
    assert progress(sample)["review"] == (State.EMPTY, 0, 0)


def test_a_table_is_done_when_every_cell_is_filled_and_nothing_is_open(window: MainWindow) -> None:
    trigger(window, "new")
    cells = document(window).form.table("review").cells
    inputs = {cell: 0 for cell in cells if not document(window).form.is_total(cell)}
    document(window).set_cells("录入", dict(list(inputs.items())[1:]))
    assert progress(window)["review"][0] is State.STARTED
    document(window).set_cells("录入", inputs)
    assert progress(window)["review"][0] is State.DONE


def test_a_step_is_heard_with_its_state(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    heard = [panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(7)]
    assert heard[3] == "三 依申请公开，填写中，强制 2"
    assert heard[4] == "四 复议诉讼，未填"


def test_a_click_on_a_step_shows_its_page(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    for row, step in enumerate(["unit", "overview", "disclosure", "requests", "review", "problems", "other"]):
        click_row(panel.view, panel.model.index(row))
        assert workspace(sample).current == step


def test_the_one_next_thing_is_always_on_offer(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    button = panel.findChildren(type(panel._next))[0]
    assert button.text() == "下一步：四 复议诉讼"
    button.click()
    assert workspace(sample).current == "review"
    trigger(sample, "fill_zero")
    assert button.text() == "下一步：三 依申请公开"
    workspace(sample).go_to("requests")
    trigger(sample, "fill_zero")
    document(sample).accept_computed(document(sample).report.stated)
    workspace(sample).go_to("unit")
    assert button.text() == "导出 PDF"


def test_ctrl_page_keys_go_from_page_to_page(sample: MainWindow) -> None:
    workspace(sample).focus_page()
    press(Key.Key_PageDown, CONTROL)
    assert workspace(sample).current == "review"
    press(Key.Key_PageUp, CONTROL)
    press(Key.Key_PageUp, CONTROL)
    assert workspace(sample).current == "disclosure"


def test_f6_leads_round_the_panes(sample: MainWindow) -> None:
    workspace(sample).focus_page()
    places = []
    for _ in range(3):
        press(Key.Key_F6)
        places.append(focused())
    assert places[0] is sample.findings.view
    assert places[1] is workspace(sample).findChild(StepsPanel).view
    assert table(sample).isAncestorOf(places[2])


def test_an_edit_updates_the_level_s_findings(sample: MainWindow) -> None:
    document(sample).set_cells("录入", {CellId("disclosure", "regulations", "made"): 3})
    document(sample).apply("选择", {Address(Part.UNIT_LEVEL): "县级"})
    assert "regulations_level" in codes(sample)
    assert progress(sample)["disclosure"][2] > 0
    assert QApplication.activeModalWidget() is None


# ---------------------------------------------------------------- edit commands


def test_edit_commands_go_to_what_has_the_focus(sample: MainWindow) -> None:
    cell = CellId("requests", "received", "natural_person")
    workspace(sample).focus_page()
    press(Key.Key_Delete)
    assert document(sample).report.inputs.get(cell) is None
    trigger(sample, "undo")
    trigger(sample, "cut")
    assert document(sample).report.inputs.get(cell) is None
    trigger(sample, "paste")
    assert document(sample).report.inputs[cell] == 68


def test_delete_in_the_list_of_findings_clears_no_cell(sample: MainWindow) -> None:
    before = document(sample).report
    sample.findings.view.setFocus()
    press(Key.Key_Delete)
    trigger(sample, "clear")
    trigger(sample, "cut")
    assert document(sample).report is before


def test_undo_says_what_it_would_take_back(sample: MainWindow) -> None:
    assert not sample.actions_["undo"].isEnabled()
    workspace(sample).focus_page()
    press(Key.Key_Delete)
    assert "清除" in sample.actions_["undo"].text()
    trigger(sample, "undo")
    assert not sample.actions_["undo"].isEnabled()
    assert "清除" in sample.actions_["redo"].toolTip()


def test_the_menu_commands_work_on_a_text(sample: MainWindow) -> None:
    workspace(sample).go_to("problems")
    workspace(sample).focus_page()
    trigger(sample, "select_all")
    trigger(sample, "copy")
    assert QApplication.clipboard().text() == document(sample).report.texts["problems"]
    trigger(sample, "clear")
    assert "problems" not in document(sample).report.texts
    trigger(sample, "paste")
    trigger(sample, "undo")
    assert "problems" not in document(sample).report.texts


def test_typing_goes_on_below_while_the_opened_finding_gets_other_numbers(sample: MainWindow) -> None:
    press(Key.Key_F4)
    opened = sample.findings.current
    assert opened is not None
    page, here = (
        table(sample),
        next(cell for cell in opened.cells[1:] if cell in document(sample).form.inputs),
    )
    page.go_to(here)
    press(Key.Key_Down)
    below = page.current_cell()
    page.go_to(here)
    type_text("977")
    press(Key.Key_Return)
    now = sample.findings.current
    assert now is not None
    assert (now.code, now.difference != opened.difference) == (opened.code, True)
    assert page.current_cell() == below


def test_a_finding_that_is_chosen_again_is_gone_to_again(sample: MainWindow) -> None:
    press(Key.Key_F4)
    opened = sample.findings.current
    assert opened is not None
    table(sample).go_to(document(sample).form.inputs[30])
    click_row(sample.findings.view, sample.findings.view.currentIndex())
    assert table(sample).current_cell() == opened.cells[0]


def test_leaving_a_page_opens_no_finding(window: MainWindow) -> None:
    window.show()
    trigger(window, "new")
    press(Key.Key_Tab)
    press(Key.Key_PageDown, CONTROL)
    assert window.findings.current is None
    assert workspace(window).isAncestorOf(focused())


def test_a_likely_slip_of_the_hand_is_named_below_the_formula(window: MainWindow) -> None:
    trigger(window, "new")
    columns = {"received": 1728, "granted": 1278}
    cells = {CellId("requests", row, "natural_person"): value for row, value in columns.items()}
    document(window).set_cells("录入", cells)
    while (chosen := window.findings.current) is None or chosen.code != "balance.natural_person":
        trigger(window, "next_finding")
    assert any(
        "“一.新收·自然人”的 1728 可能应是 1278（两位数字颠倒）" in text for text in shown_texts(window)
    )
    document(window).set_cells("录入", {CellId("requests", "granted", "natural_person"): 1000})
    assert not any("可能" in text for text in shown_texts(window))
