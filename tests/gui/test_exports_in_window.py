"""Exporting from the window: real files, off the GUI thread, with a record of what has become old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from export import exporting, pdf
from export.pdf_notes import PdfNotes
from gui import export_commands
from gui.dialogs import RetryChoice
from gui.export_record import ExportRecord
from gui.main_window import MainWindow
from model.cells import CellId
from model.errors import AppError
from tests.gui.conftest import Answers
from tests.gui.window_driver import copy_of_sample, document, trigger

CELL = CellId("requests", "received", "natural_person")
KINDS = {"export_excel": ".xlsx", "export_pdf": ".pdf"}


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


@pytest.fixture
def export(qtbot: QtBot, answers: Answers) -> Callable[..., None]:
    def run(window: MainWindow, command: str, target: Path) -> None:
        answers.give("ask_document_to_write", target)
        trigger(window, command)
        qtbot.waitUntil(lambda: not window.exports.is_running, timeout=30_000)

    return run


def old_mark(window: MainWindow) -> str:
    buttons = [b for b in window.status.findChildren(QToolButton) if "已旧" in b.text() and b.isVisible()]
    return buttons[0].toolTip() if buttons else ""


@pytest.mark.parametrize(("command", "suffix"), KINDS.items())
def test_a_document_is_written_where_the_person_says(
    sample: MainWindow, export: Callable[..., None], tmp_path: Path, command: str, suffix: str
) -> None:
    target = tmp_path / f"导出{suffix}"
    export(sample, command, target)
    assert target.stat().st_size > 5000
    assert sample.message_bar.isVisible()
    assert sample.message_bar.text.startswith(f"已导出 {target.name}（带“草稿”标记）")


def test_a_report_without_errors_makes_a_final_document(
    sample: MainWindow, export: Callable[..., None], tmp_path: Path
) -> None:
    document(sample).accept_computed(document(sample).report.stated)
    export(sample, "export_excel", tmp_path / "a.xlsx")
    assert sample.message_bar.text.startswith("已导出 a.xlsx。")


def test_the_success_line_opens_the_file_and_its_folder(
    sample: MainWindow, export: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(export_commands, "open_outside", opened.append)
    export(sample, "export_excel", tmp_path / "a.xlsx")
    buttons = {b.text(): b for b in sample.message_bar.findChildren(QPushButton) if b.isVisible()}
    buttons["打开文件"].click()
    buttons["打开所在文件夹"].click()
    assert opened == [tmp_path / "a.xlsx", tmp_path]


def test_the_name_offered_is_the_document_s_title(
    sample: MainWindow, export: Callable[..., None], answers: Answers, tmp_path: Path
) -> None:
    export(sample, "export_excel", tmp_path / "a.xlsx")
    suggestion = answers.shown[0][1][1]
    assert isinstance(suggestion, Path)
    assert suggestion.name == document(sample).report.title(document(sample).form) + ".xlsx"


def test_documents_older_than_the_report_are_marked_until_it_is_as_it_was(
    sample: MainWindow, export: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    export(sample, "export_excel", tmp_path / "a.xlsx")
    assert old_mark(sample) == ""
    document(sample).set_cells("录入", {CELL: 70})
    qtbot.waitUntil(lambda: "a.xlsx" in old_mark(sample))
    document(sample).undo()
    qtbot.waitUntil(lambda: old_mark(sample) == "")


def test_typing_asks_nothing_of_the_disk(
    sample: MainWindow, export: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    export(sample, "export_excel", tmp_path / "a.xlsx")
    asked: list[str] = []
    monkeypatch.setattr(ExportRecord, "outdated", lambda *_: asked.append("disk"))
    document(sample).set_cells("录入", {CELL: 70})
    assert asked == []


def test_the_mark_comes_back_with_the_report(
    make_window: Callable[[], MainWindow], export: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    path = copy_of_sample(tmp_path)
    first = make_window()
    first.open_path(path)
    export(first, "export_excel", tmp_path / "a.xlsx")
    document(first).set_cells("录入", {CELL: 70})
    trigger(first, "save")
    first.close_report()
    first.close_report()
    second = make_window()
    second.open_path(path)
    assert "a.xlsx" in old_mark(second)
    (tmp_path / "a.xlsx").unlink()
    document(second).set_cells("录入", {CELL: 71})
    qtbot.waitUntil(lambda: old_mark(second) == "")


def test_a_target_that_cannot_be_written_can_be_tried_again(
    sample: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    blocked = tmp_path / "a.xlsx"
    blocked.mkdir()
    answers.give("ask_document_to_write", blocked, tmp_path / "b.xlsx")
    answers.give("ask_retry", RetryChoice.RETRY, RetryChoice.ELSEWHERE)
    trigger(sample, "export_excel")
    qtbot.waitUntil(lambda: sample.message_bar.text.startswith("已导出"), timeout=30_000)
    assert answers.times("ask_retry") == 2
    assert "a.xlsx" in answers.said("ask_retry")
    assert (tmp_path / "b.xlsx").is_file()


def test_a_failed_export_can_be_left(
    sample: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").mkdir()
    answers.give("ask_document_to_write", tmp_path / "a.xlsx")
    answers.give("ask_retry", RetryChoice.CANCEL)
    trigger(sample, "export_excel")
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert not sample.message_bar.isVisible()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold every export in its worker until this is set."""
    release = threading.Event()
    real = exporting.FORMATS[".xlsx"]

    def write(*arguments: object) -> tuple[str, ...]:
        assert release.wait(20)
        return real.write(*arguments)  # type: ignore[arg-type]

    formats = {**exporting.FORMATS, ".xlsx": replace(real, write=write)}
    monkeypatch.setattr(exporting, "FORMATS", formats)
    return release


