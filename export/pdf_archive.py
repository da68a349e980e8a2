"""Finishes a drawn PDF: structure, language, properties, and PDF/A-2b (ISO 19005-2), validated.

Equal input gives equal bytes: the only time in the file is the one handed in.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pikepdf
from pikepdf import Dictionary, Name, pdfa

from export.pdf_structure import Structure
from export.pdf_tagging import write_structure

_FLAVOUR = "2b"
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    subject: str
    creator: str
    saved: datetime
    """When the report was saved; a time without a zone is China's."""


@dataclass(frozen=True)
class Finished:
    """A finished file, and why it is not PDF/A if it is not."""

    data: bytes
    problems: tuple[str, ...]


def finish(drawn: bytes, structure: Structure, properties: Properties) -> Finished:
    """Make a drawn document a PDF/A-2b file; where the validator refuses, a tagged PDF without the mark."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _complete(pdf, structure, properties)
        pdfa.prepare(pdf, _FLAVOUR)
        _date(pdf, properties.saved)
        output = io.BytesIO()
        try:
            pdfa.save(pdf, output, _FLAVOUR, repair=False, deterministic_id=True)
        except pdfa.PdfaError as refusal:
            problems = tuple(f"{found.rule}: {found.message}" for found in refusal.report.findings)
            return Finished(_without_mark(drawn, structure, properties), problems)
    return Finished(output.getvalue(), ())


def _without_mark(drawn: bytes, structure: Structure, properties: Properties) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _complete(pdf, structure, properties)
        _date(pdf, properties.saved)
        output = io.BytesIO()
        pdf.save(output, deterministic_id=True)
    return output.getvalue()


def _complete(pdf: pikepdf.Pdf, structure: Structure, properties: Properties) -> None:
    for page in pdf.pages:
        if Name.Trans in page.obj:
            del page.obj.Trans
    write_structure(pdf, structure)
    pdf.Root.Lang = pikepdf.String("zh-CN")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    del pdf.trailer.Info  # reportlab's; written anew from the metadata
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = properties.title
        metadata["dc:creator"] = [properties.author]
        metadata["dc:description"] = properties.subject
        metadata["dc:language"] = ["zh-CN"]
        metadata["xmp:CreatorTool"] = properties.creator
        metadata["pdf:Producer"] = properties.creator


def _date(pdf: pikepdf.Pdf, saved: datetime) -> None:
    """Put the one time into all places, and the producer back where pikepdf wrote its own name and time."""
    zoned = saved if saved.tzinfo else saved.replace(tzinfo=_CHINA)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            metadata[name] = zoned.isoformat(timespec="seconds")
        metadata["pdf:Producer"] = metadata["xmp:CreatorTool"]
