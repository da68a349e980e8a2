"""What keeps a window calm: words shown whole, marks in their colours, the focus where one works."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.marks import paint_pencil, paint_shape
from gui.steps_panel import StepsPanel
from gui.style import LIGHT
from gui.table_menu import TableMenu
from gui.table_page import TablePage
from model.forms import Severity
from model.progress import Progress, State
from tests.gui.window_driver import (
    click_row,
    copy_of_sample,
    document,
    focused,
    press,
    type_text,
    workspace,
)

Key = Qt.Key
_GAP = 24
"""Pixels without ink after which a menu's shortcut, and no more of its text, may follow."""


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    assert window.open_path(copy_of_sample(tmp_path))
    return window


def table(window: MainWindow) -> TablePage:
    page = workspace(window).table_page()
    assert isinstance(page, TablePage)
    return page


# ---------------------------------------------------------------- menus


def ink(image: QImage, row: QRect, ground: QColor) -> list[int]:
    """Return the columns of a row of a menu in which something is painted."""
    columns = range(row.left() + 8, row.right() - 8)
    rows = range(row.top() + 3, row.bottom() - 3)
    return [x for x in columns if any(image.pixelColor(x, y) != ground for y in rows)]


def text_ends(menu: QMenu) -> list[int]:
    """Return where the words of each entry end, left of its keys."""
    image = menu.grab().toImage()
    ends = []
    for action in menu.actions():
        row = menu.actionGeometry(action)
        ground = image.pixelColor(row.left() + 8, row.top() + 4)
        columns = [] if action.isSeparator() else ink(image, row, ground)
        gaps = (left for left, right in pairwise(columns) if right - left > _GAP)
        ends.append(next(gaps, columns[-1]) if columns else 0)
    return ends


def show_menu(menu: QMenu, qtbot: QtBot) -> QMenu:
    menu.popup(QPoint(20, 20))
    qtbot.waitUntil(menu.isVisible)
    return menu


def menus_of(window: MainWindow) -> list[QMenu]:
    return [menu for menu in window.findChildren(QMenu) if menu.title()]


def shown_whole(menu: QMenu) -> bool:
    """Tell whether no entry gains anything by a wider menu."""
    wider = QMenu()
    wider.addActions(menu.actions())
    wider.setMinimumWidth(menu.width() + 100)
    wider.resize(wider.sizeHint())
    return text_ends(menu) == text_ends(wider)


def test_the_menus_show_every_entry_whole(sample: MainWindow, qtbot: QtBot) -> None:
    for menu in menus_of(sample) * 2:
        assert shown_whole(show_menu(menu, qtbot)), menu.title()
        menu.close()


def test_a_menu_is_as_wide_each_time_it_is_shown(sample: MainWindow, qtbot: QtBot) -> None:
    tools = next(menu for menu in menus_of(sample) if menu.title().startswith("工具"))
    widths = []
    for _ in range(3):
        widths.append(show_menu(tools, qtbot).width())
        tools.close()
    assert len(set(widths)) == 1


def test_entries_that_grow_are_shown_whole_too(sample: MainWindow, qtbot: QtBot) -> None:
    workspace(sample).go_to("other")
    workspace(sample).focus_page()
    edit = next(menu for menu in menus_of(sample) if menu.title().startswith("编辑"))
    for label in ("把本表的空白格都填上零", "一"):
        sample.actions_.show_history(label, None)
        assert shown_whole(show_menu(edit, qtbot)), label
        edit.close()


def test_the_menu_of_a_table_shows_every_entry_whole(sample: MainWindow, qtbot: QtBot) -> None:
    workspace(sample).go_to("review")
    table(sample).findChild(TableMenu).popup(QPoint(20, 20))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert shown_whole(menu)
    menu.close()


# ---------------------------------------------------------------- marks


def painted(brush: QColor | Qt.BrushStyle, mark: str) -> QImage:
    """Return a mark as it looks where a brush was left from what was painted before."""
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    painter.setBrush(brush)
    if mark == "pencil":
        paint_pencil(painter, QRectF(3, 3, 18, 18), LIGHT)
    else:
        paint_shape(painter, QRectF(3, 3, 18, 18), Severity(mark), LIGHT)
    painter.end()
    return image


@pytest.mark.parametrize("mark", [*(severity.value for severity in Severity), "pencil"])
def test_a_mark_looks_the_same_whatever_was_painted_before(dressed: QApplication, mark: str) -> None:
    assert painted(QColor(LIGHT.accent), mark) == painted(Qt.BrushStyle.NoBrush, mark)


def test_a_step_that_is_begun_has_its_triangle_in_its_own_colour(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    progress = list(workspace(sample).progress)
    begun = next(row for row, item in enumerate(progress) if item.state is State.STARTED)
    progress[begun] = Progress(progress[begun].step, State.STARTED, 0, 2)
    panel.update_progress(progress)
    image = panel.view.viewport().grab(panel.view.visualRect(panel.model.index(begun))).toImage()
    right = range(image.width() // 2, image.width() - 2)
    colours = {image.pixelColor(x, y).name().upper() for x in right for y in range(3, image.height() - 3)}
    assert LIGHT.warning in colours
    assert LIGHT.accent not in colours


# ---------------------------------------------------------------- the focus


def test_digits_typed_after_a_click_on_a_step_go_into_its_table(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    steps = [item.step.id for item in panel.model.progress]
    click_row(panel.view, panel.model.index(steps.index("review")))
    here = table(sample).current_cell()
    type_text("7\n")
    assert here is not None
    assert document(sample).report.inputs[here] == 7


def test_a_click_on_the_step_that_is_shown_leads_back_to_its_page(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    panel.view.setFocus()
    click_row(panel.view, panel.view.currentIndex())
    assert focused() is not panel.view


def test_arrows_stay_in_the_list_of_steps_until_enter(sample: MainWindow) -> None:
    panel = workspace(sample).findChild(StepsPanel)
    workspace(sample).go_to("disclosure")
    panel.view.setFocus()
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert (workspace(sample).current, focused()) == ("review", panel.view)
    press(Key.Key_Return)
    assert table(sample).isAncestorOf(focused())
