"""No word is cut, squeezed or laid over another, at every size, type and scaling of these offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from gui.main_window import MainWindow
from gui.typeface import interface_font
from tests.gui.fitting import complaints
from tests.gui.places import PLACES, Tour

SCREENS = [
    pytest.param((1366, 768), 10.5, 100, id="1366x768-100"),
    pytest.param((1093, 614), 10.5, 100, id="1366x768-125"),
    pytest.param((1280, 720), 10.0, 60, id="1920x1080-150"),
    pytest.param((1366, 768), 14.0, 200, id="large-type"),
]
"""Size of the window in logical pixels, size of the type in points, zoom of tables and texts."""


@pytest.fixture
def typed(dressed: QApplication) -> Iterator[Callable[[float], None]]:
    """Set the size of the window's type, and put it back."""
    before = dressed.font()

    def set_size(points: float) -> None:
        font = interface_font()
        font.setPointSizeF(points)
        dressed.setFont(font)

    yield set_size
    dressed.setFont(before)


@pytest.mark.parametrize(("size", "points", "zoom"), SCREENS)
def test_all_words_are_shown_whole(
    make_window: Callable[[], MainWindow],
    typed: Callable[[float], None],
    tmp_path: Path,
    size: tuple[int, int],
    points: float,
    zoom: int,
) -> None:
    typed(points)
    window = make_window()
    window.views.set_zoom(zoom)
    window.showNormal()
    window.resize(*size)
    found: dict[str, list[str]] = {}

    def look(shown: QWidget, place: str) -> None:
        if what := complaints(shown):
            found[place] = what

    tour = Tour(window, tmp_path)
    for place in PLACES:
        tour.visit(place, lambda shown, place=place: look(shown, place))
    assert found == {}
