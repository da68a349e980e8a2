"""Colours and measures of the official tables, light and dark. Knows no widget and no document.

What the whole program shares (paper, text, accent, states) comes from :mod:`gui.style`; what only a
printed form has (bands, rules, totals, the two sides of a finding) stands here.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from gui.style import DARK, Colours, colours_of
from model.forms import BAND_COLOUR

ZOOM_SMALLEST = 60
ZOOM_LARGEST = 200
ZOOM_STEP = 10


class TableColours(NamedTuple):
    """Every colour a table is painted with. Texts reach 4.5:1 on everything they may stand on."""

    window: QColor
    """Around the table."""
    paper: QColor
    ink: QColor
    faint_ink: QColor
    """Ghost suggestions and other words of second rank."""
    accent: QColor
    on_mark: QColor
    """Numbers within a filled mark."""
    error: QColor
    warning: QColor
    explained: QColor
    rule: QColor
    """Hairlines between boxes."""
    edge: QColor
    """The line round the table."""
    band: QColor
    header: QColor
    label: QColor
    total: QColor
    selection: QColor
    """Behind selected numbers, and behind the labels of the current cell's row and column."""
    left: QColor
    left_edge: QColor
    right: QColor
    right_edge: QColor
    part: QColor
    """Behind the terms of a total."""


class _Form(NamedTuple):
    """The printed form's own colours in one scheme."""

    rule: str
    edge: str
    band: str
    header: str
    label: str
    total: str
    selection: str
    left: str
    left_edge: str
    right: str
    right_edge: str
    part: str


_LIGHT = _Form(
    rule="#A4AEBA",
    edge="#5F6B78",
    band=f"#{BAND_COLOUR}",
    header="#F1F5FA",
    label="#FAFBFD",
    total="#ECEEF1",
    selection="#DCE8F6",
    left="#D0ECE8",
    left_edge="#00695C",
    right="#E8DDF7",
    right_edge="#5E35B1",
    part="#FFF1BF",
)
_DARK = _Form(
    rule="#4A535F",
    edge="#7C8794",
    band="#294563",
    header="#2A3038",
    label="#262B32",
    total="#343A42",
    selection="#2C4360",
    left="#1F4B47",
    left_edge="#6FD6C9",
    right="#463966",
    right_edge="#C3A6FF",
    part="#50471F",
)


def table_colours(palette: QPalette) -> TableColours:
    """Return the colours that go with a palette."""
    shared = colours_of(palette)
    return _join(shared, _DARK if shared is DARK else _LIGHT)


def _join(shared: Colours, form: _Form) -> TableColours:
    return TableColours(
        window=QColor(shared.window),
        paper=QColor(shared.paper),
        ink=QColor(shared.text),
        faint_ink=QColor(shared.muted),
        accent=QColor(shared.accent),
        on_mark=QColor(shared.paper),
        error=QColor(shared.error),
        warning=QColor(shared.warning),
        explained=QColor(shared.explained),
        **{name: QColor(value) for name, value in form._asdict().items()},
    )
