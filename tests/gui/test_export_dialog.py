"""The export dialog: formats to tick, one question, progress, and what became of each document."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from export import exporting, pdf
from export.pdf_notes import PdfNotes
from gui import export_dialog
from gui.export_dialog import ExportDialog
from gui.export_rows import DocumentRow
from gui.force_box import ForceBox
from gui.main_window import MainWindow
from gui.scroller import Scroller
from gui.settings import Settings
from model.finalising import forced_reasons, with_force
from model.report import Address, Part
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, editor, trigger, workspace

TITLE = "岳阳市南湖新区管委会2021年政府信息公开工作年度报告"
Open = Callable[[MainWindow], ExportDialog]


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "导出 的文件"
    folder.mkdir()
    settings.set_folder("export", folder)
    return folder


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    def show(window: MainWindow) -> ExportDialog:
        trigger(window, "export")
        dialog = window.findChildren(ExportDialog)[-1]
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return show


def rows(dialog: ExportDialog) -> dict[str, DocumentRow]:
    return {row.key: row for row in dialog.findChildren(DocumentRow)}


def tick(dialog: ExportDialog, *keys: str) -> None:
    for key, row in rows(dialog).items():
        row.want(key in keys)


def button(parent: QWidget, text: str) -> QPushButton:
    found = [b for b in parent.findChildren(QPushButton) if b.text().startswith(text) and b.isVisible()]
    assert len(found) == 1, text
    return found[0]


def export(dialog: ExportDialog, qtbot: QtBot) -> None:
    button(dialog, "导出(").click()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=60_000)


def test_all_formats_are_written_in_one_go_and_each_can_be_opened(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(export_dialog, "open_outside", shown.append)
    dialog = opened(sample)
    tick(dialog, ".pdf", ".xlsx", ".docx", ".html")
    export(dialog, qtbot)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{TITLE}{suffix}" for suffix in (".pdf", ".xlsx", ".docx", ".html")
    )
    assert {row.state for row in rows(dialog).values() if row.is_wanted} == {"已导出（草稿）"}
    button(rows(dialog)[".docx"], "打开").click()
    button(dialog, "打开文件夹").click()
    assert shown == [folder / f"{TITLE}.docx", folder]


def test_what_was_ticked_and_the_folder_are_remembered(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, settings: Settings
) -> None:
    first = opened(sample)
    assert [key for key, row in rows(first).items() if row.is_wanted] == [".pdf", ".xlsx"]
    tick(first, ".html")
    export(first, qtbot)
    first.reject()
    second = opened(sample)
    assert [key for key, row in rows(second).items() if row.is_wanted] == [".html"]
    assert rows(second)[".html"].state == "已有同名文件"


def test_another_folder_can_be_chosen(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, answers: Answers, settings: Settings
) -> None:
    other = folder / "另一个"
    other.mkdir()
    answers.give("ask_folder", None, other)
    dialog = opened(sample)
    tick(dialog, ".html")
    button(dialog, "选择").click()
    button(dialog, "选择").click()
    export(dialog, qtbot)
    assert [path.name for path in other.iterdir()] == [f"{TITLE}.html"]
    assert settings.folder("export", folder) == other


def test_existing_files_are_asked_about_once(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, answers: Answers
) -> None:
    for suffix in (".xlsx", ".html"):
        (folder / f"{TITLE}{suffix}").write_text("former", encoding="utf-8")
    answers.give("ask_replace", False, True)
    dialog = opened(sample)
    tick(dialog, ".xlsx", ".html")
    button(dialog, "导出(").click()
    assert not dialog.is_running
    assert (folder / f"{TITLE}.html").read_text(encoding="utf-8") == "former"
    assert answers.shown == [("ask_replace", (dialog, [f"{TITLE}.xlsx", f"{TITLE}.html"]))]
    export(dialog, qtbot)
    assert answers.times("ask_replace") == 2
    assert (folder / f"{TITLE}.html").read_text(encoding="utf-8") != "former"


def test_nothing_ticked_is_said(sample: MainWindow, folder: Path, opened: Open) -> None:
    dialog = opened(sample)
    tick(dialog)
    button(dialog, "导出(").click()
    assert not dialog.is_running
    assert "请至少选择一种格式。" in [
        label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")
    ]


def test_a_document_that_fails_leaves_the_others_alone_and_can_go_elsewhere(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    (folder / f"{TITLE}.xlsx").mkdir()
    answers.give("ask_replace", True)
    answers.give("ask_document_to_write", None, tmp_path / "别处.xlsx")
    dialog = opened(sample)
    tick(dialog, ".xlsx", ".html")
    export(dialog, qtbot)
    failed, fine = rows(dialog)[".xlsx"], rows(dialog)[".html"]
    assert (failed.state, fine.state) == ("没有导出", "已导出（草稿）")
    assert "这是一个文件夹" in failed.failure
    assert str(folder) not in failed.failure
    label = next(label for label in failed.findChildren(QLabel) if label.text() == failed.failure)
    assert label.height() >= label.heightForWidth(label.width())
    button(failed, "重试").click()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert failed.state == "没有导出"
    button(failed, "另存为").click()
    assert not dialog.is_running
    button(failed, "另存为").click()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert failed.state == "已导出（草稿）"
    assert failed.written == tmp_path / "别处.xlsx"
    assert (tmp_path / "别处.xlsx").is_file()


def test_characters_without_a_face_are_listed_before_anything_is_exported(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    document(sample).set_text("other", "收费\U000130b8说明。")
    dialog = opened(sample)
    qtbot.waitUntil(lambda: "U+130B8" in dialog.remarks, timeout=30_000)
    assert list(folder.iterdir()) == []
    tick(dialog, ".pdf")
    export(dialog, qtbot)
    assert dialog.remarks.count("U+130B8") == 1


@pytest.fixture
def held_check(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold the check of the pages until this is set."""
    release = threading.Event()
    real = pdf.page_notes

    def wait(*arguments: Any, **named: Any) -> PdfNotes:
        assert release.wait(20)
        return real(*arguments, **named)

    monkeypatch.setattr(pdf, "page_notes", wait)
    return release


