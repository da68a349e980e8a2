"""What the window says just happened: true as long as it stands, and to be read whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from export import exporting
from gui.main_window import MainWindow
from gui.steps_panel import StepsPanel
from tests.gui.conftest import Answers
from tests.gui.window_driver import (
    CONTROL,
    click_row,
    copy_of_sample,
    press,
    trigger,
    type_text,
    workspace,
)

Key = Qt.Key


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    workspace(window).go_to("review")
    workspace(window).focus_page()
    qtbot.wait(1)
    return window


def test_a_refusal_is_not_told_after_the_cell_is_filled(sample: MainWindow, qtbot: QtBot) -> None:
    type_text("1.5\n")
    assert "1.5" in sample.status.message
    qtbot.wait(1)
    press(Key.Key_Escape)
    type_text("12\n")
    assert sample.status.message == ""


def test_what_a_paste_wrote_is_not_told_after_it_is_undone(sample: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("1\t2")
    press(Key.Key_V, CONTROL)
    assert sample.status.message.startswith("粘贴 2 格")
    qtbot.wait(1)
    trigger(sample, "undo")
    assert sample.status.message == ""


def test_what_happened_on_one_page_is_not_told_on_another(sample: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("1\t2")
    press(Key.Key_V, CONTROL)
    qtbot.wait(1)
    trigger(sample, "next_page")
    assert sample.status.message == ""


def test_a_number_refused_on_leaving_the_page_is_still_told(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    type_text("1.5")
    click_row(panel.view, panel.model.index(0))
    assert workspace(sample).current == "unit"
    assert "1.5" in sample.status.message


def test_saving_leaves_its_own_message_and_the_next_edit_takes_it_away(
    sample: MainWindow, qtbot: QtBot
) -> None:
    type_text("12\n")
    trigger(sample, "save")
    qtbot.wait(1)
    assert sample.status.message == "已保存"
    type_text("13\n")
    assert sample.status.message == ""


def test_nothing_is_said_of_a_report_that_is_closed(sample: MainWindow, qtbot: QtBot) -> None:
    trigger(sample, "review")
    qtbot.wait(1)
    trigger(sample, "close")
    assert sample.status.message == ""


# ---------------------------------------------------------------- after an export


@pytest.fixture
def export(qtbot: QtBot, answers: Answers, tmp_path: Path) -> Callable[[MainWindow], None]:
    def run(window: MainWindow) -> None:
        answers.give("ask_document_to_write", tmp_path / "年报.xlsx")
        trigger(window, "export_excel")
        qtbot.waitUntil(lambda: not window.exports.is_running, timeout=30_000)

    return run


NOTES = (
    "本机字体没有下列字符，PDF 中以编号代替："
    "\U00030729（U+30729）、\U0003106c（U+3106C）、\U0002b5e7（U+2B5E7）。",
    "本机没有装公文字体 小标宋（标题）、黑体（一级标题）、楷体（二级标题）、仿宋（正文）、"
    "宋体（表格、页码），PDF 中用随程序附带的字体代替。",
)


def test_the_notes_of_an_export_can_be_read_whole(
    sample: MainWindow,
    export: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    written = exporting.export_report
    monkeypatch.setattr(
        exporting, "export_report", lambda *given, **named: replace(written(*given, **named), notes=NOTES)
    )
    export(sample)
    bar = sample.message_bar
    assert bar.remarks.splitlines() == list(NOTES)
    label = next(label for label in bar.findChildren(QLabel) if label.text() == bar.remarks)
    for width in (1366, 1000):
        sample.resize(width, 768)
        qtbot.wait(1)
        needed = QFontMetrics(label.font()).boundingRect(
            label.contentsRect(), int(Qt.TextFlag.TextWordWrap), bar.remarks
        )
        assert label.isVisible()
        assert needed.height() <= label.contentsRect().height()
        assert bar.geometry().bottom() < sample.centralWidget().height()


def test_without_notes_the_success_line_is_one_line(
    sample: MainWindow, export: Callable[[MainWindow], None]
) -> None:
    export(sample)
    assert sample.message_bar.remarks == ""
    assert sample.message_bar.height() < 60


def test_the_success_line_goes_with_the_report(
    sample: MainWindow, export: Callable[[MainWindow], None]
) -> None:
    export(sample)
    assert sample.message_bar.isVisible()
    trigger(sample, "close")
    assert not sample.message_bar.isVisible()
