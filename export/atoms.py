"""What lines are made of: pieces of text that are never cut, and where a word may be cut after all.

Pure; knows nothing of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from export.marks import CLOSING, OPENING, half, joined

_LETTER = "0-9A-Za-z_²³µ¹À-ÖØ-öø-ʯ\u0300-\u1fff\u2070-\u209c"
_ATOM = re.compile(
    "——|……|――|⋯⋯"
    r"|〔U\+[0-9A-F]+〕"
    "|(?<=[。；：])[0-9]{1,2}[.．](?=[\u4e00-\u9fff])"
    rf"|[{_LETTER}]{{1,99}}(?:[-.,:/@%&=?#+~'’!]{{1,9}}[{_LETTER}]{{1,99}}){{0,200}}/?[%‰℃°㎎-㏄]?"
    "| +|\u3000+"
    "|.[\u0300-\u036f\u20d0-\u20ff\u3099\u309a]{0,8}",
    re.DOTALL,
)
_ITEM = re.compile("[0-9]{1,2}[.．]")
"""The number of an item within a paragraph, which does not end a line."""
_WESTERN = re.compile(rf"[{_LETTER}!-/:-@\[-`{{-~]")
_ADDRESS = re.compile(r"//|@|www\.|/\w+/|\?\w+=")
_AFTER_SLASH = re.compile(r"(?:(?<!/)/|[?&=@])(?=\w)")
_AFTER_DOT = re.compile(r"[._](?=\w)")
_BETWEEN_LETTERS = re.compile(r"(?<!%)[^-%](?=\w)")
"""Not inside the %E4 of an address, nor behind a hyphen: readers of the PDF would drop it."""
_ANYWHERE = re.compile(r"[^-%](?=\w)")
_NOT_BEHIND_HYPHEN = re.compile(r"[^-](?=.)")
_SPACES = " \u3000"
"""What line ends and beginnings lose."""

Width = Callable[[str], float]
"""Gives the width in points of a character or of a private shape of it (see ``marks``)."""


@dataclass(frozen=True)
class Atom:
    """What is never cut: a Chinese character, a pair of dots or dashes, a word or number, a space."""

    shapes: str
    text: str
    widths: tuple[float, ...]
    is_opening: bool = False
    """A straight quotation mark before what it quotes, or another word that ends no line."""
    is_closing: bool = False
    """A straight quotation mark behind what it quotes."""

    @cached_property
    def width(self) -> float:
        """Its width in points."""
        return sum(self.widths)

    @cached_property
    def is_space(self) -> bool:
        """Tell whether it is blank, so that line ends lose it."""
        return self.text[0] in _SPACES

    @cached_property
    def is_western(self) -> bool:
        """Tell whether it is a word, a number or the like, or a space between two of them."""
        return self.text[0] == " " or _WESTERN.match(self.text) is not None


def _part(atom: Atom, start: int, end: int) -> Atom:
    return Atom(atom.shapes[start:end], atom.text[start:end], atom.widths[start:end])


def atoms_of(text: str, width: Width) -> list[Atom]:
    """Return what a paragraph is made of."""
    parts = _ATOM.findall(text)
    around = zip(parts, ["", *parts], [*parts[1:], ""], strict=False)
    atoms = [_atom(part, before, after, width) for part, before, after in around]
    for mark in "\"'＂＇":
        places = [place for place, part in enumerate(parts) if part == mark]
        if len(places) % 2 == 0:
            _pair_quotes(atoms, places)
    return atoms


def _atom(text: str, before: str, after: str, width: Width) -> Atom:
    shapes = text
    if text in ("——", "――"):
        shapes = joined(text[0]) * 2
    elif _WESTERN.match(text):
        shapes = text.replace("’", half("’"))
    elif (text in CLOSING and (after in CLOSING or after in OPENING)) or (
        text in OPENING and before in OPENING
    ):
        shapes = half(text)  # two marks side by side share the blank between them
    return Atom(shapes, text, tuple(map(width, shapes)), is_opening=_ITEM.fullmatch(text) is not None)


def _pair_quotes(atoms: list[Atom], places: list[int]) -> None:
    """Take straight quotation marks in turn for opening and closing ones."""
    for number, place in enumerate(places):
        opens = number % 2 == 0
        atoms[place] = replace(atoms[place], is_opening=opens, is_closing=not opens)


def cut_word(atom: Atom, letters: int) -> tuple[Atom, Atom]:
    """Return the two parts of a word that is cut after some of its letters."""
    return _part(atom, 0, letters), _part(atom, letters, len(atom.text))


def is_address(atom: Atom) -> bool:
    """Tell whether it is an address of the web or of mail, which may be cut."""
    return _ADDRESS.search(atom.text) is not None


def ways_to_cut(text: str) -> Iterator[list[int]]:
    """Yield after how many letters a word may be cut: the best places, then the next best, and so on."""
    for pattern in (_AFTER_SLASH, _AFTER_DOT, _BETWEEN_LETTERS, _ANYWHERE):
        yield [match.end() for match in pattern.finditer(text)]


def last_resort(text: str, most: int) -> int:
    """Return after how many letters to cut what is no word at all, such as a-a-a: not behind a hyphen."""
    ends = (match.end() for match in _NOT_BEHIND_HYPHEN.finditer(text, 0, most + 1))
    return max(ends, default=most)
