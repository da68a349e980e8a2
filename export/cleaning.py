"""Which characters no document can hold, whatever its format. Fonts are each pen's own business."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_CHARACTERS = frozenset("\ufeff\ufffe\uffff")


class Cleaned(NamedTuple):
    """A text that every document can hold, and which characters had to go for that."""

    text: str
    dropped: frozenset[str]


def clean(text: str) -> Cleaned:
    """Leave out control characters, halves of surrogate pairs and marks that turn the writing direction.

    Line breaks and tabs stay. Nothing is normalised: what was typed is what is printed.
    """
    dropped = frozenset(character for character in set(text) if not is_allowed(character))
    return Cleaned("".join(character for character in text if character not in dropped), dropped)


def is_allowed(character: str) -> bool:
    """Tell whether a character may stand in a document."""
    if character in _LINE_BREAKS or character == "\t":
        return True
    if character in _DIRECTIONS or character in _NO_CHARACTERS:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def name_characters(characters: Iterable[str]) -> str:
    """Return code points as people can look them up: U+0007、U+202E."""
    return "、".join(f"U+{ord(character):04X}" for character in characters)
