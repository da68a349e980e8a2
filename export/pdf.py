"""Writes the official document as a PDF: GB/T 9704-2012 page, tagged, PDF/A-2b, reproducible.

Importing this module is cheap; what it needs is loaded when a PDF is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock

from export.characters import printable
from export.fonts import FaceChoice, FaceRole
from export.layout import Description
from model import __version__

_CREATOR = f"政府信息公开年报编制工具 {__version__}"
_FACES = RLock()
"""Open faces are shared and read bit by bit, and so is reportlab's list of fonts: one thread at a time."""


@dataclass(frozen=True)
class PdfNotes:
    """What a person should know of a written PDF."""

    pages: int
    missing: tuple[str, ...]
    """Characters that no face has; 〔U+1F600〕 is printed in their place."""
    dropped: tuple[str, ...]
    """Control characters and the like, which were left out."""
    pdf_a_problems: tuple[str, ...]
    """Why the file is not marked as PDF/A-2b; empty where it is."""
    substituted: tuple[FaceRole, ...]
    """Parts of the document for which this computer has no face, so that a packaged one stands in."""

    @property
    def is_pdf_a(self) -> bool:
        """Tell whether the file was validated and is marked as PDF/A-2b."""
        return not self.pdf_a_problems


def write_pdf(
    description: Description,
    path: Path,
    *,
    saved: datetime,
    choice: FaceChoice | None = None,
    cache: Path | None = None,
) -> PdfNotes:
    """Write a document to ``path`` and return what to tell of it; OSError where it cannot be written.

    ``saved`` is the report's saved time, the only time in the file. ``choice`` names preferred faces.
    ``cache`` is a folder for converted outlines: with it a program just started is as fast as a running one.
    """
    from export.pdf_archive import Properties, finish
    from export.pdf_composition import compose
    from export.pdf_drawing import draw
    from export.typefaces import Typefaces

    with _FACES:
        typefaces = Typefaces(choice, cache)
        composition = compose(description, typefaces)
        drawing = draw(description, composition.pages, typefaces)
        typefaces.store_cache()
    title, unit, subject = (
        printable(text).text for text in (description.title, description.unit, description.summary)
    )
    properties = Properties(title, unit, subject, _CREATOR, saved)
    finished = finish(drawing.data, drawing.structure, properties)
    path.write_bytes(finished.data)
    return PdfNotes(
        pages=len(composition.pages),
        missing=composition.missing,
        dropped=composition.dropped,
        pdf_a_problems=finished.problems,
        substituted=typefaces.substituted,
    )


def draw_pdf(description: Description) -> bytes:
    """Return the pages of a document as a PDF without properties, structure and the archive's mark.

    For looking at: the pages are those of :func:`write_pdf`, in a third of the time.
    """
    from export.pdf_composition import compose
    from export.pdf_drawing import draw
    from export.typefaces import Typefaces

    with _FACES:
        typefaces = Typefaces()
        return draw(description, compose(description, typefaces).pages, typefaces).data


def missing_characters(description: Description, choice: FaceChoice | None = None) -> tuple[str, ...]:
    """Return the characters of a document that no face on this computer has, in order of appearance."""
    from export.pdf_composition import compose
    from export.typefaces import Typefaces

    with _FACES:
        return compose(description, Typefaces(choice)).missing
