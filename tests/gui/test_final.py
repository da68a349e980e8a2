"""定稿: who, when, by which figures; a later change asks, becomes a 更正 and is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from gui.final_dialog import FinalDialog, Signature
from gui.main_window import MainWindow
from gui.settings import Settings
from model.cells import CellId
from model.finalising import Standing, current_final, finals, forced_reasons, standing
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, trigger

CELL = CellId("requests", "received", "natural_person")


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


@pytest.fixture
def final(sample: MainWindow, answers: Answers) -> MainWindow:
    answers.give("ask_final", Signature("张三", "原公开文本如此", is_printed=False))
    trigger(sample, "finalise")
    return sample


def shown(window: MainWindow) -> str:
    words = {value.value for value in Standing}
    buttons = [b for b in window.status.findChildren(QToolButton) if b.text() in words and b.isVisible()]
    return buttons[0].text() if buttons else ""


def test_a_final_report_says_so_in_the_window(
    final: MainWindow, answers: Answers, settings: Settings
) -> None:
    made = current_final(document(final).report)
    assert made is not None
    assert (made.name, made.who) == ("定稿", "张三")
    assert [note.text for note in forced_reasons(document(final).report)] == ["原公开文本如此"]
    assert shown(final) == "已定稿"
    assert not made.is_signed
    assert (settings.final_by, settings.final_is_signed) == ("张三", False)
    answers.give("show_final", None)
    final.status.standing_clicked.emit()
    assert answers.said("show_final").startswith(f"定稿：{made.date}，张三，校验码 {made.short_mark}")


def test_a_final_that_is_not_made_changes_nothing(sample: MainWindow, answers: Answers) -> None:
    answers.give("ask_final", None)
    trigger(sample, "finalise")
    assert not document(sample).is_modified
    assert shown(sample) == ""


def test_the_errors_and_the_last_name_are_told_to_the_question(
    sample: MainWindow, answers: Answers, settings: Settings
) -> None:
    settings.final_by = "李四"
    answers.give("ask_final", None)
    trigger(sample, "finalise")
    _, *told = answers.shown[0][1]
    assert told == ["定稿", [], "强制错误 2", "李四", True]


def test_a_change_that_becomes_a_correction_is_asked_about_once(
    final: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    answers.give("ask_correction", True)
    document(final).set_cells("录入", {CELL: 70})
    qtbot.waitUntil(lambda: answers.times("ask_correction") == 1)
    document(final).set_text("other", "另有说明")
    qtbot.wait(50)
    assert answers.times("ask_correction") == 1
    assert "定稿：" in answers.said("ask_correction")
    assert "改为 70" in str(answers.shown[-1][1][2])
    assert shown(final) == "更正中"
    answers.give("ask_final", Signature("李四", "原公开文本如此", is_printed=True))
    trigger(final, "finalise")
    _, name, changes, *_ = answers.shown[-1][1]
    assert name == "更正"
    assert isinstance(changes, list)
    assert len(changes) == 2
    assert [made.name for made in finals(document(final).report)] == ["定稿", "更正"]
    assert shown(final) == "已定稿"
    answers.give("show_final", None)
    trigger(final, "finalise")
    assert "更正：" in answers.said("show_final")
    assert "改为 70" in answers.said("show_final")


def test_a_change_that_is_not_meant_is_taken_back(final: MainWindow, answers: Answers, qtbot: QtBot) -> None:
    before = document(final).report
    answers.give("ask_correction", False)
    document(final).set_cells("录入", {CELL: 70})
    document(final).set_cells("录入", {CELL: 71})
    qtbot.waitUntil(lambda: answers.times("ask_correction") == 1)
    assert document(final).report == before
    assert shown(final) == "已定稿"
    document(final).redo()
    qtbot.waitUntil(lambda: answers.times("ask_correction") == 2)
    assert document(final).report == before


def test_undoing_the_final_opens_the_report_again(final: MainWindow, qtbot: QtBot) -> None:
    trigger(final, "undo")
    assert shown(final) == ""
    document(final).set_cells("录入", {CELL: 70})
    qtbot.wait(50)
    assert standing(document(final).report) is Standing.OPEN


def test_a_saved_final_is_final_when_it_is_opened_again(
    final: MainWindow, answers: Answers, qtbot: QtBot
) -> None:
    trigger(final, "save")
    path = document(final).path
    assert path is not None
    final.close_report()
    assert shown(final) == ""
    assert final.open_path(path)
    assert shown(final) == "已定稿"
    answers.give("ask_correction", True)
    document(final).set_cells("录入", {CELL: 70})
    qtbot.waitUntil(lambda: answers.times("ask_correction") == 1)


def test_an_open_report_says_that_it_is(sample: MainWindow, answers: Answers) -> None:
    answers.give("show_final", None)
    sample.status.standing_clicked.emit()
    assert answers.said("show_final") == "这份年报还没有定稿。"


# ---------------------------------------------------------------- the dialog


@pytest.fixture
def ask(window: MainWindow, qtbot: QtBot) -> Callable[..., FinalDialog]:
    def make(kept: str = "", changes: list[str] | None = None) -> FinalDialog:
        dialog = FinalDialog(window, "更正" if changes else "定稿", changes or [], kept, "", True)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def field(dialog: FinalDialog, name: str) -> QLineEdit:
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == name)


def test_a_name_is_needed(ask: Callable[..., FinalDialog]) -> None:
    dialog = ask()
    dialog.accept()
    assert dialog.isVisible()
    field(dialog, "定稿人").setText("张三")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_person_decides_whether_documents_name_them(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = FinalDialog(window, "定稿", [], "", "张三", True)
    [choice] = dialog.findChildren(QCheckBox)
    assert choice.isChecked()

    def answer(*_: object) -> int:
        choice.click()
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(dialog, "exec", answer)
    assert dialog.ask() == Signature("张三", "", is_printed=False)


def test_a_reason_is_needed_where_findings_speak_against_it(ask: Callable[..., FinalDialog]) -> None:
    dialog = ask("强制错误 2", ["年份：2020 改为 2021"] * 20)
    reason = field(dialog, "理由")
    field(dialog, "定稿人").setText("张三")
    dialog.accept()
    assert dialog.isVisible()
    assert QApplication.focusWidget() is reason
    reason.setText("原件如此")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
