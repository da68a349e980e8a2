"""Colours and measures of the official tables, light and dark. Knows no widget and no document.

Base and text colours come from the application's palette; all else is the printed form's own, with
twins for a dark scheme.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

ZOOM_SMALLEST = 60
ZOOM_LARGEST = 200
ZOOM_STEP = 10


@dataclass(frozen=True)
class TableColours:
    """Every colour a table is painted with."""

    paper: QColor
    ink: QColor
    faint_ink: QColor
    """Help, legal basis, ghost suggestions."""
    rule: QColor
    """Hairlines between boxes."""
    edge: QColor
    """The line round the table."""
    band: QColor
    header: QColor
    label: QColor
    total: QColor
    accent: QColor
    on_accent: QColor
    current_label: QColor
    """Behind the labels of the current cell's row and column."""
    selection: QColor
    error: QColor
    warning: QColor
    explained: QColor
    left: QColor
    left_edge: QColor
    right: QColor
    right_edge: QColor
    part: QColor
    bubble: QColor


def table_colours(palette: QPalette) -> TableColours:
    """Return the colours that go with a palette."""
    base = palette.color(QPalette.ColorRole.Base)
    return _dark(palette) if base.lightness() < 128 else _light(palette)


def _light(palette: QPalette) -> TableColours:
    return TableColours(
        paper=palette.color(QPalette.ColorRole.Base),
        ink=palette.color(QPalette.ColorRole.Text),
        faint_ink=QColor("#5C6773"),
        rule=QColor("#A9B2BD"),
        edge=QColor("#6B7683"),
        band=QColor("#C6D9F1"),
        header=QColor("#F3F6FA"),
        label=QColor("#FAFBFD"),
        total=QColor("#ECEEF1"),
        accent=QColor("#1F5FA8"),
        on_accent=QColor("#FFFFFF"),
        current_label=QColor("#DCE8F6"),
        selection=QColor("#DCE8F6"),
        error=QColor("#C62828"),
        warning=QColor("#B26A00"),
        explained=QColor("#1565C0"),
        left=QColor("#D3ECE9"),
        left_edge=QColor("#00695C"),
        right=QColor("#E7DDF6"),
        right_edge=QColor("#5E35B1"),
        part=QColor("#FFF3C4"),
        bubble=QColor("#FFFBEF"),
    )


def _dark(palette: QPalette) -> TableColours:
    return TableColours(
        paper=palette.color(QPalette.ColorRole.Base),
        ink=palette.color(QPalette.ColorRole.Text),
        faint_ink=QColor("#A3ADB9"),
        rule=QColor("#4C5561"),
        edge=QColor("#7C8794"),
        band=QColor("#28425F"),
        header=QColor("#262B32"),
        label=QColor("#22262C"),
        total=QColor("#33383F"),
        accent=QColor("#7FB2EA"),
        on_accent=QColor("#10161D"),
        current_label=QColor("#2C4057"),
        selection=QColor("#2A3D54"),
        error=QColor("#FF8A80"),
        warning=QColor("#FFB74D"),
        explained=QColor("#82B1FF"),
        left=QColor("#1F4A46"),
        left_edge=QColor("#6FD6C9"),
        right=QColor("#443763"),
        right_edge=QColor("#C3A6FF"),
        part=QColor("#4D4420"),
        bubble=QColor("#3A3420"),
    )
