"""Small fonts made up for tests, and installed for one user only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from export.face_choices import _NEEDED
from export.font_files import installed_faces

HAN = "文件公开申请"

_WINDOWS, _UNICODE, _CHINA, _FAMILY = 3, 1, 0x804, 1


def draw_curve(pen: Any) -> None:
    """Draw what every glyph of a font with cubic curves looks like."""
    pen.moveTo((50, 0))
    pen.lineTo((50, 900))
    pen.curveTo((900, 900), (900, 900), (900, 0))
    pen.closePath()


def make_font(path: Path, family: str, characters: str = HAN, *, cubic: bool = False, **os2: int) -> Path:
    """Write a small font of boxes: TrueType, or CFF with cubic curves."""
    names = [".notdef", *(f"g{ord(c):X}" for c in characters)]
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{ord(c):X}" for c in characters})
    if cubic:
        strings = {}
        for name in names:
            pen = T2CharStringPen(1000, None)
            draw_curve(pen)
            strings[name] = pen.getCharString()
        builder.setupCFF(family, {}, strings, {})
    else:
        glyph_pen = TTGlyphPen(None)
        glyph_pen.moveTo((50, 0))
        glyph_pen.lineTo((50, 900))
        glyph_pen.lineTo((900, 900))
        glyph_pen.closePath()
        builder.setupGlyf(dict.fromkeys(names, glyph_pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(**os2)
    builder.setupPost()
    builder.save(path)
    return path


@contextmanager
def installed(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Path]:
    """Give the user a folder for fonts of their own; what is put there counts from now on."""
    folder = home / "fonts"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    installed_faces.cache_clear()
    yield folder
    installed_faces.cache_clear()


def add_face(folder: Path, family: str, chinese: str = "", characters: str = _NEEDED) -> Path:
    """Install a face of boxes under its English name and, if given, a Chinese one."""
    path = make_font(folder / f"{family}.ttf", family, characters)
    if chinese:
        font = TTFont(path)
        font["name"].setName(chinese, _FAMILY, _WINDOWS, _UNICODE, _CHINA)
        font.save(path)
    installed_faces.cache_clear()
    return path
