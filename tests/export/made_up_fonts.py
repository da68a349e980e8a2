"""Small fonts made up for tests, installed for one user only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from export.face_choices import _NEEDED
from export.font_files import installed_faces
from tests.export.test_fonts import make_font

_WINDOWS, _UNICODE, _CHINA, _FAMILY = 3, 1, 0x804, 1


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
