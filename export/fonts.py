"""Chooses a face for each part of the official document (GB/T 9704-2012, 5.2 and 7).

It knows family names and the declared fallback, and nothing of outlines or PDF. Importing it is
cheap; nothing is searched before somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple

from export.fallback_fonts import fallback_sans_path, fallback_serif_path
from export.font_files import FaceFile, describe_face, installed_faces


class FaceRole(Enum):
    """A part of the document that the standard gives a face of its own."""

    TITLE = "title"
    """2 号小标宋."""
    HEADING_1 = "heading_1"
    """「一、」 3 号黑体."""
    HEADING_2 = "heading_2"
    """「（一）」 3 号楷体."""
    BODY = "body"
    """3 号仿宋."""
    TABLE = "table"
    """Tables and page numbers: 宋体."""


ROLE_NAMES: Mapping[FaceRole, str] = {
    FaceRole.TITLE: "标题",
    FaceRole.HEADING_1: "一级标题",
    FaceRole.HEADING_2: "二级标题",
    FaceRole.BODY: "正文",
    FaceRole.TABLE: "表格、页码",
}
"""What the person calls the parts."""

FaceChoice = Mapping[FaceRole, str]
"""Family names that the user prefers, by role."""


class AbsentFace(NamedTuple):
    """A face that the person chose and that is not on this computer any more."""

    role: FaceRole
    wanted: str
    used: str
    """The name of the face that was taken instead."""


class Wish(NamedTuple):
    """A name to look for and the weight to take where a family has several."""

    name: str
    weight: int = 400


_SONG = (
    Wish("宋体"),
    Wish("SimSun"),
    Wish("方正书宋_GBK"),
    Wish("方正书宋简体"),
    Wish("华文宋体"),
    Wish("STSong"),
    Wish("新宋体"),
    Wish("Songti SC"),
    Wish("Source Han Serif SC"),
    Wish("Noto Serif CJK SC"),
    Wish("FandolSong"),
    Wish("AR PL UMing CN"),
)
_HEAVY_SONG = (
    Wish("方正小标宋简体"),
    Wish("方正小标宋_GBK"),
    Wish("FZXiaoBiaoSong-B05S"),
    Wish("FZXiaoBiaoSong-B05"),
    Wish("小标宋"),
    Wish("汉仪小标宋简"),
    Wish("华文中宋"),
    Wish("STZhongsong"),
    Wish("FandolSong Bold"),
)
_WISHES: dict[FaceRole, tuple[Wish, ...]] = {
    FaceRole.TITLE: (
        *_HEAVY_SONG[:-1],
        Wish("Source Han Serif SC", 700),
        Wish("Noto Serif CJK SC", 700),
        *_HEAVY_SONG[-1:],
        *_SONG,
    ),
    FaceRole.HEADING_1: (
        Wish("黑体"),
        Wish("SimHei"),
        Wish("方正黑体_GBK"),
        Wish("方正黑体简体"),
        Wish("华文黑体"),
        Wish("STHeiti"),
        Wish("Heiti SC"),
        Wish("Source Han Sans SC", 500),
        Wish("Noto Sans CJK SC", 500),
        Wish("FandolHei"),
        Wish("WenQuanYi Zen Hei"),
    ),
    FaceRole.HEADING_2: (
        Wish("楷体_GB2312"),
        Wish("楷体"),
        Wish("KaiTi"),
        Wish("方正楷体_GBK"),
        Wish("方正楷体简体"),
        Wish("华文楷体"),
        Wish("STKaiti"),
        Wish("Kaiti SC"),
        Wish("LXGW WenKai GB"),
        Wish("LXGW WenKai"),
        Wish("FandolKai"),
        Wish("AR PL UKai CN"),
    ),
    FaceRole.BODY: (
        Wish("仿宋_GB2312"),
        Wish("仿宋"),
        Wish("FangSong"),
        Wish("方正仿宋_GBK"),
        Wish("方正仿宋简体"),
        Wish("华文仿宋"),
        Wish("STFangsong"),
        Wish("FandolFang"),
        Wish("FandolFang R"),
    ),
    FaceRole.TABLE: _SONG,
}
_PACKAGED = "随程序附带的字体"
_SEMIBOLD = 600
_REGULAR = 400
_WEIGHTS = {FaceRole.TITLE: 700, FaceRole.HEADING_1: 500}
_RARE_CHARACTERS = (
    Wish("SimSun-ExtB"),
    Wish("SimSun-ExtG"),
    Wish("Noto Serif CJK SC"),
    Wish("Noto Sans CJK SC"),
)
"""Faces with many characters, asked last for those that no face of the role has."""


def role_faces(role: FaceRole, choice: FaceChoice, installed: tuple[FaceFile, ...]) -> tuple[FaceFile, ...]:
    """Return the faces of a role, best first: the user's, the wished ones, the fallback, the rare ones.

    The later ones stand in, character by character, for what the earlier ones lack.
    """
    chosen = [Wish(choice[role], weight_of(role))] if role in choice else []
    wished = _found([*chosen, *_WISHES[role]], installed)
    rare = _found(_RARE_CHARACTERS, installed)
    return tuple(dict.fromkeys([*wished, *_fallbacks(role), *rare]))


def find_faces(choice: FaceChoice | None = None) -> dict[FaceRole, tuple[FaceFile, ...]]:
    """Return the faces of every role on this computer, best first. The last resort is always there."""
    installed = installed_faces()
    return {role: role_faces(role, choice or {}, installed) for role in FaceRole}


def weight_of(role: FaceRole) -> int:
    """Return the weight that a role is set in: 400 regular, 700 bold."""
    return _WEIGHTS.get(role, _REGULAR)


def is_installed(name: str, installed: tuple[FaceFile, ...]) -> bool:
    """Tell whether there is a face of a name on this computer."""
    return _best(Wish(name), installed) is not None


def is_substitute(role: FaceRole, face: FaceFile) -> bool:
    """Tell whether a face merely stands in for the one the standard names."""
    return face in _fallbacks(role)


def shown_name(role: FaceRole, face: FaceFile) -> str:
    """Return what the person is told of a role's face."""
    return _PACKAGED if is_substitute(role, face) else face.label


def is_too_light(role: FaceRole, face: FaceFile) -> bool:
    """Tell whether a face is of regular weight in a role whose own face is heavy."""
    if role is FaceRole.TITLE:
        heavy = {wish.name.casefold() for wish in _HEAVY_SONG}
        return face.weight < _SEMIBOLD and not heavy & face.names
    return role is FaceRole.HEADING_1 and is_substitute(role, face)


def _found(wishes: list[Wish] | tuple[Wish, ...], installed: tuple[FaceFile, ...]) -> list[FaceFile]:
    found = (_best(wish, installed) for wish in wishes)
    return [face for face in found if face is not None]


def _best(wish: Wish, installed: tuple[FaceFile, ...]) -> FaceFile | None:
    """Return the face of that name, of the nearest weight where several share a family name."""
    name = wish.name.casefold()
    named = [face for face in installed if name in face.names]
    return min(named, key=lambda face: (abs(face.weight - wish.weight), len(face.names)), default=None)


@cache
def _fallbacks(role: FaceRole) -> tuple[FaceFile, ...]:
    serif, sans = describe_face(fallback_serif_path()), describe_face(fallback_sans_path())
    ordered = (sans, serif) if role is FaceRole.HEADING_1 else (serif, sans)
    return tuple(face for face in ordered if face is not None)
