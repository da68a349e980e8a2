"""Preview, print and copy: the pages of the very PDF, following the report without stopping the person."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPageSize, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from export import outline_cache
from export import preview as drawing
from export.drafts import mark_of
from export.outlines import open_face
from export.preview import Pages, Picture, draw_pages
from export.typefaces import open_typeface
from gui import printing
from gui.main_window import MainWindow
from gui.preview_source import REST
from gui.preview_view import Fit
from gui.preview_window import PreviewWindow
from gui.printing import PrintFailed, print_pages, sheet_for
from model.errors import AppError
from model.finalising import with_force
from model.report import Address, Part
from tests.gui.conftest import Answers
from tests.gui.window_driver import CONTROL, copy_of_sample, document, press, trigger

A4 = (595.2756, 841.8898)


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


@pytest.fixture
def shown(sample: MainWindow, qtbot: QtBot) -> PreviewWindow:
    trigger(sample, "preview")
    preview = sample.publishing.preview
    assert preview is not None
    qtbot.waitExposed(preview)
    qtbot.waitUntil(lambda: is_up_to_date(preview), timeout=30_000)
    return preview


def is_up_to_date(preview: PreviewWindow) -> bool:
    return preview.view.page_count > 0 and preview.view.next_wanted() is None


def first_page(preview: PreviewWindow) -> QImage:
    return preview.view.pictures[0].copy()


def image_of(picture: Picture) -> QImage:
    pixels, form = picture.pixels, QImage.Format.Format_RGB32
    return QImage(pixels, picture.width, picture.height, picture.stride, form).copy()


# ---------------------------------------------------------------- preview


def test_until_the_first_pages_are_there_the_window_says_that_they_are_being_made(
    sample: MainWindow, qtbot: QtBot
) -> None:
    trigger(sample, "preview")
    preview = sample.publishing.preview
    assert preview is not None
    assert preview.state == "正在生成页面…"
    qtbot.waitUntil(lambda: is_up_to_date(preview), timeout=30_000)
    assert preview.state.startswith("草稿")


def test_the_preview_shows_the_pages_of_the_pdf(sample: MainWindow, shown: PreviewWindow) -> None:
    report, form = document(sample).report, document(sample).form
    pages = draw_pages(form, report, mark_of(report, sample.findings.model.findings))
    picture = first_page(shown)
    assert shown.view.page_count == len(pages) == 6
    assert picture == image_of(pages.render(0, picture.width(), picture.height()))
    assert shown.state.startswith("草稿")
    pages.close()


def test_the_first_page_follows_the_last_key_in_the_time_that_drawing_takes(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot
) -> None:
    """Compared with drawing alone, as a machine may be busy; the best of some tries, as it may be so once."""
    held, ratios = document(sample), []
    for _ in range(5):
        before = first_page(shown)
        begun = time.monotonic()
        pages = draw_pages(held.form, held.report, "草稿")
        pages.render(0, before.width(), before.height())
        pages.close()
        alone = time.monotonic() - begun
        for _ in range(3):
            held.set_text("introduction", f"改动{time.monotonic()}")
            qtbot.wait(20)
        begun = time.monotonic()
        qtbot.waitUntil(lambda before=before: first_page(shown) != before, timeout=30_000)
        qtbot.waitUntil(lambda: shown.view.next_wanted() is None, timeout=30_000)
        ratios.append((time.monotonic() - begun) / (REST / 1000 + alone))
    assert min(ratios) < 1.5, ratios


def test_typing_goes_on_while_pages_are_drawn(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, began, real = threading.Event(), threading.Event(), drawing.draw_pages

    def slow(*arguments: object) -> Pages:
        began.set()
        assert release.wait(20)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "draw_pages", slow)
    before = first_page(shown)
    document(sample).set_text("introduction", "一")
    qtbot.waitUntil(began.is_set)
    document(sample).set_text("introduction", "一二")
    qtbot.wait(200)
    assert first_page(shown) == before
    release.set()
    qtbot.waitUntil(lambda: first_page(shown) != before, timeout=10_000)
    pages = real(document(sample).form, document(sample).report, "草稿")
    size = first_page(shown).width(), first_page(shown).height()
    newest = image_of(pages.render(0, *size))
    qtbot.waitUntil(lambda: first_page(shown) == newest, timeout=10_000)
    pages.close()


def test_what_was_converted_for_the_first_pages_is_kept_for_the_next_start(
    sample: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "outlines"
    monkeypatch.setattr(outline_cache, "outline_folder", lambda: kept)
    open_face.cache_clear()
    open_typeface.cache_clear()
    trigger(sample, "preview")
    qtbot.waitUntil(lambda: any(kept.glob("*.outlines")), timeout=30_000)
    stored = {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    preview = sample.publishing.preview
    assert preview is not None
    qtbot.waitUntil(lambda: is_up_to_date(preview), timeout=30_000)
    before = first_page(preview)
    document(sample).set_text("introduction", "犇羴鱻")
    qtbot.waitUntil(lambda: first_page(preview) != before, timeout=10_000)
    sample.close_report()
    assert any(path.stat().st_mtime_ns != stored.get(path) for path in kept.glob("*.outlines"))


def test_the_mark_goes_when_the_errors_go(sample: MainWindow, shown: PreviewWindow, qtbot: QtBot) -> None:
    document(sample).accept_computed(document(sample).report.stated)
    qtbot.waitUntil(lambda: shown.state == "正式稿", timeout=10_000)


def test_the_mark_goes_with_a_reason_for_just_these_figures(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot
) -> None:
    report = document(sample).report
    document(sample).apply("x", {Address(Part.NOTES): with_force(report, "原件如此", datetime.now())})
    qtbot.waitUntil(lambda: shown.state == "正式稿", timeout=10_000)
    document(sample).set_text("other", "改过")
    qtbot.waitUntil(lambda: shown.state.startswith("草稿"), timeout=10_000)


def test_pages_are_gone_through_by_number_keys_and_buttons(shown: PreviewWindow) -> None:
    number = shown.findChildren(QSpinBox)[0]
    shown.view.go_to(2)
    assert (shown.view.page, number.value()) == (2, 3)
    number.setValue(5)
    assert shown.view.page == 4
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_End)
    assert shown.view.page == 5
    QTest.keyClick(shown.view, Qt.Key.Key_Home)
    assert number.value() == 1
    assert number.suffix() == " / 6 页"


def test_pages_are_as_wide_as_the_window_or_as_large_as_wanted(shown: PreviewWindow, qtbot: QtBot) -> None:
    sizes = shown.findChildren(QComboBox)[0]
    assert sizes.currentText() == "适合宽度"
    width = first_page(shown).width()
    shown.resize(shown.width() - 100, shown.height())
    qtbot.waitUntil(lambda: first_page(shown).width() == width - 100, timeout=5000)
    shown.view.set_percent(100)
    qtbot.waitUntil(lambda: first_page(shown).width() == round(A4[0] * 96 / 72), timeout=5000)
    assert sizes.currentText() == "100%"
    point = QPointF(50, 50)
    turn = QWheelEvent(
        point, point, point.toPoint(), point.toPoint() * 5, Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown.view.viewport(), turn)
    assert shown.view.percent == 110
    shown.view.set_fit(Fit.PAGE)
    assert sizes.currentText() == "整页"
    qtbot.waitUntil(lambda: first_page(shown).height() < shown.view.viewport().height(), timeout=5000)


def test_zooming_keeps_the_page_that_is_read(shown: PreviewWindow) -> None:
    shown.view.go_to(3)
    for percent in (200, 60, 150):
        shown.view.set_percent(percent)
        assert shown.view.page == 3


def test_only_pages_near_the_one_that_is_read_are_made(shown: PreviewWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown.view.next_wanted() is None, timeout=5000)
    assert 5 not in shown.view.pictures


def test_there_is_one_preview_and_it_goes_with_its_report(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot
) -> None:
    trigger(sample, "preview")
    assert sample.publishing.preview is shown
    shown.close()
    assert sample.publishing.preview is None
    trigger(sample, "preview")
    assert sample.publishing.preview is not None
    sample.close_report()
    assert sample.publishing.preview is None


def test_the_preview_opens_where_it_was(sample: MainWindow, shown: PreviewWindow, qtbot: QtBot) -> None:
    shown.resize(700, 500)
    shown.close()
    trigger(sample, "preview")
    again = sample.publishing.preview
    assert again is not None
    assert (again.width(), again.height()) == (700, 500)


def test_a_failure_is_said_where_the_pages_would_be(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AppError("画不出来")

    monkeypatch.setattr(drawing, "draw_pages", fail)
    document(sample).set_text("introduction", "一")
    qtbot.waitUntil(lambda: shown.state == "画不出来", timeout=5000)


# ---------------------------------------------------------------- print


def pdf_printer(path: Path, **more: int) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(more.get("resolution", 150))
    if "first" in more:
        printer.setFromTo(more["first"], more["last"])
    return printer


def print_to(window: MainWindow, qtbot: QtBot, answers: Answers, printer: QPrinter | None) -> None:
    answers.give("ask_printer", printer)
    trigger(window, "print")
    qtbot.waitUntil(lambda: not window.publishing.is_printing, timeout=60_000)


def test_every_page_is_printed_in_its_true_size(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    target = tmp_path / "印.pdf"
    print_to(sample, qtbot, answers, pdf_printer(target))
    assert sample.message_bar.text == "已送往打印机。"
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 6
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    printed, drawn = picture_of(target), draw_pages(document(sample).form, document(sample).report, "草稿")
    assert ink(printed.render(0, 595, 842).pixels) == pytest.approx(
        ink(drawn.render(0, 595, 842).pixels), rel=0.05
    )
    printed.close()
    drawn.close()


def picture_of(path: Path) -> Pages:
    return Pages(path.read_bytes())


def ink(pixels: bytes) -> int:
    return sum(255 - byte for byte in pixels[::4])


def test_some_pages_are_printed(sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path) -> None:
    print_to(sample, qtbot, answers, pdf_printer(tmp_path / "印.pdf", first=2, last=3))
    with pikepdf.open(tmp_path / "印.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_the_last_page_first_where_the_printer_is_told_so() -> None:
    printer = QPrinter()
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert list(printing.chosen_pages(printer, 3)) == [2, 1, 0]
    printer.setFromTo(2, 9)
    assert list(printing.chosen_pages(printer, 3)) == [2, 1]


def test_a_page_keeps_its_size_on_its_own_paper_and_its_shape_on_other() -> None:
    assert sheet_for(A4, (4961, 7016), 600) == (pytest.approx(0, abs=1), pytest.approx(0, abs=1), 4961, 7016)
    letter = sheet_for(A4, (2550, 3300), 300)
    assert letter.height == 3300
    assert letter.width / letter.height == pytest.approx(A4[0] / A4[1], rel=0.001)
    assert letter.left > 0


def test_nothing_is_printed_where_the_person_changes_their_mind(
    sample: MainWindow, qtbot: QtBot, answers: Answers
) -> None:
    print_to(sample, qtbot, answers, None)
    assert not sample.message_bar.isVisible()


def test_printing_can_be_cancelled(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    seen: list[int] = []

    def step(number: int, count: int) -> bool:
        seen.append(number)
        return number < 3

    pages = draw_pages(document(sample).form, document(sample).report, None)
    assert print_pages(pages, pdf_printer(tmp_path / "印.pdf"), step) == 2
    assert seen == [1, 2, 3]
    pages.close()


def test_a_printer_that_does_not_answer_is_said(
    sample: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise PrintFailed("某打印机")

    monkeypatch.setattr(printing, "print_pages", fail)
    answers.give("show_error", None)
    print_to(sample, qtbot, answers, pdf_printer(tmp_path / "印.pdf"))
    assert "某打印机" in answers.said("show_error")
    assert not sample.message_bar.isVisible()


def test_a_computer_without_printer_is_told_what_to_do(
    sample: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, real_questions: Callable[[str], object]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: []))
    real_questions("ask_printer")
    monkeypatch.setattr("gui.dialogs.show_error", lambda _parent, sentence: said.append(sentence))
    trigger(sample, "print")
    qtbot.waitUntil(lambda: not sample.publishing.is_printing, timeout=60_000)
    assert "没有装打印机" in said[0]
    assert "导出 PDF" in said[0]


def test_printing_from_the_preview(
    sample: MainWindow, shown: PreviewWindow, qtbot: QtBot, answers: Answers, tmp_path: Path
) -> None:
    answers.give("ask_printer", pdf_printer(tmp_path / "印.pdf"))
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    shown.view.setFocus()
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: (tmp_path / "印.pdf").exists(), timeout=10_000)
    qtbot.waitUntil(lambda: not sample.publishing.is_printing, timeout=60_000)


# ---------------------------------------------------------------- copy


def test_the_whole_report_is_copied_as_html_and_as_text(sample: MainWindow) -> None:
    trigger(sample, "copy_report")
    mime = QApplication.clipboard().mimeData()
    assert 'data-cell="requests.granted.total"' in mime.html()
    assert "<script" not in mime.html()
    assert mime.text().splitlines()[:3] == [
        "草稿",
        "岳阳市南湖新区管委会",
        "2021年政府信息公开工作年度报告",
    ]
    assert any(line.split("\t")[0].startswith("一、本年新收") for line in mime.text().splitlines())
    assert "整份报告已复制（带“草稿”标记）" in sample.status.message