def test_nothing_is_written_before_such_characters_are_listed_however_fast_one_is(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, held_check: threading.Event
) -> None:
    document(sample).set_text("other", "收费\U000130b8说明。")
    dialog = opened(sample)
    tick(dialog, ".pdf")
    button(dialog, "导出(").click()
    assert dialog.is_running
    held_check.set()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert "U+130B8" in dialog.remarks
    assert list(folder.iterdir()) == []
    export(dialog, qtbot)
    assert len(list(folder.iterdir())) == 1


def test_an_export_goes_on_by_itself_where_there_is_nothing_to_list(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, held_check: threading.Event
) -> None:
    dialog = opened(sample)
    tick(dialog, ".pdf")
    button(dialog, "导出(").click()
    button(dialog, "取消导出").click()
    assert dialog.isVisible()
    assert not dialog.is_running
    button(dialog, "导出(").click()
    held_check.set()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert rows(dialog)[".pdf"].state == "已导出（草稿）"


def test_characters_of_explanations_are_listed_as_well(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    report = document(sample).report
    notes = with_force(report, "原件如此\U000130b8", datetime(2024, 1, 20))
    document(sample).apply("x", {Address(Part.NOTES): notes})
    dialog = opened(sample)
    qtbot.waitUntil(lambda: "U+130B8" in dialog.remarks, timeout=30_000)


def test_many_remarks_leave_the_buttons_on_the_screen(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(sample)
    for number in range(60):
        dialog.show_remark(f"第 {number} 句：" + "本机字体没有这些字符，导出的文件中以编号代替。" * 3)
    area = dialog.findChild(Scroller)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    QApplication.processEvents()
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert dialog.rect().contains(button(dialog, "导出(").geometry())
    assert area.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_few_remarks_are_shown_whole(sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot) -> None:
    dialog = opened(sample)
    area = dialog.findChild(Scroller)
    for length in range(1, 6):  # also where the last words fit beside no scroll bar only
        dialog.show_remark("字体没有这些字符。" * (8 + length))
        QApplication.processEvents()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_documents_are_final_without_errors(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    document(sample).accept_computed(document(sample).report.stated)
    dialog = opened(sample)
    box = dialog.findChild(ForceBox)
    assert isinstance(box, ForceBox)
    assert "正式稿" in box.standing
    tick(dialog, ".html")
    export(dialog, qtbot)
    assert rows(dialog)[".html"].state == "已导出"
    assert document(sample).undo_label == "采用计算的合计"


def test_a_final_document_is_forced_with_a_reason_that_the_report_keeps(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(sample)
    box = dialog.findChild(ForceBox)
    assert isinstance(box, ForceBox)
    assert "现有强制错误 2" in box.standing
    tick(dialog, ".xlsx")
    next(b for b in box.findChildren(QCheckBox)).click()
    button(dialog, "导出(").click()
    assert not dialog.is_running
    assert box.problem.startswith("理由不能为空")
    box.findChildren(QLineEdit)[0].setText("原公开文本如此")
    export(dialog, qtbot)
    assert rows(dialog)[".xlsx"].state == "已导出"
    assert not str(openpyxl.load_workbook(folder / f"{TITLE}.xlsx").active["A1"].value).startswith("【草稿】")
    assert [note.text for note in forced_reasons(document(sample).report)] == ["原公开文本如此"]
    assert document(sample).undo_label == "写明正式稿理由"
    dialog.reject()
    again = opened(sample).findChild(ForceBox)
    assert isinstance(again, ForceBox)
    assert (again.mark(), again.reason) == (None, "原公开文本如此")
    document(sample).set_text("other", "改过")
    assert document(sample).report.notes
    later = opened(sample).findChild(ForceBox)
    assert isinstance(later, ForceBox)
    assert (later.mark(), later.reason) == ("草稿", "")


def test_an_export_can_be_cancelled_and_what_is_there_stays(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    real = exporting.FORMATS[".docx"]

    def write(*arguments: object) -> tuple[str, ...]:
        assert release.wait(20)
        return real.write(*arguments)  # type: ignore[arg-type]

    formats = {**exporting.FORMATS, ".docx": replace(real, write=write)}
    monkeypatch.setattr(exporting, "FORMATS", formats)
    dialog = opened(sample)
    tick(dialog, ".xlsx", ".docx", ".html")
    button(dialog, "导出(").click()
    qtbot.waitUntil(lambda: "正在生成" in rows(dialog)[".docx"].state, timeout=30_000)
    button(dialog, "取消导出").click()
    release.set()
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=30_000)
    assert dialog.isVisible()
    assert [row.state for row in rows(dialog).values()][:4] == ["", "已导出（草稿）", "没有导出", "没有导出"]
    assert [path.suffix for path in folder.iterdir()] == [".xlsx"]


def test_exported_documents_are_marked_old_once_the_report_changes(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(sample)
    tick(dialog, ".html")
    export(dialog, qtbot)
    dialog.reject()
    assert sample.exports.outdated() == ()
    document(sample).set_text("other", "改过")
    assert [path.suffix for path in sample.exports.outdated()] == [".html"]


def test_what_is_still_being_typed_is_exported(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    workspace(sample).go_to("other")
    editor(sample, "other").insertPlainText("刚刚输入的话。")
    dialog = opened(sample)
    tick(dialog, ".html")
    export(dialog, qtbot)
    assert "刚刚输入的话" in (folder / f"{TITLE}.html").read_text(encoding="utf-8")


def test_the_audit_goes_beside_the_documents_with_the_reason_given_there(
    sample: MainWindow, folder: Path, opened: Open, qtbot: QtBot
) -> None:
    dialog = opened(sample)
    tick(dialog, ".html", "audit.pdf", "audit.xlsx")
    box = dialog.findChild(ForceBox)
    assert isinstance(box, ForceBox)
    box.findChildren(QCheckBox)[0].click()
    box.findChildren(QLineEdit)[0].setText("原公开文本如此")
    export(dialog, qtbot)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [f"{TITLE}.html", f"{TITLE}审核报告.pdf", f"{TITLE}审核报告.xlsx"]
    )
    sheet = openpyxl.load_workbook(folder / f"{TITLE}审核报告.xlsx").worksheets[0]
    facts = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=3)}
    assert facts["作为正式稿的理由"].endswith("原公开文本如此")
    document(sample).set_text("other", "改过")
    assert [path.suffix for path in sample.exports.outdated()] == [".html"]
