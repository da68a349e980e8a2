"""Faces at work: for each part of the document, which face draws which character, and how wide.

It opens font files when first asked; it knows nothing of pages or PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from export.characters import printed_code
from export.font_files import FaceFile, installed_faces
from export.fonts import (
    AbsentFace,
    FaceChoice,
    FaceRole,
    find_faces,
    is_installed,
    is_substitute,
    is_too_light,
    shown_name,
    weight_of,
)
from export.marks import FULL_WIDTH, plain
from export.outlines import Face, open_face

_THICKENING = {FaceRole.TITLE: 0.034, FaceRole.HEADING_1: 0.02}


class Typeface:
    """The faces of one role, asked in turn for each character."""

    def __init__(self, role: FaceRole, files: tuple[FaceFile, ...], cache: Path | None = None) -> None:
        self.role = role
        self._files = files
        self._cache = cache
        self._weight = weight_of(role)
        self._chosen: dict[str, Face | None] = {}
        self._widths: dict[float, Callable[[str], float]] = {}

    @property
    def thickening(self) -> float:
        """Return the stroke, in em, that makes up for a regular face in a heavy role."""
        return _THICKENING[self.role] if is_too_light(self.role, self._files[0]) else 0.0

    @property
    def label(self) -> str:
        """Return what the person is told of the face that is asked first."""
        return shown_name(self.role, self._files[0])

    @property
    def is_substitute(self) -> bool:
        """Tell whether this computer has no face for the role, so that a packaged one stands in."""
        return is_substitute(self.role, self._files[0])

    def face_for(self, shape: str) -> Face | None:
        """Return the face that draws a character or a private shape of it; None where none has it."""
        if shape not in self._chosen:
            self._chosen[shape] = self._choose(plain(shape))
        return self._chosen[shape]

    def _choose(self, character: str) -> Face | None:
        having = (face for face in self._faces() if face.covers(character))
        if character in FULL_WIDTH:
            # Latin faces draw quotation marks and middle dots narrow: rather take a Chinese face's.
            found = list(having)
            return next((face for face in found if face.fills_em(character)), next(iter(found), None))
        return next(having, None) or next((face for face in self._faces() if face.makes(character)), None)

    def _faces(self) -> Iterator[Face]:
        return (self._open(file) for file in self._files)

    def _open(self, file: FaceFile) -> Face:
        face = open_face(file, self._weight)
        if self._cache:
            face.load_cache(self._cache)
        return face

    def store_cache(self) -> None:
        """Keep what was converted for the next run of the program."""
        for face in {face for face in self._chosen.values() if face is not None}:
            if self._cache:
                face.store_cache(self._cache)

    def make_ready(self) -> None:
        """Open what new characters of the face asked first are converted with."""
        self._open(self._files[0]).make_ready()

    def advance(self, shape: str) -> float:
        """Return the width in em of a character or of a private shape of it."""
        face = self.face_for(shape)
        return face.advance(shape) if face else 1.0

    def width(self, size: float) -> Callable[[str], float]:
        """Return the width function of this typeface at a size in points, the same one for the same size."""
        return self._widths.setdefault(size, partial(self._width, size))

    def _width(self, size: float, shape: str) -> float:
        return self.advance(shape) * size

    def missing(self, text: Iterable[str]) -> list[str]:
        """Return the characters of a text that no face has, each once, in order of appearance."""
        return [character for character in dict.fromkeys(text) if self.face_for(character) is None]

    def with_codes(self, text: str) -> str:
        """Return text with each character that no face has replaced by its code: 〔U+1F600〕."""
        return text.translate({ord(character): printed_code(character) for character in self.missing(text)})


class Typefaces:
    """The typefaces of a whole document; ``cache`` is the folder for converted outlines, if any."""

    def __init__(self, choice: FaceChoice | None = None, cache: Path | None = None) -> None:
        self._choice = choice or {}
        self._by_role = {
            role: open_typeface(role, files, cache) for role, files in find_faces(choice).items()
        }

    def __getitem__(self, role: FaceRole) -> Typeface:
        return self._by_role[role]

    @property
    def substituted(self) -> tuple[FaceRole, ...]:
        """Return the roles for which this computer has no face."""
        return tuple(role for role, typeface in self._by_role.items() if typeface.is_substitute)

    @property
    def absent(self) -> tuple[AbsentFace, ...]:
        """Return the faces that were chosen and are not on this computer."""
        installed = installed_faces()
        return tuple(
            AbsentFace(role, name, self._by_role[role].label)
            for role, name in self._choice.items()
            if not is_installed(name, installed)
        )

    def store_cache(self) -> None:
        """Keep what was converted for the next run of the program."""
        for typeface in self._by_role.values():
            typeface.store_cache()

    def make_ready(self) -> None:
        """Open what new characters of the faces asked first are converted with."""
        for typeface in self._by_role.values():
            typeface.make_ready()


@lru_cache(maxsize=32)
def open_typeface(role: FaceRole, files: tuple[FaceFile, ...], cache: Path | None) -> Typeface:
    """Return a typeface, made once a run: the next document finds chosen what this one looks for."""
    return Typeface(role, files, cache)
