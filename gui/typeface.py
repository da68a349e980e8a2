"""Chooses the face of the window's text: the system's Chinese one, or the declared fallback.

Chinese text stays readable on a machine that has no Chinese face at all.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

SIZE = 10.5
"""五号, in points."""
PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "思源黑体",
    "HarmonyOS Sans SC",
    "PingFang SC",
    "方正黑体_GBK",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "SimSun",
)
"""Faces made for screens first; SimSun is better than a face chosen by chance."""


def interface_font() -> QFont:
    """Return the font for everything the window says, at least 10 points."""
    font = QFont([_installed() or _load_fallback(), "DejaVu Sans"])
    font.setPointSizeF(SIZE)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def _installed() -> str:
    """Return the best of the Chinese families that are installed, or an empty text for none.

    By name first: to list those that write Chinese, Qt looks into every font there is.
    """
    known = frozenset(QFontDatabase.families())
    preferred = next((family for family in PREFERRED if family in known), "")
    return preferred or next(iter(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)), "")


def _load_fallback() -> str:
    from export.fallback_fonts import fallback_sans_path

    id_ = QFontDatabase.addApplicationFont(str(fallback_sans_path()))
    return next(iter(QFontDatabase.applicationFontFamilies(id_)), "")
