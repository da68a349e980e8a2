"""Which faces a person may choose for the parts of the official document, and how a choice is kept and typed.

It opens every font file of the computer when asked for an offer: a second on a slow disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from export.font_files import FaceFile, installed_faces
from export.fonts import ROLE_NAMES, FaceChoice, FaceRole, find_faces, shown_name
from export.sfnt import SfntError, open_sfnt

_NEEDED = "政府信息公开年报（一）"
"""What a face must have to be of use: simplified characters and marks of every report."""


class Offer(NamedTuple):
    """What there is to choose from on this computer."""

    names: tuple[str, ...]
    """The names of usable faces, Chinese ones first."""
    automatic: Mapping[FaceRole, str]
    """What each part is set in where nothing is chosen."""


def offer() -> Offer:
    """Look for the faces of this computer."""
    named = {face.label.casefold(): face.label for face in installed_faces() if _is_usable(face)}
    names = tuple(sorted(named.values(), key=lambda name: (name.isascii(), name.casefold())))
    return Offer(names, {role: shown_name(role, faces[0]) for role, faces in find_faces().items()})


def _is_usable(face: FaceFile) -> bool:
    if not face.label or face.label.startswith((".", "@")):
        return False
    try:
        sfnt = open_sfnt(face.path, face.index)
        return all(sfnt.glyph(ord(character)) for character in _NEEDED)
    except (OSError, SfntError):  # without a character map, or gone since the names were read
        return False


def kept_choice(kept: Mapping[str, str]) -> FaceChoice:
    """Return a choice as it was kept between two runs: names by the ids of the roles; others are left out."""
    ids = {role.value: role for role in FaceRole}
    return {ids[key]: name for key, name in kept.items() if key in ids and name}


class NotAChoice(Exception):
    """What was typed does not name a part and a face; the text says why, in Chinese."""


def typed_choice(words: Iterable[str]) -> FaceChoice:
    """Read 正文=仿宋_GB2312 and the like; raise NotAChoice. Whether there is such a face shows later."""
    roles = {name.partition("、")[0]: role for role, name in ROLE_NAMES.items()}
    choice: dict[FaceRole, str] = {}
    for word in words:
        part, _, name = word.partition("=")
        if part.strip() not in roles or not name.strip():
            known = "、".join(roles)
            raise NotAChoice(f"“{word}”要写成 部分=字体名，例如 正文=仿宋_GB2312；可写的部分是 {known}")
        choice[roles[part.strip()]] = name.strip()
    return choice
