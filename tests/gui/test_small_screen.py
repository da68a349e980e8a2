"""A screen of 683 by 384 logical pixels, which is 1366 by 768 at 200 %: all is there, and reachable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui import findings_dock
from gui.main_window import MainWindow
from gui.scroller import Scroller
from gui.steps_panel import StepsPanel
from gui.style import LIGHT
from model.progress import COVER, Progress, State
from tests.gui.window_driver import copy_of_sample, press, trigger, workspace

SMALL = QSize(683, 384)
STEPS = (COVER, "overview", "disclosure", "requests", "review", "problems", "other")


def shrink(window: MainWindow, qtbot: QtBot) -> None:
    window.showNormal()
    window.resize(SMALL)
    qtbot.wait(10)
    assert window.size() == SMALL


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def cut_off(window: MainWindow) -> list[str]:
    """Return the buttons that stand partly outside the window and cannot be scrolled to."""
    cut = []
    for button in window.findChildren(QAbstractButton):
        whole = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        if button.isVisible() and button.text() and not is_scrolled(button):
            narrow = button.width() < button.minimumSizeHint().width()
            cut += [button.text()] if narrow or not window.rect().contains(whole) else []
    return cut


def is_scrolled(widget: QWidget | None) -> bool:
    while widget is not None and not isinstance(widget, QAbstractScrollArea):
        widget = widget.parentWidget()
    return widget is not None


@pytest.mark.parametrize("step", STEPS)
def test_every_page_fits_with_and_without_the_findings(sample: MainWindow, qtbot: QtBot, step: str) -> None:
    workspace(sample).go_to(step)
    shrink(sample, qtbot)
    assert cut_off(sample) == []
    sample._dock.hide()
    shrink(sample, qtbot)
    assert cut_off(sample) == []


def test_every_finding_can_be_opened(sample: MainWindow, qtbot: QtBot) -> None:
    shrink(sample, qtbot)
    for _ in sample.findings.model.findings:
        trigger(sample, "next_finding")
        shrink(sample, qtbot)
        assert cut_off(sample) == []


def test_the_start_page_fits_and_scrolls(window: MainWindow, qtbot: QtBot) -> None:
    shrink(window, qtbot)
    scroller = window.start_page().findChild(Scroller)
    assert scroller.verticalScrollBar().maximum() > 0


def test_a_field_that_is_reached_with_tab_is_scrolled_into_view(sample: MainWindow, qtbot: QtBot) -> None:
    workspace(sample).go_to("overview")
    shrink(sample, qtbot)
    workspace(sample).focus_page()
    scroller = workspace(sample).current_page.findChild(Scroller)  # type: ignore[attr-defined]
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Tab)
    qtbot.wait(10)
    focused = sample.focusWidget()
    top = focused.mapTo(scroller.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < scroller.viewport().height()


def test_on_a_narrow_screen_the_findings_wait_until_they_are_asked_for(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings_dock, "_NARROW", window.screen().availableSize().width() + 1)
    assert window.open_path(copy_of_sample(tmp_path))
    assert not window._dock.isVisible()
    trigger(window, "next_finding")
    assert window._dock.isVisible()


def test_pages_that_scroll_look_as_without_it(sample: MainWindow, qtbot: QtBot) -> None:
    sample.showNormal()
    sample.resize(1366, 768)
    for step in (COVER, "overview"):
        workspace(sample).go_to(step)
        qtbot.wait(10)
        page = workspace(sample).current_page
        assert isinstance(page, QWidget)
        assert page.findChild(Scroller).verticalScrollBar().maximum() == 0
        assert page.grab().toImage().pixelColor(3, 3) == QColor(LIGHT.window)


@pytest.mark.parametrize("counts", [(2, 1), (38, 27)])
def test_the_counts_of_a_step_cut_neither_its_title_nor_its_state(
    sample: MainWindow, counts: tuple[int, int]
) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    without = [Progress(item.step, State.STARTED, 0, 0) for item in workspace(sample).progress]
    counted = [Progress(item.step, State.STARTED, *counts) for item in without]
    for row, item in enumerate(without):
        panel.set_current(item.step.id)  # in bold it is widest
        box = panel.view.visualRect(panel.model.index(row))
        grabs = []
        for progress in (without, counted):
            panel.update_progress(progress)
            grabs.append(panel.view.viewport().grab(box).toImage())
        title, state = (
            QRect(0, 0, box.width(), box.height() // 2),
            QRect(0, 0, box.width() // 2, box.height()),
        )
        for part in (title, state):
            assert grabs[0].copy(part) == grabs[1].copy(part), item.step.title
        assert grabs[0] != grabs[1]
