"""Builds a small TrueType font program from the outlines of a document's characters.

Only the tables that PDF asks of a CIDFontType2 program (ISO 32000-1, 9.9). Equal input gives equal
bytes; nothing of the machine or the time goes in.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

from export.outlines import Face, Fit, Outline
from export.sfnt import Metrics

_COMPONENT_FLAGS = 0x0001 | 0x0002 | 0x0040
"""Arguments are words, they are x and y offsets, x and y have scales of their own."""

_REMEMBERED = 16
"""Programs of three documents; 100 KB each."""

_MADE = 3423945600
"""The date in every program, so that equal text gives equal bytes: the day GB/T 9704-2012 came into force."""


class FontProgram(NamedTuple):
    """A subset: its bytes and the advance of each glyph in font units."""

    data: bytes
    advances: tuple[int, ...]


class _Glyph(NamedTuple):
    data: bytes
    advance: int


@lru_cache(maxsize=_REMEMBERED)
def build_program(face: Face, shapes: tuple[str, ...]) -> FontProgram:
    """Embed characters and private shapes: glyph 1 is the first of them, glyph 0 an empty box.

    Glyphs that others are made of come after them. The last ones are remembered: the next preview
    has the same characters in most faces.
    """
    numbers = {shape: number for number, shape in enumerate(shapes, 1)}
    bases = [face.base(shape) for shape in shapes if face.fit(shape) is not None]
    own = {base: len(shapes) + number for number, base in enumerate(dict.fromkeys(bases), 1)}
    glyphs = [_Glyph(b"", face.units_per_em)]
    for shape in numbers:
        fit, base = face.fit(shape), face.base(shape)
        outline = face.outline(base)
        glyphs.append(_Glyph(*outline) if fit is None else _composite(outline, own[base], fit))
    glyphs.extend(_Glyph(*face.outline(base)) for base in own)
    return FontProgram(_sfnt(glyphs, face), tuple(glyph.advance for glyph in glyphs))


def _composite(outline: Outline, base: int, fit: Fit) -> _Glyph:
    """Return a glyph that shows another one moved or scaled."""
    if not outline.data:
        return _Glyph(b"", fit.advance)
    left, bottom, right, top = outline.box
    box = (
        round(left * fit.scale) + fit.shift,
        round(bottom * fit.height) + fit.rise,
        round(right * fit.scale) + fit.shift,
        round(top * fit.height) + fit.rise,
    )
    scales = (round(fit.scale * 0x4000), round(fit.height * 0x4000))
    data = struct.pack(">h4h", -1, *box) + struct.pack(
        ">HHhhhh", _COMPONENT_FLAGS, base, fit.shift, fit.rise, *scales
    )
    return _Glyph(data, fit.advance)


def _sfnt(glyphs: list[_Glyph], face: Face) -> bytes:
    glyf, loca = _outline_tables(glyphs)
    metrics = face.sfnt.metrics
    tables = {
        "glyf": glyf,
        "head": _head(face.units_per_em, metrics),
        "hhea": _hhea(metrics, glyphs),
        "hmtx": b"".join(struct.pack(">Hh", glyph.advance, _left_edge(glyph)) for glyph in glyphs),
        "loca": loca,
        "maxp": _maxp(glyphs),
    }
    return _with_directory(tables)


def _left_edge(glyph: _Glyph) -> int:
    return int(struct.unpack_from(">h", glyph.data, 2)[0]) if glyph.data else 0


def _outline_tables(glyphs: list[_Glyph]) -> tuple[bytes, bytes]:
    padded = [glyph.data + b"\0" * (-len(glyph.data) % 4) for glyph in glyphs]
    offsets = [0]
    for data in padded:
        offsets.append(offsets[-1] + len(data))
    return b"".join(padded), struct.pack(f">{len(offsets)}L", *offsets)


def _head(units: int, metrics: Metrics) -> bytes:
    fixed = struct.pack(">LLLLHH", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x000B, units)
    return fixed + struct.pack(">qq4hHHhhh", _MADE, _MADE, *metrics.box, 0, 8, 2, 1, 0)


def _hhea(metrics: Metrics, glyphs: list[_Glyph]) -> bytes:
    widest = max(glyph.advance for glyph in glyphs)
    lines = struct.pack(">LhhhH", 0x00010000, metrics.ascent, metrics.descent, 0, widest)
    return lines + struct.pack(">11hH", 0, 0, metrics.box[2], 1, 0, 0, 0, 0, 0, 0, 0, len(glyphs))


def _maxp(glyphs: list[_Glyph]) -> bytes:
    contours, points = 0, 0
    for glyph in glyphs:
        count = struct.unpack_from(">h", glyph.data)[0] if glyph.data else 0
        if count > 0:
            last_point = struct.unpack_from(">H", glyph.data, 8 + 2 * count)[0]
            contours, points = max(contours, count), max(points, last_point + 1)
    limits = (points, contours, points, contours, 2, 0, 0, 0, 0, 0, 0, 1, 1)
    return struct.pack(">LH13H", 0x00010000, len(glyphs), *limits)


def _with_directory(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    offset = 12 + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sLLL", tag.encode(), _checksum(data), offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return header + directory + body


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
