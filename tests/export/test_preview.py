"""The pages that are shown and printed are those of the PDF."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from export.layout import describe
from export.pdf import write_pdf
from export.pdf_reading import PDFIUM
from export.preview import Pages, Picture, draw_pages
from model.catalogue import load_form
from tests.model import builders

FORM = load_form("2021")
A4 = (595, 842)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return draw_pages(FORM, builders.report(), "草稿")


def row(picture: Picture, number: int) -> bytes:
    start = number * picture.stride
    return picture.pixels[start : start + 4 * picture.width]


def test_the_pages_are_those_of_the_exported_pdf(pages: Pages, tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    written = write_pdf(describe(FORM, builders.report(), draft="草稿"), path, saved=datetime.now(UTC))
    exported = Pages(path.read_bytes())
    assert len(pages) == len(exported) == written.pages
    assert pages.sizes == exported.sizes
    for number in range(len(pages)):
        assert pages.render(number, *A4) == exported.render(number, *A4)
    exported.close()


def test_the_draft_mark_is_on_the_pages(pages: Pages) -> None:
    final = draw_pages(FORM, builders.report(), None)
    assert final.render(0, *A4) != pages.render(0, *A4)
    final.close()


def test_a_page_in_strips_is_the_page(pages: Pages) -> None:
    whole = pages.render(1, 1000, 1414)
    strips = [pages.render(1, 1000, 1414, range(top, min(top + 300, 1414))) for top in range(0, 1414, 300)]
    assert sum(strip.height for strip in strips) == whole.height
    joined = b"".join(row(strip, number) for strip in strips for number in range(strip.height))
    shown = b"".join(row(whole, number) for number in range(whole.height))
    differing = sum(one != other for one, other in zip(joined, shown, strict=True))
    assert differing < len(shown) / 200  # only how edges are smoothed


def test_a_page_for_the_printer_shows_the_same(pages: Pages) -> None:
    printed = pages.render(0, *A4, for_print=True)
    assert (printed.width, printed.height) == A4
    assert len(set(printed.pixels)) > 10


def test_closed_pages_are_not_rendered() -> None:
    closed = draw_pages(FORM, builders.report(), None)
    closed.close()
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        closed.render(0, *A4)


def test_nobody_calls_pdfium_while_another_thread_does(pages: Pages) -> None:
    done = threading.Event()
    thread = threading.Thread(target=lambda: (pages.render(0, *A4), done.set()))
    with PDFIUM:
        thread.start()
        assert not done.wait(0.2)
    assert done.wait(10)
    thread.join()


def test_the_reader_still_opens_other_files(pages: Pages, tmp_path: Path) -> None:
    with PDFIUM, pypdfium2.PdfDocument.new() as empty:
        assert len(empty) == 0
    assert pages.render(0, 10, 14).width == 10


DRAWN_AGAIN = """
import sys
from export.preview import draw_pages, settle_pages
from model.catalogue import load_form
from tests.model import builders
form = load_form("2021")
draw_pages(form, builders.report(), "草稿").close()
settle_pages() if sys.argv[1] == "first" else None
print(*sys.modules)
"""


def test_the_pages_of_a_later_start_are_drawn_without_converting_or_finishing(tmp_path: Path) -> None:
    """What is not loaded cannot take time: fontTools' reader of faces, and what makes a PDF/A."""
    root = Path(__file__).resolve().parent.parent.parent
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}

    def draw(when: str) -> set[str]:
        command = [sys.executable, "-c", DRAWN_AGAIN, when]
        ended = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        return set(ended.stdout.split())

    assert "fontTools.ttLib.ttFont" in draw("first")
    again = draw("again")
    assert "reportlab.pdfgen.canvas" in again
    assert not again & {"fontTools.cffLib", "pikepdf"}
