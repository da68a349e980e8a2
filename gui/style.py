"""The program's look: its colours, light and dark, and the palette made from them.

Fusion draws every control, so that Windows and the Linux desktops show the same thing. Widgets that
draw by themselves take their colours with :func:`colours_of` from the palette they have.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QMenu

GRID = 8
"""Distances are multiples of this, in pixels that the screen's scaling enlarges."""
_OUTLINED = (
    "QCheckBox",
    "QComboBox",
    "QLineEdit",
    "QPlainTextEdit",
    "QPushButton",
    "QRadioButton",
    "QSpinBox",
)
_OUTLINE, _OUTLINE_OF_BOX = 140, 1.1
"""How many percent darker Fusion makes an outline; how much lighter again that of a box to tick."""
_MENU_ROOM = 2 * GRID
"""By how much a menu is wider than Qt makes it."""


class Scheme(Enum):
    """Which colours the person wants."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Colours(NamedTuple):
    """The colours of one scheme. Text colours reach 4.5:1 on ``window``, ``paper`` and ``panel``."""

    window: str
    """Behind the pages."""
    paper: str
    """Fields, lists and pages to write on."""
    panel: str
    """Side panes and bars."""
    text: str
    muted: str
    """Text of second rank."""
    line: str
    """Hairlines between areas."""
    frame: str
    """Frames of marks, 3:1 on ``window``, ``paper`` and ``panel``; words that are switched off."""
    accent: str
    """政务蓝: what is chosen, the one main button, the focus."""
    on_accent: str
    accent_soft: str
    """Behind the chosen row of a list."""
    hover: str
    error: str
    """强制."""
    warning: str
    """核实, for marks; ``warning_text`` is the same for words."""
    warning_text: str
    explained: str
    """已说明."""
    done: str
    """A finished step, a success."""


LIGHT = Colours(
    window="#EEF1F5",
    paper="#FFFFFF",
    panel="#F8F9FB",
    text="#1D232B",
    muted="#56616E",
    line="#D3D9E0",
    frame="#7E8895",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    accent_soft="#DFEAF7",
    hover="#E9EEF4",
    error="#C62828",
    warning="#B26A00",
    warning_text="#8A5200",
    explained="#1565C0",
    done="#2E7035",
)
DARK = Colours(
    window="#1B1F25",
    paper="#23282F",
    panel="#1F242A",
    text="#E4E8ED",
    muted="#A3ADB9",
    line="#39414B",
    frame="#6F7A87",
    accent="#7FB2EC",
    on_accent="#10161D",
    accent_soft="#283F5E",
    hover="#2C333C",
    error="#FF8A80",
    warning="#FFB74D",
    warning_text="#FFB74D",
    explained="#82B1FF",
    done="#8CCB91",
)


def colours_of(palette: QPalette) -> Colours:
    """Return the colours that a palette was made from, told by whether it is dark."""
    return DARK if palette.color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def make_palette(colours: Colours) -> QPalette:
    """Return the palette of a scheme."""
    palette = QPalette(QColor(colours.panel), QColor(colours.window))
    for role, name in _roles(colours).items():
        palette.setColor(role, QColor(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.frame))
    palette.setColor(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight, QColor(colours.accent))
    return palette


def _roles(colours: Colours) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.paper,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.paper,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.paper,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.frame,
        role.Shadow: colours.frame,
    }


def widen(menu: QMenu) -> None:
    """Have a menu show its entries whole: Fusion makes it some pixels too narrow for the longest."""
    _set_minimum_width(menu, 0)
    _set_minimum_width(menu, menu.sizeHint().width() + _MENU_ROOM)


def _set_minimum_width(menu: QMenu, width: int) -> None:
    """Have a menu lay its entries out for a least width; a change of direction makes it do so anew."""
    menu.setMinimumWidth(width)
    QCoreApplication.sendEvent(menu, QEvent(QEvent.Type.LayoutDirectionChange))


def apply_scheme(application: QApplication, scheme: Scheme) -> Colours:
    """Give the program a scheme's colours, window frames included, and return them."""
    hints = application.styleHints()
    wanted = {
        Scheme.LIGHT: Qt.ColorScheme.Light,
        Scheme.DARK: Qt.ColorScheme.Dark,
        Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    }
    hints.setColorScheme(wanted[scheme])
    dark = scheme is Scheme.DARK or (scheme is Scheme.SYSTEM and hints.colorScheme() is Qt.ColorScheme.Dark)
    colours = DARK if dark else LIGHT
    application.setPalette(make_palette(colours))
    _outline(application, colours)
    return colours


def _outline(application: QApplication, colours: Colours) -> None:
    """Outline controls 3:1: Fusion takes the outline from a palette's window, which these do not show."""
    frame = QColor(colours.frame)
    source = frame.lighter(_OUTLINE if colours is DARK else round(_OUTLINE / _OUTLINE_OF_BOX))
    outlined, plain = make_palette(colours), make_palette(colours)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        outlined.setColor(group, QPalette.ColorRole.Window, source)
    palettes = {**dict.fromkeys(_OUTLINED, outlined), "QScrollBar": plain}  # else that of the field around it
    for control, palette in palettes.items():
        application.setPalette(palette, control)  # type: ignore[arg-type]  # a str, whatever the stubs say
