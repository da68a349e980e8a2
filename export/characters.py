"""What of a person's text documents can hold: two rules, the second of which leaves out more.

:func:`clean` is for every format: it leaves out what files cannot carry or what disturbs the order of
other characters, and changes nothing else. :func:`printable` is for paper (PDF), where each character
becomes a shape: it leaves out as well what shows nothing, and normalises to NFC, never NFKC, which would
turn ㎡ into m2. Both say which characters they left out; a text that was cleaned loses none twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_CHARACTERS = frozenset("\ufeff\ufffe\uffff")
_WIDE_SPACES = "\N{EM QUAD}\N{EM SPACE}"
_OTHER_SPACES = "\t\u00a0\u1680\u2000\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_SPACES = {
    **dict.fromkeys(_WIDE_SPACES, "\N{IDEOGRAPHIC SPACE}"),
    **dict.fromkeys(_OTHER_SPACES, " "),
    "\N{LINE SEPARATOR}": "\n",
    "\N{PARAGRAPH SEPARATOR}": "\n",
}
"""What each is printed as; few faces have these."""
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})
"""Control and format characters and lone surrogates."""
_LAST_ASSIGNED = 0xF0000
"""From here on there are only private characters, which we use for shapes of marks ourselves."""


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


class Printable(NamedTuple):
    """Text as it can be printed, and the characters left out of it in order of appearance."""

    text: str
    dropped: tuple[str, ...]


def printable(text: str) -> Printable:
    r"""Return text as it can be printed. Line ends become ``\n``, other spaces the usual ones."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if unified.isascii() and unified.isprintable():
        return Printable(unified, ())
    spaced = "".join(_SPACES.get(character, character) for character in unified)
    dropped = dict.fromkeys(character for character in spaced if _is_unprintable(character))
    kept = "".join(character for character in spaced if character not in dropped)
    return Printable(unicodedata.normalize("NFC", kept), tuple(dropped))


def printed_code(character: str) -> str:
    """Return what is printed for a character that no face has: 〔U+1F600〕."""
    return f"〔U+{ord(character):04X}〕"


def _is_unprintable(character: str) -> bool:
    if character == "\n":
        return False
    code = ord(character)
    if not is_allowed(character):
        return True
    is_selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return is_selector or code >= _LAST_ASSIGNED or unicodedata.category(character) in _UNPRINTABLE
