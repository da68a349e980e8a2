"""What of a person's text can stand on paper, and what cannot.

Text is normalised to NFC, never NFKC, which would turn ㎡ into m2. Characters that show nothing or
disturb the order of others are left out, and it is said which.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

_SPACES = {"\t": " ", "\N{NO-BREAK SPACE}": " ", "\N{LINE SEPARATOR}": "\n", "\N{PARAGRAPH SEPARATOR}": "\n"}
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})
"""Control and format characters (bidi overrides among them) and lone surrogates."""
_LAST_ASSIGNED = 0xF0000
"""From here on there are only private characters, which we use for shapes of marks ourselves."""


class Printable(NamedTuple):
    """Text as it can be printed, and the characters left out of it in order of appearance."""

    text: str
    dropped: tuple[str, ...]


def printable(text: str) -> Printable:
    r"""Return text as it can be printed. Line ends become ``\n``, other space becomes a plain one."""
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
    is_selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return is_selector or code >= _LAST_ASSIGNED or unicodedata.category(character) in _UNPRINTABLE
