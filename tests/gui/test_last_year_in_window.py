"""Last year's report in the window: begun from, taken over, held beside; and any two reports compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.comparison_columns import ComparisonColumns
from gui.comparison_dialog import ComparisonDialog
from gui.comparison_strip import ComparisonStrip
from gui.form_view import FormView
from gui.main_window import MainWindow
from gui.reason_dialog import ReasonDialog
from gui.settings import Settings
from gui.table_page import TablePage
from model import storage
from model.cells import CellId
from model.report import Report
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    SHIFT,
    copy_of_sample,
    document,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key
OUT = CellId("requests", "carried_out", "natural_person")
IN = OUT._replace(row="carried_in")
TEXT = "（一）主动公开\n全年公开一百条。"


def last_year(folder: Path, **changes: object) -> Path:
    """Put a report of 2020 with four applications carried out into a folder."""
    made = replace(
        Report("2021", 2020, "某县人民政府", "县级", {OUT: 4}, {"overview": TEXT}),
        **changes,  # type: ignore[arg-type]
    )
    path = folder / "上年.xxgk"
    storage.save(made, path, None)
    return path


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def page(window: MainWindow) -> TablePage:
    shown = workspace(window).table_page()
    assert isinstance(shown, TablePage)
    return shown


def go_to(window: MainWindow, cell: CellId) -> None:
    workspace(window).go_to_place(cell.table, cell)


# ---------------------------------------------------------------- 由上年文件新建


def test_the_start_page_begins_from_last_year_s_file(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_report_to_read", last_year(tmp_path))
    buttons = window.start_page().findChildren(QPushButton)
    next(button for button in buttons if button.text().startswith("由上年文件")).click()
    made = document(window).report
    assert (made.year, made.unit_name, made.unit_level) == (2021, "某县人民政府", "县级")
    assert made.inputs == {IN: 4}
    assert made.texts == {"overview": "（一）主动公开"}
    assert document(window).path is None
    assert "带入上年结转 1 格" in window.status.message


def test_a_last_report_without_a_year_is_refused(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_report_to_read", last_year(tmp_path, year=None))
    answers.give("show_error", None)
    trigger(window, "new_from_last")
    assert "没有填写年份" in answers.said("show_error")
    assert window.files.document is None


def test_changing_one_s_mind_changes_nothing(sample: MainWindow, answers: Answers) -> None:
    before = document(sample)
    answers.give("ask_report_to_read", None)
    for name in ("new_from_last", "take_last_year", "compare"):
        trigger(sample, name)
    assert document(sample) is before
    assert not before.is_modified


# ---------------------------------------------------------------- 提取上年数


def test_last_year_s_figures_are_taken_over_as_one_step(
    sample: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_report_to_read", last_year(tmp_path))
    trigger(sample, "take_last_year")
    assert document(sample).report.inputs[IN] == 4
    assert IN in document(sample).report.locks
    assert "填入上年结转 1 格" in sample.status.message
    assert "某县人民政府" in sample.status.message
    trigger(sample, "undo")
    assert document(sample).report.previous is None
    assert IN not in document(sample).report.inputs


def test_a_report_of_the_wrong_year_is_refused_with_a_sentence(
    sample: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_report_to_read", last_year(tmp_path, year=2018))
    answers.give("show_error", None)
    trigger(sample, "take_last_year")
    assert "这是 2018 年的年报，本报告要的是 2020 年的" in answers.said("show_error")
    assert document(sample).report.previous is None


def test_a_file_that_is_no_report_is_refused(sample: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "坏.xxgk"
    path.write_bytes(b"\0\1")
    answers.give("ask_report_to_read", path)
    answers.give("show_error", None)
    trigger(sample, "take_last_year")
    assert "不是可以打开的年报文件" in answers.said("show_error")


# ---------------------------------------------------------------- locks


def with_lock(window: MainWindow, answers: Answers, folder: Path) -> None:
    answers.give("ask_report_to_read", last_year(folder))
    trigger(window, "take_last_year")
    go_to(window, IN)


def test_a_locked_cell_is_opened_with_a_reason_that_the_file_keeps(
    sample: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    with_lock(sample, answers, tmp_path)
    type_text("9")
    assert document(sample).report.inputs[IN] == 4
    answers.give("ask_unlock_reason", "上年漏报一件")
    trigger(sample, "unlock")
    assert document(sample).report.locks[IN] == {"reason": "上年漏报一件"}
    type_text("9")
    press(Key.Key_Return)
    assert document(sample).report.inputs[IN] == 9


def test_without_a_reason_the_cell_stays_locked(sample: MainWindow, answers: Answers, tmp_path: Path) -> None:
    with_lock(sample, answers, tmp_path)
    answers.give("ask_unlock_reason", None)
    trigger(sample, "unlock")
    assert document(sample).report.locks[IN] == {}


def test_a_cell_without_a_lock_has_none_to_open(sample: MainWindow) -> None:
    go_to(sample, OUT)
    trigger(sample, "unlock")
    assert "没有锁定" in sample.status.message


def test_the_dialog_takes_no_empty_reason(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ReasonDialog("解除锁定", "为什么？", "解除锁定", window)
    dialog.show()
    accept = next(button for button in dialog.findChildren(QPushButton) if button.text() == "解除锁定")
    line = dialog.findChild(QLineEdit)
    assert not accept.isEnabled()
    line.setText("  ")
    assert not accept.isEnabled()
    line.setText(" 漏报 ")
    accept.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reason == "漏报"


# ---------------------------------------------------------------- 与上年对比


def test_last_year_s_numbers_stand_under_every_table_when_wanted(
    sample: MainWindow, answers: Answers, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    with_lock(sample, answers, tmp_path)
    press(Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    strip = page(sample).findChild(ComparisonStrip)
    assert strip.isVisible()
    go_to(sample, OUT)
    assert "自然人 上年 4" in strip.words()
    workspace(sample).go_to("disclosure")
    assert page(sample).findChild(ComparisonStrip).isVisible()
    assert settings.last_year_shown
    trigger(sample, "show_last_year")
    qtbot.waitUntil(lambda: page(sample).findChild(ComparisonStrip) is None)


def test_last_year_s_numbers_stand_beside_every_table_when_wanted(
    sample: MainWindow, answers: Answers, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    sample.resize(1366, 768)
    with_lock(sample, answers, tmp_path)
    press(Key.Key_L, CONTROL | SHIFT)
    columns = page(sample).findChild(ComparisonColumns)
    assert columns.isVisible()
    assert columns.texts(OUT) == ("4", "", "")
    assert not page(sample).findChild(ComparisonStrip).isVisible()
    assert settings.last_year_beside
    assert sample.actions_["last_year_beside"].isChecked()
    assert page(sample).findChild(FormView).horizontalScrollBar().maximum() == 0
    sample.resize(1280, 720)  # a screen of 1920x1080 at 150 %
    assert columns.isVisible()
    assert page(sample).findChild(FormView).horizontalScrollBar().maximum() == 0
    workspace(sample).go_to("disclosure")
    assert page(sample).findChild(ComparisonColumns).isVisible()
    trigger(sample, "last_year_beside")
    qtbot.waitUntil(lambda: page(sample).findChild(ComparisonColumns) is None)


def test_last_year_s_columns_are_there_again_in_the_next_window(
    sample: MainWindow, make_window: Callable[[], MainWindow], answers: Answers, tmp_path: Path
) -> None:
    with_lock(sample, answers, tmp_path)
    trigger(sample, "last_year_beside")
    trigger(sample, "save")
    path = document(sample).path
    assert path is not None
    sample.close_report()
    other = make_window()
    other.resize(1366, 768)
    assert other.open_path(path)
    go_to(other, IN)
    assert page(other).findChild(ComparisonColumns).isVisible()


def test_taking_last_year_s_figures_brings_the_columns_that_were_wanted(
    sample: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    sample.resize(1366, 768)
    go_to(sample, IN)
    trigger(sample, "last_year_beside")
    assert "提取上年数" in sample.status.message
    columns = page(sample).findChild(ComparisonColumns)
    assert not columns.isVisible()
    assert page(sample).findChild(ComparisonStrip).isVisible()
    answers.give("ask_report_to_read", last_year(tmp_path))
    trigger(sample, "take_last_year")
    assert columns.isVisible()
    assert not page(sample).findChild(ComparisonStrip).isVisible()
    trigger(sample, "undo")
    assert not columns.isVisible()


def test_without_last_year_s_numbers_it_says_how_to_get_them(sample: MainWindow) -> None:
    trigger(sample, "show_last_year")
    assert "提取上年数" in sample.status.message


# ---------------------------------------------------------------- 与另一份年报比较


def test_another_report_is_listed_beside_this_one_and_leads_to_the_places(
    sample: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    other = replace(document(sample).report, unit_name="另一机关", inputs={OUT: 1})
    path = tmp_path / "上报稿.xxgk"
    storage.save(other, path, None)
    answers.give("ask_report_to_read", path)
    trigger(sample, "compare")
    dialog = sample.findChild(ComparisonDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    labels = [dialog.list.item(row, 0).text() for row in range(dialog.list.rowCount())]
    row = next(row for row, label in enumerate(labels) if "四.结转下年·自然人" in label)
    assert [dialog.list.item(row, column).text() for column in (1, 2)] == ["1", "空白"]
    dialog.list.cellActivated.emit(row, 0)
    assert page(sample).current_cell() == OUT
    dialog.close()


def test_an_equal_report_has_nothing_to_list(sample: MainWindow, answers: Answers) -> None:
    answers.give("ask_report_to_read", document(sample).path)
    trigger(sample, "compare")
    assert "没有不同" in sample.status.message
    assert sample.findChild(ComparisonDialog) is None
