"""填报模板 and import: a blank for others, and a filled workbook taken over as one step, after a look."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QSpinBox
from pytestqt.qtbot import QtBot

from export.exporting import export_report
from gui.import_dialog import ImportDialog
from gui.main_window import MainWindow
from gui.template_dialog import TemplateDialog
from model.catalogue import load_form
from model.report import Report
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, trigger
from tests.model import builders

FORM = load_form("2021")


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def workbook(report: Report, path: Path) -> Path:
    export_report(FORM, report, path, draft=None, moment=datetime(2024, 1, 20, tzinfo=UTC))
    return path


def import_from(window: MainWindow, qtbot: QtBot, answers: Answers, path: Path | None, agree: bool) -> None:
    answers.give("ask_workbook_to_read", path)
    answers.give("ask_import", agree)
    trigger(window, "import")
    qtbot.waitUntil(lambda: not window.templates.is_running, timeout=30_000)


def test_a_template_is_written_for_the_year_and_unit_that_are_asked_for(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_template", (2025, "某局"))
    answers.give("ask_document_to_write", tmp_path / "填报.xlsx")
    trigger(sample, "template")
    qtbot.waitUntil(lambda: not sample.templates.is_running, timeout=30_000)
    assert answers.shown[0][1][1:] == (2021, "岳阳市南湖新区管委会")
    suggestion = answers.shown[1][1][1]
    assert isinstance(suggestion, Path)
    assert suggestion.name == "某局2025年政府信息公开工作年度报告填报表.xlsx"
    assert openpyxl.load_workbook(tmp_path / "填报.xlsx").sheetnames
    assert sample.status.message == "已生成填报模板：填报.xlsx"


def test_a_template_that_cannot_be_written_is_said(
    window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_template", (2025, ""))
    answers.give("ask_document_to_write", tmp_path / "没有" / "填报.xlsx")
    answers.give("show_error", None)
    trigger(window, "template")
    qtbot.waitUntil(lambda: not window.templates.is_running, timeout=30_000)
    assert "不存在" in answers.said("show_error")


@pytest.mark.parametrize("given", [(None, None), ((2025, ""), None)])
def test_a_template_can_be_left(window: MainWindow, answers: Answers, given: tuple[object, object]) -> None:
    answers.give("ask_template", given[0])
    answers.give("ask_document_to_write", given[1])
    trigger(window, "template")
    assert not window.templates.is_running


def test_a_workbook_is_taken_over_as_one_step_after_a_look(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    before = document(sample).report
    imported = builders.report()
    import_from(sample, qtbot, answers, workbook(imported, tmp_path / "填好.xlsx"), True)
    _, name, changes, doubts = answers.shown[-1][1]
    assert name == "填好.xlsx"
    assert isinstance(changes, list)
    assert isinstance(doubts, list)
    assert "机关名称：岳阳市南湖新区管委会 改为 某县人民政府" in changes
    assert any("2023" in doubt and "2021" in doubt for doubt in doubts)
    assert document(sample).report.inputs == imported.inputs
    assert document(sample).report.unit_name == imported.unit_name
    assert document(sample).undo_label == "导入填好"
    trigger(sample, "undo")
    assert document(sample).report == before


def test_an_import_that_is_not_wanted_changes_nothing(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    import_from(sample, qtbot, answers, workbook(builders.report(), tmp_path / "填好.xlsx"), False)
    assert not document(sample).is_modified
    import_from(sample, qtbot, answers, None, True)
    assert not document(sample).is_modified


def test_the_same_workbook_changes_nothing_and_asks_nothing(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    path = workbook(builders.report(), tmp_path / "填好.xlsx")
    import_from(sample, qtbot, answers, path, True)
    asked = answers.times("ask_import")
    import_from(sample, qtbot, answers, path, True)
    assert answers.times("ask_import") == asked
    assert "没有不同" in sample.status.message


def test_without_a_report_the_import_begins_one(
    window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    import_from(window, qtbot, answers, workbook(builders.report(), tmp_path / "填好.xlsx"), True)
    assert document(window).report.inputs == builders.report().inputs
    assert document(window).path is None


def test_what_is_no_workbook_is_refused_with_its_reason(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"no workbook")
    answers.give("show_error", None)
    import_from(sample, qtbot, answers, path, True)
    assert "坏.xlsx" in answers.said("show_error")
    assert not document(sample).is_modified


def test_nothing_is_imported_into_a_report_that_is_only_read(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    document(sample).is_read_only = True
    answers.give("show_error", None)
    import_from(sample, qtbot, answers, workbook(builders.report(), tmp_path / "填好.xlsx"), True)
    assert "只读" in answers.said("show_error")
    trigger(sample, "finalise")
    assert "只读" in sample.status.message


# ---------------------------------------------------------------- dialogs


def test_the_import_dialog_lists_what_changes_and_what_is_doubtful(window: MainWindow) -> None:
    dialog = ImportDialog(window, "甲.xlsx", ["年份：2020 改为 2021"], ["D7：看不懂"])
    lists = dialog.findChildren(QListWidget)
    assert [shown.item(0).text() for shown in lists] == ["年份：2020 改为 2021", "D7：看不懂"]
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    nothing = ImportDialog(window, "甲.xlsx", [], ["D7：看不懂"])
    assert nothing.findChildren(QListWidget)[0].item(0).text() == "与现有内容相同"


def test_the_template_dialog_begins_with_the_year_and_unit_of_the_report(window: MainWindow) -> None:
    dialog = TemplateDialog(window, 2024, "某局")
    year, unit = dialog.findChildren(QSpinBox)[0], dialog.findChildren(QLineEdit)
    assert year.value() == 2024
    assert year.minimum() == FORM.first_year
    assert "某局" in [field.text() for field in unit]
