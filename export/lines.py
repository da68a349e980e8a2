"""Breaks Chinese text into lines that fill the measure exactly (GB/T 15834-2011, 5.1; GB/T 9704-2012, 5.2.2).

Pure functions over plain strings: text is never markup, and faces are known only through a width
function. All lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from export.atoms import Atom, Width, atoms_of, cut_word, is_address, last_resort, ways_to_cut
from export.marks import CLOSING, FULL_WIDTH_LETTERS, NOT_FIRST, NOT_LAST, OPENING, half

_TOO_LOOSE = 0.35
"""A mean gap, in em, above which an address is rather cut."""
_FAIR_GAP = 0.2
"""A mean gap, in em, up to which an address is cut at the best place rather than at the last that fits."""
_WIDEST_GAP = 0.25
"""A gap between Chinese characters, in em, above which the letters of words move apart as well."""
_WIDEST_SPACING = 0.09
"""How far, in em, letters may be moved apart before readers of the PDF take them for words."""
_MOST_SQUEEZED_IN = 8
"""How many more atoms squeezed marks may make room for at most."""
_MOST_BEFORE_WORD = 4
"""How many opening marks are looked past for a word to cut."""
_TOLERANCE = 1e-6
_REMEMBERED = 1000
"""Paragraphs and cells, about three reports."""


@dataclass(frozen=True)
class Measure:
    """What text is set into: the width of type, and the room for it."""

    width: Width
    em: float
    """Type size."""
    line: float
    """Length of a full line."""
    tracking: float = 0.0
    """Added after each Chinese character: negative where the grid is tighter than the type."""
    indent: float = 0.0
    """Indent of the first line."""
    justified: bool = True


@dataclass(frozen=True)
class Line:
    """A line ready to be drawn."""

    text: str
    shapes: str
    """The same characters, some as private shapes (see ``marks``)."""
    places: tuple[float, ...]
    """Where each character's cell begins, from the left edge of the paragraph."""
    end: float
    """Where the last character's cell ends."""


def break_lines(text: str, measure: Measure) -> list[Line]:
    """Set one paragraph. No line begins or ends with a forbidden mark, and none but the last is short.

    Only a run of marks that is itself longer than a line is cut where it should not be.
    """
    return list(_broken(text, measure))


@lru_cache(maxsize=_REMEMBERED)
def _broken(text: str, measure: Measure) -> tuple[Line, ...]:
    """Remember what was set: from one preview to the next most of a report stays as it is."""
    return tuple(_Setter(text, measure).lines())


def balanced_lines(text: str, measure: Measure) -> list[Line]:
    """Break centred text into as few lines as it needs, all about equally long (GB/T 9704-2012, 7.3.1)."""
    lines = break_lines(text, measure)
    if len(lines) < 2:
        return lines
    narrow = sum(line.end for line in lines) / len(lines)
    while narrow < measure.line:
        balanced = break_lines(text, replace(measure, line=narrow))
        if len(balanced) <= len(lines) and all(line.end <= measure.line + _TOLERANCE for line in balanced):
            return balanced
        narrow += measure.em / 4
    return lines


