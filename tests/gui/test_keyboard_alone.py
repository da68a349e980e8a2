"""Everything without a mouse: each control is reached, none keeps the focus, one sees where one is.

That Esc ends every dialog is held by the tour itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMenuBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.contrast import contrast
from tests.gui.places import PLACES, Tour
from tests.gui.window_driver import workspace

Key = Qt.Key
_LETTER = re.compile(r"&(\w)")
_SEEN = 24
"""Pixels that must change for the focus to be seen."""


@pytest.fixture
def tour(window: MainWindow, tmp_path: Path) -> Tour:
    QApplication.setCursorFlashTime(0)
    return Tour(window, tmp_path)


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text}"


def stops(shown: QWidget) -> list[QWidget]:
    """Return what Tab should stop at."""
    return [
        part
        for part in shown.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and part.window() is shown.window()
    ]


def everywhere(tour: Tour, complain: Callable[[QWidget], list[str]]) -> dict[str, list[str]]:
    """Return what there is to complain of, by place."""
    found: dict[str, list[str]] = {}

    def look(shown: QWidget, place: str) -> None:
        complaints = complain(shown)
        if complaints:
            found[place] = complaints

    for place in PLACES:
        tour.visit(place, lambda shown, place=place: look(shown, place))
    return found


# ---------------------------------------------------------------- letters


def letters(shown: QWidget) -> Iterator[tuple[str, str]]:
    """Yield the letters that pick something with Alt, with what they pick."""
    for bar in shown.findChildren(QMenuBar):
        yield from (
            (letter, action.text()) for action in bar.actions() for letter in _LETTER.findall(action.text())
        )
    for part in shown.findChildren(QWidget):
        is_label = isinstance(part, QLabel) and part.buddy() is not None
        if (is_label or isinstance(part, QAbstractButton)) and part.isVisible():
            yield from ((letter, part.text()) for letter in _LETTER.findall(part.text()))


def shared_letters(shown: QWidget) -> list[str]:
    found: dict[str, list[str]] = {}
    for letter, text in letters(shown):
        found.setdefault(letter.upper(), []).append(text)
    return [" / ".join(texts) for texts in found.values() if len(texts) > 1]


def test_a_letter_with_alt_picks_one_thing(tour: Tour) -> None:
    assert everywhere(tour, shared_letters) == {}


# ---------------------------------------------------------------- Tab


def walk(shown: QWidget, key: Qt.Key, steps: int) -> list[QWidget]:
    """Return where the focus goes with a key."""
    reached = []
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or shown, key)
        now = QApplication.focusWidget()
        if now is not None:
            reached.append(now)
    return reached


def not_reached(shown: QWidget) -> list[str]:
    if isinstance(shown, MainWindow) and shown.workspace is not None:
        return []  # a table keeps Tab, as in Excel: see below
    wanted = stops(shown)
    reached = {
        part for key in (Key.Key_Tab, Key.Key_Backtab) for part in walk(shown, key, 2 * len(wanted) + 2)
    }
    return [
        name_of(part) for part in wanted if not any(now is part or part.isAncestorOf(now) for now in reached)
    ]


def test_tab_reaches_every_control_of_every_dialog(tour: Tour) -> None:
    assert everywhere(tour, not_reached) == {}


def without_main_button(shown: QWidget) -> list[str]:
    if not isinstance(shown, QDialog):
        return []
    buttons = [part for part in shown.findChildren(QPushButton) if part.isVisible()]
    defaults = [part for part in buttons if part.isDefault()]
    if not any(part.autoDefault() for part in buttons) and not defaults:
        return []  # Enter is for its list
    return [] if len(defaults) == 1 else [f"{len(defaults)} of {[part.text() for part in buttons]}"]


def test_enter_has_one_button_in_every_dialog(tour: Tour) -> None:
    assert everywhere(tour, without_main_button) == {}


def deaf_to_enter(shown: QWidget) -> list[str]:
    if isinstance(shown, QDialog):
        return []
    buttons = [part for part in stops(shown) if isinstance(part, QPushButton)]
    return [name_of(part) for part in buttons if not part.autoDefault() and not part.isDefault()]


def test_enter_presses_every_button_of_the_window_that_has_the_focus(tour: Tour) -> None:
    assert everywhere(tour, deaf_to_enter) == {}


# ---------------------------------------------------------------- the focus is seen


def picture(widget: QWidget) -> QImage:
    """Return what a widget and a little round it looks like."""
    shown = widget.window()
    corner = widget.mapTo(shown, QPoint(0, 0))
    part = QRect(corner, widget.size()).adjusted(-4, -4, 4, 4) & shown.rect()
    return shown.grab(part).toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(one: QImage, other: QImage) -> int:
    """Return how many pixels stand out 3 : 1 from what the first picture has there, or change their hue."""
    if one.size() != other.size():
        return _SEEN  # something opened
    left, right = one.constBits().cast("I"), other.constBits().cast("I")
    pairs = Counter((a, b) for a, b in zip(left, right, strict=True) if a != b)
    return sum(count for (a, b), count in pairs.items() if _differ(QColor(a), QColor(b)))


def _differ(one: QColor, other: QColor) -> bool:
    channels = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return contrast(one.name(), other.name()) >= 3 or max(abs(a - b) for a, b in channels) >= 128


def unseen(shown: QWidget) -> list[str]:
    found: list[str] = []
    if shown.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup:
        return found  # nothing else can have the focus
    keeper = QApplication.focusWidget()
    for part in stops(shown):
        if (here := QApplication.focusWidget()) is not None:
            here.clearFocus()
        QApplication.processEvents()
        before = picture(part)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if differing(before, picture(part)) < _SEEN:
            found.append(name_of(part))
    if keeper is not None:
        keeper.setFocus()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_sees_where_the_focus_is(tour: Tour, scheme: str) -> None:
    tour.window.actions_[scheme].trigger()
    try:
        assert everywhere(tour, unseen) == {}
    finally:
        tour.window.actions_["light"].trigger()


# ---------------------------------------------------------------- the window


def test_f6_goes_round_the_panes_from_wherever_one_is(tour: Tour, qtbot: QtBot) -> None:
    tour.report()
    shown = tour.window
    for step in ("unit", "overview", "disclosure", "requests", "review", "problems", "other"):
        workspace(shown).go_to(step)
        tour.settle()
        panes = [*workspace(shown).panes(), shown.findings]
        for part in stops(shown):
            part.setFocus()
            reached = walk(shown, Key.Key_F6, 3)
            for pane in panes:
                assert any(pane is now or pane.isAncestorOf(now) for now in reached), (step, name_of(part))


def test_no_control_of_the_window_keeps_the_focus(tour: Tour) -> None:
    tour.report()
    shown = tour.window
    for step in ("unit", "overview", "requests"):
        workspace(shown).go_to(step)
        tour.settle()
        for part in stops(shown):
            part.setFocus()
            keys = (Key.Key_Tab, Key.Key_F6)
            assert any(walk(shown, key, 1)[-1:] != [part] for key in keys), name_of(part)
