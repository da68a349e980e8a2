"""What the window looks like and says, wherever it runs: Chinese, readable, remembered, reachable by keys."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetrics, QRawFont, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from export.fallback_fonts import fallback_sans_path
from gui import crash_dialog, typeface
from gui.actions import COMMANDS
from gui.icons import Icons
from gui.main_window import MainWindow
from gui.narrative import SectionEditor
from gui.settings import ZOOMS, Settings
from gui.style import DARK, LIGHT, Scheme, colours_of
from tests.gui.conftest import Answers
from tests.gui.window_driver import CONTROL, SAMPLE, press, trigger, workspace

Key = Qt.Key
_ENGLISH = re.compile("[A-Za-z]{3,}")
_TAGS = re.compile("<[^>]*>")
_NAMES = re.compile(r"Excel|PDF|Ctrl|Shift|Del|PgUp|PgDown|Home|End|Alt")


def words(widget: QWidget) -> Iterator[str]:
    """Yield every text that a widget and what is in it can show."""
    for part in (widget, *widget.findChildren(QWidget)):
        for name in ("text", "toolTip", "title", "windowTitle", "placeholderText", "accessibleName"):
            method = getattr(part, name, None)
            if callable(method) and not isinstance(part, QLineEdit | QPlainTextEdit):
                yield str(method())
        yield from (action.text() for action in part.actions())


def english(widget: QWidget) -> list[str]:
    """Return the texts with an English word in them; paths of files are not ours to word."""
    texts = (_TAGS.sub("", text) for text in words(widget))
    return [text for text in texts if _ENGLISH.search(_NAMES.sub("", text)) and "/" not in text]


# ---------------------------------------------------------------- Chinese


def test_qt_s_own_buttons_are_chinese(dressed: QApplication) -> None:
    standard = QDialogButtonBox.StandardButton
    for button in standard:
        if button is not standard.NoButton:
            box = QDialogButtonBox(button)
            assert english(box) == []


def test_qt_s_own_file_dialog_is_chinese(dressed: QApplication, tmp_path: object) -> None:
    dialog = QFileDialog(None, "打开年报", str(tmp_path), "年报 (*.年报)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    shown = {text for text in words(dialog) if _ENGLISH.search(_NAMES.sub("", text))}
    assert {text for text in shown if str(tmp_path) not in text and text not in str(tmp_path)} == set()
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"


def test_a_message_s_folded_details_are_chinese(dressed: QApplication) -> None:
    box = QMessageBox()
    box.setDetailedText("……")
    box.addButton(QMessageBox.StandardButton.Ok)
    assert english(box) == []


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_a_field_s_own_menu_is_chinese(dressed: QApplication, kind: type[QLineEdit | QPlainTextEdit]) -> None:
    field = kind()
    menu = field.createStandardContextMenu()
    texts = [action.text().partition("\t")[0] for action in menu.actions()]
    assert [text for text in texts if _ENGLISH.search(text)] == []
    assert any("粘贴" in text for text in texts)


def test_everything_in_the_window_is_chinese(window: MainWindow) -> None:
    assert english(window.start_page()) == []
    window.files.open_sample()
    for step in ("unit", "overview", "disclosure", "requests", "review", "problems", "other"):
        workspace(window).go_to(step)
    assert english(window) == []
    for menu in window.findChildren(QMenu):
        assert [a.text() for a in menu.actions() if _ENGLISH.search(_NAMES.sub("", a.text()))] == []


# ---------------------------------------------------------------- readable


def test_without_any_chinese_face_the_declared_one_is_loaded(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    font = typeface.interface_font()
    assert QFontInfo(font).family() in QFontDatabase.applicationFontFamilies(
        QFontDatabase.addApplicationFont(str(fallback_sans_path()))
    )
    assert QFontMetrics(font).inFont("政")
    assert font.pointSizeF() >= 10


@pytest.mark.usefixtures("dressed")
def test_a_face_made_for_screens_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "SimSun", "华文行楷", "Microsoft YaHei UI")
    assert typeface.interface_font().family() == "Microsoft YaHei UI"
    install(monkeypatch, "华文行楷")
    assert typeface.interface_font().family() == "华文行楷"


def install(monkeypatch: pytest.MonkeyPatch, *families: str) -> None:
    """Let these be the families that the system has."""
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: list(families))


def test_the_window_s_face_has_the_characters_it_shows(window: MainWindow) -> None:
    window.open_path(SAMPLE)
    raw = QRawFont.fromFont(window.font())
    shown = {character for text in words(window) for character in text if ord(character) > 0x2E7F}
    assert [character for character in shown if not raw.supportsCharacter(ord(character))] == []


def test_every_icon_is_drawn_and_takes_the_colour_it_is_given(dressed: QApplication) -> None:
    icons = Icons(DARK)
    for command in COMMANDS.values():
        if command.icon:
            image = icons.get(command.icon).pixmap(20, 20).toImage()
            tints = {
                image.pixelColor(x, y).name()
                for x in range(20)
                for y in range(20)
                if image.pixelColor(x, y).alpha() == 255
            }
            assert tints <= {QColor(DARK.text).name()}
            assert tints


# ---------------------------------------------------------------- remembered


def test_the_scheme_changes_at_once_and_is_remembered(
    make_window: Callable[[], MainWindow], settings: Settings, qtbot: QtBot
) -> None:
    window = make_window()
    window.open_path(SAMPLE)
    try:
        trigger(window, "dark")
        qtbot.waitUntil(lambda: colours_of(workspace(window).palette()) is DARK)
        assert settings.scheme is Scheme.DARK
        assert make_window().actions_["dark"].isChecked()
    finally:
        trigger(window, "light")
    qtbot.waitUntil(lambda: colours_of(workspace(window).palette()) is LIGHT)


def test_zoom_goes_in_steps_and_is_remembered(
    make_window: Callable[[], MainWindow], settings: Settings
) -> None:
    window = make_window()
    window.open_path(SAMPLE)
    for _ in ZOOMS:
        press(Key.Key_Minus, CONTROL)
    assert settings.zoom == ZOOMS[0]
    for _ in range(20):
        press(Key.Key_Plus, CONTROL)
    assert settings.zoom == ZOOMS[-1]
    assert make_window().status._zoom.text() == "200%"
    window.activateWindow()
    workspace(window).focus_page()
    press(Key.Key_0, CONTROL)
    assert settings.zoom == 100


def test_ctrl_and_wheel_zoom_the_texts_too(window: MainWindow, settings: Settings) -> None:
    window.open_path(SAMPLE)
    workspace(window).go_to("overview")
    field = workspace(window).findChildren(SectionEditor)[0]
    before = field.font().pointSizeF()
    place = QPointF(10, 10)
    event = QWheelEvent(
        place, field.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.viewport(), event)
    assert settings.zoom == 110
    assert field.font().pointSizeF() == pytest.approx(before * 1.1)


def test_the_option_for_enter_is_remembered(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    trigger(window, "enter_right")
    assert make_window().actions_["enter_right"].isChecked()


def test_a_pane_that_was_closed_stays_closed(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    window.open_path(SAMPLE)
    window.findings_pane_action().trigger()
    assert not window.findings.isVisible()
    other = make_window()
    other.open_path(SAMPLE)
    assert not other.findings.isVisible()


def test_settings_that_make_no_sense_count_as_absent(settings: Settings) -> None:
    for key in ("look/zoom", "look/scheme", "files/recent", "files/exports", "window/geometry"):
        settings._store.setValue(key, "]x[")
    assert (settings.zoom, settings.scheme, settings.recent_files) == (100, Scheme.LIGHT, ())
    assert settings.exports(SAMPLE) == {}
    assert settings.geometry.isEmpty()


# ---------------------------------------------------------------- reachable


def test_every_control_has_a_name(window: MainWindow) -> None:
    window.open_path(SAMPLE)
    for step in ("unit", "overview", "disclosure", "requests", "review", "problems", "other"):
        workspace(window).go_to(step)
    nameless = [
        part
        for part in window.findChildren(QWidget)
        if isinstance(part, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox)
        and part.isVisible()
        and not (part.accessibleName() or getattr(part, "text", str)() or part.toolTip())
    ]
    assert nameless == []


def test_every_command_is_in_a_menu_and_no_two_share_keys(window: MainWindow) -> None:
    listed = {action for menu in window.findChildren(QMenu) for action in menu.actions()}
    assert [name for name in COMMANDS if window.actions_[name] not in listed] == []
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert len(keys) == len(set(keys))


def test_menus_have_no_two_entries_with_one_letter(window: MainWindow) -> None:
    window.open_path(SAMPLE)
    for menu in [window.menuBar(), *window.findChildren(QMenu)]:
        letters = re.findall(r"&(\w)", " ".join(action.text() for action in menu.actions()))
        assert len(letters) == len(set(letters)), letters


def test_commands_without_a_report_are_switched_off(window: MainWindow) -> None:
    assert not any(
        window.actions_[name].isEnabled() for name in ("save", "undo", "paste", "fill_zero", "review")
    )
    window.open_path(SAMPLE)
    assert window.actions_["save"].isEnabled()
    workspace(window).go_to("unit")
    assert not window.actions_["fill_zero"].isEnabled()
    assert not window.actions_["undo"].isEnabled()


# ---------------------------------------------------------------- faults


def test_a_fault_is_recorded_and_shown_once(
    dressed: QApplication, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    answers.give("show_crash", None)
    hook = crash_dialog.make_hook()
    for _ in range(3):
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            hook(*sys.exc_info())  # type: ignore[arg-type]
    assert answers.times("show_crash") == 1
    details, log, _ = answers.shown[0][1]
    assert "ZeroDivisionError" in str(details)
    assert log.read_text(encoding="utf-8").count("ZeroDivisionError") >= 3


def test_a_fault_is_shown_after_the_event_in_which_it_happened(
    dressed: QApplication, answers: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    answers.give("show_crash", None)
    hook = crash_dialog.make_hook()
    during: list[int] = []

    def fail() -> None:
        hook(ZeroDivisionError, ZeroDivisionError(), None)
        during.append(answers.times("show_crash"))

    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: answers.times("show_crash") == 1)
    assert during == [0]


def test_the_program_says_what_it_is(window: MainWindow, answers: Answers) -> None:
    answers.give("show_about", None)
    trigger(window, "about")
    assert answers.times("show_about") == 1