def test_the_window_goes_on_working_while_it_exports(
    sample: MainWindow, answers: Answers, held: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    answers.give("ask_document_to_write", tmp_path / "a.xlsx")
    trigger(sample, "export_excel")
    assert sample.exports.is_running
    document(sample).set_cells("录入", {CELL: 70})
    qtbot.waitUntil(lambda: "正在生成" in sample.message_bar.text)
    held.set()
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert "a.xlsx" in old_mark(sample)


def test_an_export_can_be_cancelled_and_leaves_nothing(
    sample: MainWindow, answers: Answers, held: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "leer"
    folder.mkdir()
    answers.give("ask_document_to_write", folder / "a.xlsx")
    trigger(sample, "export_excel")
    qtbot.waitUntil(lambda: "正在生成" in sample.message_bar.text)
    cancel = next(b for b in sample.message_bar.findChildren(QPushButton) if b.text() == "取消")
    cancel.click()
    held.set()
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert "已取消导出" in sample.message_bar.text
    assert list(folder.iterdir()) == []


def test_a_fault_in_the_worker_reaches_the_hook(
    sample: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr(export_commands.sys, "excepthook", lambda *fault: caught.append(fault[1]))

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(exporting, "export_report", fail)
    answers.give("ask_document_to_write", tmp_path / "a.xlsx")
    trigger(sample, "export_excel")
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert [type(fault) for fault in caught] == [ZeroDivisionError]
    assert not issubclass(ZeroDivisionError, AppError)


def test_closing_the_window_ends_an_export(
    sample: MainWindow, answers: Answers, held: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    answers.give("ask_document_to_write", tmp_path / "a.xlsx")
    trigger(sample, "export_excel")
    threading.Timer(0.2, held.set).start()
    assert sample.close()
    assert not (tmp_path / "a.xlsx").exists()


RARE = "\U000130b8"
"""A character that no face we know of has."""


def test_a_pdf_with_characters_that_no_face_has_is_asked_about_before_it_is_written(
    sample: MainWindow, export: Callable[..., None], answers: Answers, tmp_path: Path
) -> None:
    document(sample).set_text("other", f"收费{RARE}说明。")
    answers.give("ask_despite", False, True)
    export(sample, "export_pdf", tmp_path / "a.pdf")
    assert "U+130B8" in answers.said("ask_despite")
    assert not (tmp_path / "a.pdf").exists()
    assert not sample.message_bar.isVisible()
    export(sample, "export_pdf", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").exists()
    assert answers.times("ask_despite") == 2


def test_a_workbook_keeps_such_characters_and_nothing_is_asked(
    sample: MainWindow, export: Callable[..., None], tmp_path: Path
) -> None:
    document(sample).set_text("other", f"收费{RARE}说明。")
    export(sample, "export_excel", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").exists()


def test_an_export_cancelled_while_its_pages_are_checked_does_not_begin(
    sample: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    real = pdf.page_notes

    def wait(*arguments: Any, **named: Any) -> PdfNotes:
        assert release.wait(20)
        return real(*arguments, **named)

    monkeypatch.setattr(pdf, "page_notes", wait)
    answers.give("ask_document_to_write", tmp_path / "a.pdf")
    trigger(sample, "export_pdf")
    assert sample.message_bar.text == "正在检查页面"
    next(b for b in sample.message_bar.findChildren(QPushButton) if b.text() == "取消").click()
    release.set()
    assert not sample.exports.is_running
    qtbot.wait(500)
    assert not (tmp_path / "a.pdf").exists()
    assert not sample.message_bar.isVisible()


def test_a_fault_while_pages_are_checked_reaches_the_hook(
    sample: MainWindow, answers: Answers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr(export_commands.sys, "excepthook", lambda *fault: caught.append(fault[1]))

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "page_notes", fail)
    answers.give("ask_document_to_write", tmp_path / "a.pdf")
    trigger(sample, "export_pdf")
    qtbot.waitUntil(lambda: not sample.exports.is_running, timeout=30_000)
    assert [type(fault) for fault in caught] == [ZeroDivisionError]
    assert not (tmp_path / "a.pdf").exists()
