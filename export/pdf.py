"""Writes the official document as a PDF: GB/T 9704-2012 page, tagged, PDF/A-2b, reproducible.

Importing this module is cheap; what it needs is loaded when a PDF is made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from export.characters import printable
from export.fonts import FaceChoice
from export.layout import Description
from export.pdf_notes import PdfNotes
from model import __version__

if TYPE_CHECKING:
    from export.pdf_composition import Composition
    from export.typefaces import Typefaces

_CREATOR = f"政府信息公开年报编制工具 {__version__}"
_FACES = RLock()
"""Open faces are shared and read bit by bit, and so is reportlab's list of fonts: one thread at a time."""


class Drawn(NamedTuple):
    """Pages to be looked at, and what to tell of them."""

    data: bytes
    notes: PdfNotes


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
    return replace(
        _notes(composition, typefaces),
        pdf_a_problems=finished.problems,
        substituted=typefaces.substituted,
    )


def draw_pdf(description: Description, choice: FaceChoice | None = None, cache: Path | None = None) -> Drawn:
    """Return the pages of a document as a PDF without properties, structure and the archive's mark.

    For looking at: the pages are those of :func:`write_pdf`, in a third of the time.
    """
    from export.pdf_composition import compose
    from export.pdf_drawing import draw
    from export.typefaces import Typefaces

    with _FACES:
        typefaces = Typefaces(choice, cache)
        composition = compose(description, typefaces)
        data = draw(description, composition.pages, typefaces).data
        return Drawn(data, _notes(composition, typefaces))


def page_notes(
    *descriptions: Description, choice: FaceChoice | None = None, cache: Path | None = None
) -> PdfNotes:
    """Return what there will be to tell of the pages of documents, without drawing them.

    Written with the same choice and cache afterwards, they need not be broken into lines again.
    """
    from export.pdf_composition import compose
    from export.typefaces import Typefaces

    with _FACES:
        typefaces = Typefaces(choice, cache)
        found = [_notes(compose(description, typefaces), typefaces) for description in descriptions]
    return replace(
        found[0],
        pages=sum(notes.pages for notes in found),
        missing=tuple(dict.fromkeys(chain.from_iterable(notes.missing for notes in found))),
        dropped=tuple(dict.fromkeys(chain.from_iterable(notes.dropped for notes in found))),
    )


def _notes(composition: Composition, typefaces: Typefaces) -> PdfNotes:
    return PdfNotes(len(composition.pages), composition.missing, composition.dropped, absent=typefaces.absent)


def settle_faces(choice: FaceChoice | None = None, cache: Path | None = None) -> None:
    """Keep the outlines converted for :func:`draw_pdf`, and make ready for characters still to come.

    A face is read whole for its first new character: 0.2 s that nobody should have to wait for.
    """
    from export.typefaces import Typefaces

    with _FACES:
        typefaces = Typefaces(choice, cache)
        typefaces.store_cache()
        typefaces.make_ready()
