"""Words stand out 4.5 : 1 from what is behind them and marks 3 : 1, as declared and as painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.style import DARK, LIGHT, Colours, Scheme, apply_scheme, make_palette
from gui.table_style import TableColours, table_colours
from tests.gui.contrast import contrast
from tests.gui.places import Tour

SCHEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
WORDS, MARKS = 4.5, 3.0
_Pair = tuple[str, str]


def weak(pairs: Iterator[_Pair], least: float) -> dict[_Pair, float]:
    """Return the pairs of a text or mark and its ground that stand out too little."""
    return {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < least}


def table_of(colours: Colours) -> dict[str, str]:
    found: TableColours = table_colours(make_palette(colours))
    return {name: colour.name() for name, colour in found._asdict().items()}


# ---------------------------------------------------------------- as declared


@pytest.mark.parametrize("colours", SCHEMES)
def test_words_stand_out_from_every_ground_they_may_have(colours: Colours) -> None:
    quiet = (colours.window, colours.paper, colours.panel, colours.accent_soft, colours.hover)
    words = (
        colours.text,
        colours.muted,
        colours.error,
        colours.warning_text,
        colours.explained,
        colours.done,
    )
    assert weak(product(words, quiet), WORDS) == {}
    assert weak(product((colours.accent,), (colours.window, colours.paper, colours.panel)), WORDS) == {}
    assert weak(iter([(colours.on_accent, colours.accent)]), WORDS) == {}


@pytest.mark.parametrize("colours", SCHEMES)
def test_marks_frames_and_the_ring_of_the_focus_stand_out(colours: Colours) -> None:
    grounds = (colours.window, colours.paper, colours.panel, colours.accent_soft)
    marks = (colours.accent, colours.error, colours.warning, colours.explained, colours.done)
    assert weak(product(marks, grounds), MARKS) == {}
    assert weak(product((colours.frame,), (colours.window, colours.paper, colours.panel)), MARKS) == {}


@pytest.mark.parametrize("colours", SCHEMES)
def test_the_palette_gives_qt_s_own_controls_words_that_stand_out(colours: Colours) -> None:
    palette, role = make_palette(colours), QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base), (role.PlaceholderText, role.Window),
        (role.HighlightedText, role.Highlight), (role.Link, role.Base), (role.Link, role.Window),
        (role.LinkVisited, role.Base),
    ]  # fmt: skip
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        named = (
            (palette.color(group, one).name(), palette.color(group, other).name()) for one, other in pairs
        )
        assert weak(named, WORDS) == {}


@pytest.mark.parametrize("colours", SCHEMES)
def test_numbers_and_labels_of_tables_stand_out_in_every_state(colours: Colours) -> None:
    table = table_of(colours)
    grounds = [table[name] for name in ("paper", "total", "selection", "left", "right", "part")]
    assert weak(product([table["ink"]], grounds), WORDS) == {}
    heads = [table[name] for name in ("band", "header", "label", "selection")]
    assert weak(product([table["ink"]], heads), WORDS) == {}
    assert weak(product([table["faint_ink"]], [table["paper"], table["window"], table["total"]]), WORDS) == {}
    assert weak(iter([(table["on_mark"], table["error"])]), WORDS) == {}
    sides = [(table["left_edge"], table["left"]), (table["right_edge"], table["right"])]
    assert weak(iter(sides), WORDS) == {}


@pytest.mark.parametrize("colours", SCHEMES)
def test_borders_of_cells_stand_out_in_every_state(colours: Colours) -> None:
    table = table_of(colours)
    grounds = [table[name] for name in ("paper", "total", "selection", "left", "right")]
    for edge in ("accent", "error", "warning", "explained"):
        assert weak(product([table[edge]], grounds), MARKS) == {}
    assert (
        weak(iter([(table["left_edge"], table["left"]), (table["right_edge"], table["right"])]), MARKS) == {}
    )


# ---------------------------------------------------------------- as painted


def painted_contrast(part: QWidget, shown: QWidget) -> float:
    """Return how far the words of a widget stand out from what is most about them, by its pixels."""
    place = QRect(part.mapTo(shown, QPoint(0, 0)), part.size())
    image = shown.grab(place).toImage()
    pixels = Counter(
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    )
    ground = pixels.most_common(1)[0][0]
    return max(contrast(colour, ground) for colour in pixels)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "place", ["start-files", "requests", "finding-error", "last-year", "export-done", "ask-final"]
)
def test_words_stand_out_on_the_screen(window: MainWindow, tmp_path: Path, scheme: str, place: str) -> None:
    window.actions_[scheme].trigger()
    weak_labels: dict[str, float] = {}

    def look(shown: QWidget) -> None:
        QApplication.processEvents()
        for part in shown.findChildren(QLabel):
            if part.isVisible() and part.isEnabled() and part.text() and not part.visibleRegion().isEmpty():
                found = painted_contrast(part, shown)
                if found < WORDS:
                    weak_labels[part.text()] = round(found, 2)

    try:
        Tour(window, tmp_path).visit(place, look)
    finally:
        window.actions_["light"].trigger()
    assert weak_labels == {}


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_controls_are_outlined_against_the_window(
    dressed: QApplication, qtbot: QtBot, scheme: Scheme
) -> None:
    ground = apply_scheme(dressed, scheme).window
    try:
        page = QWidget()
        qtbot.addWidget(page)
        layout = QVBoxLayout(page)
        kinds = (QLineEdit, QPushButton, QComboBox, QSpinBox, QPlainTextEdit, QCheckBox, QRadioButton)
        controls = [kind(page) for kind in kinds]
        for control in controls:
            layout.addWidget(control)
        page.show()
        page.setFocus()
        image = page.grab().toImage()
        for control in controls:
            box = control.geometry()
            edge = [image.pixelColor(box.left() + x, box.center().y()).name() for x in range(4)]
            assert max(contrast(colour, ground) for colour in edge) >= MARKS, (type(control), edge)
        for bar in page.findChildren(QScrollBar):
            assert bar.palette().window().color().name() == ground.lower()
    finally:
        apply_scheme(dressed, Scheme.LIGHT)
