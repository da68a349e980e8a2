"""Help in the window: the guide, the keys, the settings, and what is sent to find a fault."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from gui import help_commands
from gui.actions import COMMANDS
from gui.comparison_strip import ComparisonStrip
from gui.dialogs import AboutChoice
from gui.folders import Folders
from gui.main_window import MainWindow
from gui.reading_window import ReadingWindow
from gui.run import Run
from gui.settings import Settings
from gui.settings_dialog import Preferences, SettingsDialog
from gui.style import DARK, LIGHT, Scheme, colours_of
from gui.windows import Windows
from model.cells import CellId
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, focused, press, trigger, workspace

Key = Qt.Key


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def reading(window: MainWindow) -> ReadingWindow:
    shown = [one for one in window.findChildren(ReadingWindow) if one.isVisible()]
    assert len(shown) == 1
    return shown[0]


# ---------------------------------------------------------------- 填报说明


def test_f1_opens_the_guide_at_the_row_that_is_being_filled_in(sample: MainWindow) -> None:
    workspace(sample).go_to_place("requests", CellId("requests", "rejected_duplicate", "other"))
    assert workspace(sample).help_place() == "requests.rejected_duplicate"
    press(Key.Key_F1)
    guide = reading(sample)
    assert guide.text.verticalScrollBar().value() > 0
    text = guide.text.toPlainText()
    form = document(sample).form
    for table in form.tables:
        for block in table.blocks:
            assert all(row.help in text and row.basis in text for row in block.rows)
    assert all(section.help in text for section in form.sections)


def test_the_guide_is_searched_as_one_types(sample: MainWindow) -> None:
    trigger(sample, "guide")
    guide = reading(sample)
    guide.search.setText("撤回")
    assert "3.其他" in guide.text.toPlainText()
    assert "重复申请" not in guide.text.toPlainText()
    guide.search.setText("没有这样的话")
    assert guide.text.toPlainText() == ""
    assert guide._nothing.isVisible()
    press_in(guide, Key.Key_Escape)
    assert not guide.isVisible()


def press_in(window: ReadingWindow, key: Key) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(window, key)


def test_the_guide_needs_no_report(window: MainWindow) -> None:
    trigger(window, "guide")
    assert reading(window).windowTitle().startswith("填报说明")


def test_f1_on_the_cover_and_on_texts_leads_to_their_sections(sample: MainWindow) -> None:
    workspace(sample).go_to("unit")
    assert workspace(sample).help_place() == ""
    workspace(sample).go_to("problems")
    assert workspace(sample).help_place() == "problems"


# ---------------------------------------------------------------- keys


def test_every_key_of_the_menus_is_listed(window: MainWindow) -> None:
    trigger(window, "shortcuts")
    shown = reading(window).text.toPlainText()
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert [key for key in keys if key not in shown] == []
    reading(window).search.setText("撤销")
    assert "Ctrl+Z" in reading(window).text.toPlainText()
    assert "Ctrl+O" not in reading(window).text.toPlainText()


# ---------------------------------------------------------------- settings


def test_settings_are_shown_as_they_are_and_come_back_as_chosen(window: MainWindow) -> None:
    now = Preferences(Scheme.DARK, 125, True, False, True)
    dialog = SettingsDialog(now, window)
    assert dialog.preferences == now
    dialog.scheme.setCurrentIndex(2)
    dialog.zoom.setCurrentIndex(0)
    dialog.enter_right.click()
    dialog.last_year.click()
    dialog.last_year_beside.click()
    assert dialog.preferences == Preferences(Scheme.SYSTEM, 60, False, True, False)


def test_chosen_settings_take_effect_and_are_kept(
    sample: MainWindow, answers: Answers, settings: Settings
) -> None:
    answers.give("ask_preferences", Preferences(Scheme.DARK, 125, True, True, True))
    trigger(sample, "settings")
    assert colours_of(QApplication.palette()) == DARK
    assert (settings.scheme, settings.zoom) == (Scheme.DARK, 125)
    assert settings.enter_moves_right
    assert settings.last_year_shown
    assert settings.last_year_beside
    assert sample.actions_["enter_right"].isChecked()
    assert sample.actions_["dark"].isChecked()
    answers.give("ask_preferences", Preferences(Scheme.LIGHT, 100, False, False, False))
    trigger(sample, "settings")
    assert colours_of(QApplication.palette()) == LIGHT
    assert not settings.enter_moves_right
    assert not settings.last_year_beside


def test_settings_without_a_report_count_for_the_next_one(
    window: MainWindow, answers: Answers, settings: Settings
) -> None:
    answers.give("ask_preferences", Preferences(Scheme.LIGHT, 90, True, True, True))
    trigger(window, "settings")
    assert settings.last_year_shown
    assert settings.last_year_beside
    assert not window.actions_["show_last_year"].isEnabled()
    trigger(window, "new")
    workspace(window).go_to("review")
    assert workspace(window).table_page().findChild(ComparisonStrip) is not None


def test_settings_not_confirmed_change_nothing(
    window: MainWindow, answers: Answers, settings: Settings
) -> None:
    answers.give("ask_preferences", None)
    trigger(window, "settings")
    assert settings.scheme is Scheme.LIGHT
    assert settings.zoom == 100


def test_settings_that_cannot_be_kept_count_and_that_is_said(
    window: MainWindow, answers: Answers, settings: Settings, folders: Folders
) -> None:
    folders.settings_file.unlink(missing_ok=True)
    folders.settings_file.mkdir(parents=True)
    answers.give("ask_preferences", Preferences(Scheme.DARK, 125, True, True, True))
    answers.give("show_error", None)
    trigger(window, "settings")
    assert "没有存下来" in answers.said("show_error")
    assert (settings.scheme, settings.zoom) == (Scheme.DARK, 125)


# ---------------------------------------------------------------- about and 诊断包


def test_the_about_box_leads_to_log_and_diagnosis(
    window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("gui.outside.open_outside", opened.append)
    log = tmp_path / "logs" / "xxgk.log"
    monkeypatch.setattr(help_commands, "log_file", lambda: log)
    answers.give("show_about", AboutChoice.LOG_FOLDER)
    trigger(window, "about")
    assert opened == []
    log.parent.mkdir()
    trigger(window, "about")
    assert opened == [log.parent]
    monkeypatch.setattr(help_commands, "user_data_folder", lambda: log.parent)
    answers.give("show_about", AboutChoice.DATA_FOLDER)
    trigger(window, "about")
    assert opened == [log.parent] * 2
    answers.give("show_about", AboutChoice.DIAGNOSTICS)
    answers.give("ask_diagnostics_to_write", tmp_path / "诊断包.zip")
    trigger(window, "about")
    assert (tmp_path / "诊断包.zip").exists()


def test_the_diagnosis_holds_versions_settings_and_log_and_nothing_of_a_report(
    sample: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "logs" / "xxgk.log"
    log.parent.mkdir()
    log.write_text("2022-01-20T10:00:00+08:00 版本 1 Python 3\nTraceback (most recent call last):\n", "utf-8")
    monkeypatch.setattr(help_commands, "log_file", lambda: log)
    pack = tmp_path / "诊断包.zip"
    answers.give("ask_diagnostics_to_write", pack)
    trigger(sample, "diagnostics")
    with zipfile.ZipFile(pack) as held:
        assert set(held.namelist()) == {"版本.txt", "设置.txt", "日志/xxgk.log"}
        everything = "".join(held.read(name).decode("utf-8") for name in held.namelist())
    report = document(sample).report
    assert report.unit_name not in everything
    assert "南湖" not in everything
    assert not any(text[:12] in everything for text in report.texts.values() if text)
    assert "look/scheme" in everything
    assert "不含年报内容" in sample.status.message


def test_a_place_that_cannot_be_written_is_said(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.give("ask_diagnostics_to_write", tmp_path / "没有" / "诊断包.zip")
    answers.give("show_error", None)
    trigger(window, "diagnostics")
    assert "无法写入" in answers.said("show_error")


# ---------------------------------------------------------------- names


def test_every_new_control_has_a_name_and_takes_the_keyboard(sample: MainWindow) -> None:
    trigger(sample, "guide")
    guide = reading(sample)
    assert guide.search.accessibleName()
    assert guide.text.accessibleName()
    assert QApplication.activeWindow() is not None
    guide.close()
    sample.activateWindow()
    workspace(sample).focus_page()
    press(Key.Key_F8)
    assert focused().accessibleName() == "还差什么"


def test_the_about_box_says_where_the_data_are(
    window: MainWindow, real_questions: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []

    def read(box: QMessageBox) -> None:
        shown.append(box.informativeText())
        box.buttons()[0].click()

    monkeypatch.setattr(QMessageBox, "exec", read)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    real_questions("show_about")
    trigger(window, "about")
    assert str(tmp_path / "xxgk-annual-report") in shown[0].replace("\u200b", "")


def test_what_concerns_the_whole_program_is_said_in_the_first_window(run: Run) -> None:
    windows = Windows(run)
    window = windows.open(None)
    windows.warn("便携版的数据没有存在程序旁边", "这里写不进去")
    assert window.message_bar.text == "便携版的数据没有存在程序旁边"
    assert window.message_bar.remarks == "这里写不进去"
    window.close()