class _Setter:
    """Sets one paragraph: a list of atoms, and lines as ranges of it."""

    def __init__(self, text: str, measure: Measure) -> None:
        self._measure = measure
        self._half_em = measure.em / 2
        self._atoms = atoms_of(text, measure.width)

    def lines(self) -> list[Line]:
        """Return the lines of the paragraph: none where there is no text."""
        ranges = self._without_stranded_character(list(self._filled()))
        last = len(ranges) - 1
        return [
            self._set(start, end, number == 0, number == last) for number, (start, end) in enumerate(ranges)
        ]

    # Filling

    def _filled(self) -> Iterator[tuple[int, int]]:
        start = 0
        while start < len(self._atoms):
            end = self._line_end(start)
            yield start, self._before_spaces(start, end)
            start = end
            while start < len(self._atoms) and self._atoms[start].is_space:
                start += 1

    def _before_spaces(self, start: int, end: int) -> int:
        while end > start + 1 and self._atoms[end - 1].is_space:
            end -= 1
        return end

    def _room(self, start: int) -> float:
        return self._measure.line - (self._measure.indent if start == 0 else 0.0)

    def _line_end(self, start: int) -> int:
        """Return where the line that begins at ``start`` ends; it may cut an atom that is too long."""
        width = 0.0
        for place in range(start, len(self._atoms)):
            width += self._atoms[place].width + (self._gap(place - 1) if place > start else 0.0)
            if width > self._room(start) + _TOLERANCE and not self._atoms[place].is_space:
                return self._with_part_of_next(start, self._break_before(start, place))
        return len(self._atoms)

    def _break_before(self, start: int, overflow: int) -> int:
        """Return the best break near the first atom that no longer fits."""
        if overflow == start or self._may_break(overflow):
            return overflow
        legal = self._squeezed_end(start, overflow) or self._last_break(start, overflow)
        if legal and (legal > start + 1 or self._before_spaces(start, overflow) == legal):
            return legal
        return self._end_within_word(overflow)  # a single character would not fill the line

    def _end_within_word(self, overflow: int) -> int:
        """Cut a word that fills the line, so that the mark behind it does not begin the next one."""
        word = self._atoms[overflow - 1]
        if word.is_western and len(word.text) > 1:
            self._cut_at(overflow - 1, self._cut(word, word.width))
        return overflow

    def _cut_at(self, place: int, letters: int) -> None:
        atom = self._atoms[place]
        if letters:
            self._atoms[place : place + 1] = cut_word(atom, letters)

    def _may_break(self, place: int) -> bool:
        """Tell whether a line may end before the atom at ``place``."""
        atom = self._atoms[place]
        if atom.is_space or atom.is_closing or atom.text[0] in NOT_FIRST:
            return False
        before = place - 1
        while before > 0 and self._atoms[before].is_space:
            before -= 1
        last = self._atoms[before]
        if atom.text[0] in FULL_WIDTH_LETTERS and last.text[-1] in FULL_WIDTH_LETTERS | {"．"}:
            return False
        return not last.is_opening and last.text[-1] not in NOT_LAST

    def _last_break(self, start: int, overflow: int) -> int | None:
        return next((place for place in range(overflow - 1, start, -1) if self._may_break(place)), None)

    def _squeezed_end(self, start: int, overflow: int) -> int | None:
        """Return the next legal break after the overflow, if squeezed marks make room up to there."""
        end = overflow + 1
        while end < len(self._atoms) and not self._may_break(end):
            end += 1
            if end - overflow > _MOST_SQUEEZED_IN:
                return None
        return end if self._can_squeeze(start, end) else None

    def _can_squeeze(self, start: int, end: int) -> bool:
        end = self._before_spaces(start, end)
        spare = self._half_em * len(self._squeezable(start, end))
        return self._natural(start, end) - spare <= self._room(start) + _TOLERANCE

    def _squeezable(self, start: int, end: int) -> list[int]:
        """Return the marks of a line that can do without their blank half."""
        atoms = self._atoms
        return [
            place
            for place in range(start, end)
            if atoms[place].shapes in CLOSING or (atoms[place].shapes in OPENING and place > start)
        ]

    def _with_part_of_next(self, start: int, end: int) -> int:
        """Cut the word after the line where it must or should be cut, and add its first part to the line."""
        if end == len(self._atoms):
            return end
        word = end
        while self._atoms[word].text in OPENING and word < min(len(self._atoms), end + _MOST_BEFORE_WORD) - 1:
            word += 1
        atom = self._atoms[word]
        is_long = word == start or end == start + 1 or atom.width > self._measure.line
        should = word == start or (self._is_loose(start, end) and (is_long or is_address(atom)))
        room = self._room(start) - (self._natural(start, word) + self._gap(word - 1) if word > start else 0.0)
        gaps = sum(self._stretchable(place) for place in range(start, word))
        cut = self._cut(atom, room, gaps) if should and len(atom.text) > 1 else 0
        if not cut:
            return max(end, start + 1)
        self._cut_at(word, cut)
        return word + 1

    def _cut(self, atom: Atom, room: float, gaps: float = 0.0) -> int:
        """Return after how many letters to cut a word, or 0: after a slash if that fills the line.

        ``gaps`` is how many places of the line may be stretched as well.
        """
        fitting = 0
        while fitting < len(atom.text) - 1 and sum(atom.widths[: fitting + 1]) <= room + _TOLERANCE:
            fitting += 1
        best = 0
        for ends in ways_to_cut(atom.text):
            best = max([best, *(end for end in ends if end <= fitting)])
            spare = (best * _WIDEST_SPACING + gaps * _FAIR_GAP) * self._measure.em
            if best and room - sum(atom.widths[:best]) <= spare:
                return best
        return best if atom.width <= self._measure.line else last_resort(atom.text, fitting)

    def _is_loose(self, start: int, end: int) -> bool:
        gaps = max(1.0, sum(self._stretchable(place) for place in range(start, end - 1)))
        return (self._room(start) - self._natural(start, end)) / gaps > _TOO_LOOSE * self._measure.em

    def _without_stranded_character(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Leave no single character alone on the last line: draw it up, or send it company."""
        if len(ranges) < 2 or not self._is_stranded(*ranges[-1]):
            return ranges
        (start, end), (_, last) = ranges[-2:]
        if self._can_squeeze(start, last):
            return [*ranges[:-2], (start, last)]
        earlier = self._last_break(start, end)
        if earlier is None or self._is_loose(start, earlier):
            return ranges
        return [*ranges[:-2], (start, self._before_spaces(start, earlier)), (earlier, last)]

    def _is_stranded(self, start: int, end: int) -> bool:
        text = "".join(atom.text for atom in self._atoms[start:end])
        return sum(character not in NOT_FIRST and character not in NOT_LAST for character in text) < 2

    # Gaps

    def _natural(self, start: int, end: int) -> float:
        """Return the width of a range, neither squeezed nor stretched."""
        widths = sum(atom.width for atom in self._atoms[start:end])
        return widths + sum(self._gap(place) for place in range(start, end - 1))

    def _gap(self, place: int) -> float:
        """Return the space after an atom."""
        return 0.0 if self._atoms[place].is_western else self._measure.tracking

    def _stretchable(self, place: int) -> float:
        """Return the share of a gap when a line is stretched: words keep together, spaces give way."""
        atom, after = self._atoms[place], self._atoms[place + 1]
        if after.is_space:
            return 0.0
        return 0.0 if atom.is_western and after.is_western and not atom.is_space else 1.0

    # Setting

    def _set(self, start: int, end: int, is_first: bool, is_last: bool) -> Line:
        atoms = self._atoms[start:end]
        spare = self._room(start) - self._natural(start, end)
        squeezable = self._squeezable(start, end)
        while spare < -_TOLERANCE and squeezable:
            place = squeezable.pop() - start
            atoms[place] = Atom(half(atoms[place].text), atoms[place].text, (self._half_em,))
            spare += self._half_em
        if is_last or not self._measure.justified:
            spare = min(spare, 0.0)
        indent = self._measure.indent if is_first else 0.0
        gaps, letters = self._dealt_out(start, end, spare)
        return _placed(atoms, gaps, letters, indent)

    def _widest_gap(self, place: int) -> float:
        """Return how wide a gap may become before the letters of words move apart as well."""
        return self._measure.em * (1.0 if self._atoms[place].is_space else _WIDEST_GAP)

    def _dealt_out(self, start: int, end: int, spare: float) -> tuple[list[float], float]:
        """Return the gaps of a line after its spare room is dealt out, and what letters of words move on.

        Words keep their natural width unless the line would be torn apart: then their letters share.
        """
        shares = [self._stretchable(place) for place in range(start, end - 1)]
        words = [len(atom.text) - 1 for atom in self._atoms[start:end] if atom.is_western]
        letters = 0.0
        if spare > sum(self._widest_gap(start + number) * share for number, share in enumerate(shares)):
            letters = spare / max(1, len(shares) + sum(words))
            if sum(shares):
                letters = min(letters, _WIDEST_SPACING * self._measure.em)
            else:
                shares = [1.0] * len(shares)
            spare -= letters * sum(words)
        each = spare / sum(shares) if sum(shares) else 0.0
        return [self._gap(start + number) + each * share for number, share in enumerate(shares)], letters


def _placed(atoms: list[Atom], gaps: list[float], letters: float, indent: float) -> Line:
    """Put atoms side by side, with the gaps between them and more between the letters of words."""
    places = []
    place = end = indent
    for atom, gap in zip(atoms, [*gaps, 0.0], strict=True):
        for width in atom.widths:
            places.append(place)
            end = place + width
            place = end + (letters if atom.is_western else 0.0)
        place = end + gap
    text = "".join(atom.text for atom in atoms)
    return Line(text, "".join(atom.shapes for atom in atoms), tuple(places), end)
