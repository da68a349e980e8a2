"""Reads what the exporters need of a TrueType or OpenType file, with the standard library only.

Names, embedding permission, character map, advances and outlines as stored. It knows nothing of
roles, documents or PDF; faces that store other outlines than ``glyf`` are converted elsewhere.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

_COLLECTION = b"ttcf"
_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_NAME_FAMILY, _NAME_FULL, _NAME_POSTSCRIPT, _NAME_TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
_MATCHED_NAMES = (_NAME_FAMILY, _NAME_FULL, _NAME_POSTSCRIPT, _NAME_TYPOGRAPHIC_FAMILY)
_LABELS = (_NAME_TYPOGRAPHIC_FAMILY, _NAME_FAMILY, _NAME_FULL, _NAME_POSTSCRIPT)
"""The numbers of names to show, the best first."""
_MACINTOSH, _MACINTOSH_SIMPLIFIED_CHINESE = 1, 25
_EMBEDDING_LEVELS, _EMBEDDING_RESTRICTED = 0x000F, 0x0002


class SfntError(ValueError):
    """A font file that is damaged or of a kind that we do not read."""


class Metrics(NamedTuple):
    """Vertical measures of a face in font units, and the box around all its glyphs."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]


_Segment: TypeAlias = tuple[int, int, int]
"""Consecutive characters with consecutive glyph numbers: first character, last character, first glyph.

A plain tuple, for a Chinese face has 16,000 of them and they are read before the first word is set.
"""


