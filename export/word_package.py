"""Packs the parts of a Word document: no clock, no user, no machine in the file (ECMA-376 part 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from export.archive_date import archive_date

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Part(NamedTuple):
    """A part beside the main document: what kind it is, how the document calls it, its bytes."""

    kind: str
    """styles, settings, fontTable, header or footer."""
    id: str
    name: str
    """Its file in the folder of the document."""
    content: bytes


class Properties(NamedTuple):
    """What the file says of itself."""

    title: str
    author: str
    summary: str
    moment: datetime


def pack(path: Path, document: bytes, parts: Iterable[Part], properties: Properties) -> None:
    """Write the package in place, the same bytes for the same parts; raise OSError."""
    held = tuple(parts)
    utc = properties.moment.astimezone(UTC)
    files: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(held),
        "_rels/.rels": _relationships(_ROOT_RELATIONSHIPS),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relationships(
            {part.id: (f"{_OFFICE}/{part.kind}", part.name) for part in held}
        ),
        **{f"word/{part.name}": part.content for part in held},
        "docProps/core.xml": _core(properties, f"{utc:%Y-%m-%dT%H:%M:%SZ}"),
        "docProps/app.xml": _app(properties.author),
    }
    date = archive_date(utc)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = ZipInfo(name, date)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, content)


_ROOT_RELATIONSHIPS = {
    "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
    "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    "rId3": (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
}


def _content_types(parts: Iterable[Part]) -> bytes:
    types = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        **{f"/word/{part.name}": f"{_WORD_TYPE}.{part.kind}+xml" for part in parts},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return _xml(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _relationships(targets: Mapping[str, tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>')


def _core(properties: Properties, moment: str) -> bytes:
    author = escape(properties.author)
    when = 'xsi:type="dcterms:W3CDTF"'
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<dc:description>{escape(properties.summary)}</dc:description>"
        f"<dc:language>zh-CN</dc:language><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {when}>{moment}</dcterms:created>"
        f"<dcterms:modified {when}>{moment}</dcterms:modified></cp:coreProperties>"
    )


def _app(unit: str) -> bytes:
    return _xml(
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Company>{escape(unit)}</Company></Properties>"
    )


def _xml(content: str) -> bytes:
    return (_DECLARATION + content).encode("utf-8")
