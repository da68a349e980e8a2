"""Finds the font files of this computer, without fontconfig and without a toolkit.

It tells what a face is called, not what a document uses it for.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from export.registered_fonts import registered_files
from export.sfnt import SfntError, face_count, open_sfnt

_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_LINUX_SHARED = (
    "fonts",
    "texmf/fonts",
    "texmf-dist/fonts",
    "texlive/texmf-dist/fonts/opentype",
    "texlive/texmf-dist/fonts/truetype",
)


@dataclass(frozen=True)
class FaceFile:
    """One face in a font file: where it is and by which names people know it (in lower case)."""

    path: Path
    index: int
    names: frozenset[str]
    weight: int
    """400 regular, 700 bold."""
    label: str = field(default="", compare=False)
    """The name to show: the Chinese one if there is one."""


def font_folders(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ
) -> tuple[Path, ...]:
    """Return the folders where a system keeps fonts: its own first, then this user's."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    if platform == "win32":
        return _windows_folders(environment, home)
    if platform == "darwin":
        library = Path("Library", "Fonts")
        return (Path("/System") / library, Path("/") / library, home / library)
    return _linux_folders(environment, home)


def _windows_folders(environment: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    windows = Path(environment.get("WINDIR") or environment.get("SYSTEMROOT") or "C:/Windows")
    local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return (windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts")


def _linux_folders(environment: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    user_data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    shared = (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    system = [Path(root) / part for root in shared if root for part in _LINUX_SHARED]
    return (*system, user_data / "fonts", home / ".fonts")


@lru_cache(maxsize=4)
def installed_faces(folders: tuple[Path, ...] | None = None) -> tuple[FaceFile, ...]:
    """Return every upright face that may be embedded, in a stable order; folders default to the system's.

    A file that cannot be read or is damaged is left out: it belongs to the system, not to the report.
    """
    searched = font_folders() if folders is None else folders
    paths = _font_paths(searched)
    if folders is None:
        paths.update(path for path in registered_files(searched) if path.suffix.lower() in _SUFFIXES)
    return tuple(face for path in sorted(paths) for face in _faces_of(path))


def _font_paths(folders: tuple[Path, ...]) -> set[Path]:
    found: set[Path] = set()
    for folder in folders:
        for root, _, names in os.walk(folder):
            found.update(Path(root, name) for name in names if Path(name).suffix.lower() in _SUFFIXES)
    return found


def _faces_of(path: Path) -> Iterator[FaceFile]:
    try:
        for index in range(face_count(path)):
            face = describe_face(path, index)
            if face is not None:
                yield face
    except (OSError, SfntError, struct.error, IndexError):
        return  # damaged or unreadable: as if it were not installed


def describe_face(path: Path, index: int = 0) -> FaceFile | None:
    """Return one face of a file, or None where it slants, has no name or must not be embedded.

    Raises SfntError, struct.error or OSError for a file that is damaged or cannot be read.
    """
    sfnt = open_sfnt(path, index)
    if sfnt.is_italic or not sfnt.may_embed or not sfnt.names:
        return None
    return FaceFile(path, index, sfnt.names, sfnt.weight, sfnt.label)
