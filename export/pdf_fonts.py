"""Embeds faces in a PDF as composite fonts (ISO 32000-1, 9.7), one font a face.

reportlab's own TTFont cuts a face into fonts of 256 characters and maps characters beyond U+FFFF,
such as 𬱖 in names, to no readable text. This one speaks the same protocol to reportlab's canvas.
"""

from __future__ import annotations

import hashlib
import struct
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from export.font_program import FontProgram, build_program
from export.marks import plain
from export.outlines import Face

_SYMBOLIC = 4
_STEM = 80
_CODES_A_BLOCK = 100
"""At most this many lines a block in a ToUnicode map (ISO 32000-1, 9.10.3)."""


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A face in one document: it numbers characters as they are drawn and embeds just these."""

    def __init__(self, name: str, face: Face) -> None:
        # TTFont's own constructor would read a whole font file.
        self.fontName = name
        self.face = SimpleNamespace(name=name)
        self.shapable = False
        self._source = face
        self._numbers: dict[str, int] = {}
        self._internal_name = ""

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        """Return the width of text in points; the encoding is reportlab's and has no meaning here."""
        del encoding
        return size * sum(self._source.advance(shape) for shape in text)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Return the codes to show for text: two bytes a character, all in font 0."""
        del doc, encoding
        numbers = self._numbers
        for shape in text:
            if shape not in numbers:
                numbers[shape] = len(numbers) + 1
        return [(0, struct.pack(f">{len(text)}H", *(numbers[shape] for shape in text)))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Return the name by which pages call the font; the first call books it for embedding."""
        del subset
        if not self._internal_name:
            self._internal_name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{self._internal_name}"
            doc.delayedFonts.append(self)
        return f"/{self._internal_name}"

    def addObjects(self, doc: Any) -> None:
        """Write the font into a document whose pages are finished."""
        shapes = list(self._numbers)
        program = build_program(self._source, tuple(shapes))
        prefix = hashlib.sha256(program.data).hexdigest()[:6].translate(_TO_CAPITALS)
        name = f"/{prefix}+{self._source.sfnt.postscript_name}"
        widths = [round(advance * 1000 / self._source.units_per_em, 3) for advance in program.advances]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": _identity(),
                "CIDToGIDMap": "/Identity",
                "FontDescriptor": doc.Reference(self._descriptor(doc, name, program)),
                "DW": 1000,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
                "ToUnicode": doc.Reference(_stream(to_unicode_map(shapes))),
            }
        )
        doc.idToObject["BasicFonts"].dict[self._internal_name] = doc.Reference(font)

    def _descriptor(self, doc: Any, name: str, program: FontProgram) -> Any:
        scale = 1000 / self._source.units_per_em
        metrics = self._source.sfnt.metrics
        stream = _stream(program.data)
        stream.dictionary["Length1"] = len(program.data)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in metrics.box]),
                "ItalicAngle": 0,
                "Ascent": round(metrics.ascent * scale),
                "Descent": round(metrics.descent * scale),
                "CapHeight": round(metrics.cap_height * scale),
                "StemV": _STEM,
                "FontFile2": doc.Reference(stream),
            }
        )


_TO_CAPITALS = str.maketrans("0123456789abcdef", "ABCDEFGHIJKLMNOP")


def to_unicode_map(shapes: list[str]) -> bytes:
    """Return the CMap that tells readers which character each code is (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{code:04X}> <{plain(shape).encode('utf-16-be').hex()}>" for code, shape in enumerate(shapes, 1)
    ]
    blocks = []
    for start in range(0, len(lines), _CODES_A_BLOCK):
        block = lines[start : start + _CODES_A_BLOCK]
        blocks.append("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]))
    return "\n".join([_MAP_HEAD, *blocks, _MAP_TAIL]).encode("ascii")


_MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_MAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _identity() -> Any:
    entries = {
        "Registry": pdfdoc.PDFString("Adobe"),
        "Ordering": pdfdoc.PDFString("Identity"),
        "Supplement": 0,
    }
    return pdfdoc.PDFDictionary(entries)


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    return stream
