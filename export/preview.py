"""The pages of the very PDF as pictures, for the preview on the screen and for the printer.

What is drawn is what :func:`export.pdf.write_pdf` writes, but for the properties and the archive's mark,
which change nothing to be seen. Importing this module is cheap; its methods may be called in any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from export.fonts import FaceChoice
from export.layout import describe
from export.outline_cache import usual_cache
from export.pdf_notes import page_sentences
from model.forms import Form
from model.report import Report

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WHITE = 0xFFFFFFFF


class Picture(NamedTuple):
    """A page or some rows of one: four bytes a pixel, blue, green, red and one that means nothing."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Pages:
    """The drawn pages of one report."""

    def __init__(self, data: bytes, remarks: tuple[str, ...] = ()) -> None:
        from pypdfium2 import PdfDocument

        from export.pdf_reading import PDFIUM

        self.remarks = remarks
        """What the person should know of them: characters that cannot be printed, faces that are gone."""
        self._lock = PDFIUM
        with self._lock:
            self._document: PdfDocument | None = PdfDocument(data)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )
            """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.sizes)

    def render(
        self, number: int, width: int, height: int, rows: range | None = None, *, for_print: bool = False
    ) -> Picture:
        """Return a page (counted from 0) as a picture of a size in pixels, or only some rows of that picture.

        Raise ValueError where the pages are closed.
        """
        from pypdfium2 import PdfBitmap, raw

        shown = rows or range(height)
        flags = raw.FPDF_PRINTING if for_print else raw.FPDF_ANNOT
        with self._lock:
            if self._document is None:
                raise ValueError("closed")
            page = self._document[number]
            bitmap = PdfBitmap.new_native(width, len(shown), raw.FPDFBitmap_BGRx)
            raw.FPDFBitmap_FillRect(bitmap.raw, 0, 0, width, len(shown), _WHITE)
            raw.FPDF_RenderPageBitmap(bitmap.raw, page.raw, 0, -shown.start, width, height, 0, flags)
            picture = Picture(width, len(shown), bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        return picture

    def close(self) -> None:
        """Let go of the pages; they can be rendered no more."""
        with self._lock:
            if self._document is not None:
                self._document.close()
            self._document = None


def settle_pages(faces: FaceChoice | None = None) -> None:
    """Do what can wait until pages are shown: the next ones are drawn faster for it, now and another day."""
    from export.pdf import settle_faces

    settle_faces(faces, usual_cache())


def draw_pages(form: Form, report: Report, draft: str | None, faces: FaceChoice | None = None) -> Pages:
    """Return the pages of a report's PDF; ``draft`` is the mark they bear or None."""
    from export.pdf import draw_pdf

    data, notes = draw_pdf(describe(form, report, draft=draft), faces, usual_cache())
    return Pages(data, tuple(page_sentences(notes)))