class Sfnt:
    """One face of an open font file."""

    def __init__(self, data: bytes | mmap.mmap, index: int = 0) -> None:
        self.data = data
        self._tables = _table_directory(data, _face_offset(data, index))

    def has(self, tag: str) -> bool:
        """Tell whether the face has a table."""
        return tag in self._tables

    def table(self, tag: str) -> bytes:
        """Return a table's bytes; raise SfntError where there is none."""
        if tag not in self._tables:
            raise SfntError(f"no table {tag}")
        start, length = self._tables[tag]
        return self.data[start : start + length]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return all names by which people call the face, in lower case, in every language."""
        found = _names(self.table("name"))
        return frozenset(text.casefold() for number, text in found if number in _MATCHED_NAMES)

    @cached_property
    def label(self) -> str:
        """Return the name to show of the face's family: the Chinese one if there is one; empty for none."""
        found = [
            (not _is_chinese(text), _LABELS.index(number), len(text), text)
            for number, text in _names(self.table("name"))
            if number in _LABELS
        ]
        return min(found)[-1] if found else ""

    @cached_property
    def postscript_name(self) -> str:
        """Return the name for the PDF: printable ASCII without PDF's delimiters."""
        found = (text for number, text in _names(self.table("name")) if number == _NAME_POSTSCRIPT)
        return "".join(c for c in next(found, "") if c.isascii() and (c.isalnum() or c in "-_")) or "Face"

    @cached_property
    def weight(self) -> int:
        """Return usWeightClass: 400 regular, 700 bold."""
        return _unsigned(self.table("OS/2"), 4) if self.has("OS/2") else 400

    @cached_property
    def is_italic(self) -> bool:
        """Tell whether the face slants."""
        return self.has("OS/2") and bool(_unsigned(self.table("OS/2"), 62) & 1)

    @cached_property
    def may_embed(self) -> bool:
        """Tell whether the maker allows embedding (OS/2 fsType is not 'restricted licence')."""
        level = _unsigned(self.table("OS/2"), 8) & _EMBEDDING_LEVELS if self.has("OS/2") else 0
        return level != _EMBEDDING_RESTRICTED

    @cached_property
    def units_per_em(self) -> int:
        """Return how many font units an em has."""
        return _unsigned(self.table("head"), 18)

    @cached_property
    def metrics(self) -> Metrics:
        """Return the face's vertical measures and box."""
        ascent, descent = struct.unpack_from(">hh", self.table("hhea"), 4)
        box = struct.unpack_from(">4h", self.table("head"), 36)
        return Metrics(ascent, descent, self._cap_height() or ascent, box)

    def _cap_height(self) -> int:
        table = self.table("OS/2") if self.has("OS/2") else b""
        if len(table) < 90:  # version 1 and older: no such field
            return 0
        return int(struct.unpack_from(">h", table, 88)[0])

    def glyph(self, code: int) -> int:
        """Return the glyph number of a character, 0 where the face lacks it."""
        place = bisect_right(self._first_codes, code) - 1
        if place < 0:
            return 0
        first, last, start = self._segments[place]
        return start + code - first if code <= last else 0

    @cached_property
    def _segments(self) -> list[_Segment]:
        return _character_map(self.table("cmap"))

    @cached_property
    def _first_codes(self) -> list[int]:
        return [first for first, _, _ in self._segments]

    @cached_property
    def _advances(self) -> tuple[bytes, int]:
        return self.table("hmtx"), _unsigned(self.table("hhea"), 34)

    def advance(self, glyph: int) -> int:
        """Return a glyph's advance width in font units."""
        table, count = self._advances
        return _unsigned(table, 4 * min(glyph, count - 1))

    @cached_property
    def _locations(self) -> tuple[int, ...]:
        table = self.table("loca")
        if _unsigned(self.table("head"), 50):
            return struct.unpack(f">{len(table) // 4}L", table[: len(table) // 4 * 4])
        short = struct.unpack(f">{len(table) // 2}H", table[: len(table) // 2 * 2])
        return tuple(2 * offset for offset in short)

    def stored_outline(self, glyph: int) -> bytes:
        """Return a glyph's ``glyf`` entry as stored: empty for a space."""
        start = self._tables["glyf"][0]
        return self.data[start + self._locations[glyph] : start + self._locations[glyph + 1]]


def open_sfnt(path: Path, index: int = 0) -> Sfnt:
    """Open one face of a font file; raise SfntError for what is none, OSError for what cannot be read.

    The file is mapped, not read: a Chinese face has 5 to 30 MB, of which a document needs a little.
    """
    with path.open("rb") as file:
        if path.stat().st_size < 12:
            raise SfntError("not a font file")
        return Sfnt(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), index)


def face_count(path: Path) -> int:
    """Return how many faces a file holds: 1, or more for a collection; 0 for what is no such file."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == _COLLECTION and len(head) == 12:
        return int(struct.unpack_from(">L", head, 8)[0])
    return 1 if head[:4] in _SIGNATURES else 0


def _unsigned(table: bytes, offset: int) -> int:
    return int(struct.unpack_from(">H", table, offset)[0])


def _face_offset(data: bytes | mmap.mmap, index: int) -> int:
    if data[:4] != _COLLECTION:
        return 0
    return int(struct.unpack_from(">L", data, 12 + 4 * index)[0])


def _table_directory(data: bytes | mmap.mmap, offset: int) -> dict[str, tuple[int, int]]:
    if data[offset : offset + 4] not in _SIGNATURES:
        raise SfntError("not a font file")
    count = struct.unpack_from(">H", data, offset + 4)[0]
    tables = {}
    for number in range(count):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, offset + 12 + 16 * number)
        tables[tag.decode("latin-1")] = (start, length)
    return tables


def _names(table: bytes) -> list[tuple[int, str]]:
    """Return (name number, text) of every record of a ``name`` table."""
    count, strings = struct.unpack_from(">HH", table, 2)
    records = []
    for number in range(count):
        platform, encoding, _, name, length, start = struct.unpack_from(">6H", table, 6 + 12 * number)
        stored = table[strings + start : strings + start + length]
        records.append((name, stored.decode(_name_codec(platform, encoding), "replace")))
    return records


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _name_codec(platform: int, encoding: int) -> str:
    if platform != _MACINTOSH:
        return "utf-16-be"
    return "gb18030" if encoding == _MACINTOSH_SIMPLIFIED_CHINESE else "mac-roman"


def _character_map(table: bytes) -> list[_Segment]:
    """Return the segments of the widest Unicode subtable, in the order of their characters."""
    found: dict[int, int] = {}
    for number in range(_unsigned(table, 2)):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * number)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            found[_unsigned(table, offset)] = offset
    if 12 in found:
        return _groups(table, found[12])
    if 4 in found:
        return sorted(_ranges(table, found[4]))
    raise SfntError("no Unicode character map")


def _groups(table: bytes, offset: int) -> list[_Segment]:
    """Read a character map of format 12."""
    count = struct.unpack_from(">L", table, offset + 12)[0]
    return list(struct.iter_unpack(">LLL", table[offset + 16 : offset + 16 + 12 * count]))


def _ranges(table: bytes, offset: int) -> list[_Segment]:
    """Read a character map of format 4."""
    count = _unsigned(table, offset + 6) // 2
    starts = (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    fields = [struct.unpack_from(f">{count}H", table, offset + start) for start in starts]
    segments: list[_Segment] = []
    for number, (last, first, delta, range_offset) in enumerate(zip(*fields, strict=True)):
        if first == 0xFFFF:
            continue
        if range_offset == 0:
            segments.extend(_wrapped(first, last, delta))
        else:
            start = offset + 16 + 6 * count + 2 * number + range_offset
            segments.extend(_listed(table, start, first, last, delta))
    return segments


def _wrapped(first: int, last: int, delta: int) -> list[_Segment]:
    """Cut a range where its glyph numbers pass 65535 and begin again at 0."""
    start = (first + delta) & 0xFFFF
    room = 0x10000 - start
    if last - first < room:
        return [(first, last, start)]
    return [(first, first + room - 1, start), (first + room, last, 0)]


def _listed(table: bytes, start: int, first: int, last: int, delta: int) -> list[_Segment]:
    """Read a range whose glyph numbers are listed one by one."""
    segments = []
    for code in range(first, last + 1):
        glyph = _unsigned(table, start + 2 * (code - first))
        if glyph:
            segments.append((code, code, (glyph + delta) & 0xFFFF))
    return segments
