"""The written PDF, read back with other people's libraries."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa
from reportlab.pdfbase import pdfmetrics

from export import fonts, pdf_archive
from export.characters import clean
from export.layout import Description, Heading, ParagraphStyle, TableBlock, describe
from export.pdf import page_notes, write_pdf
from export.pdf_reading import read_pdf_cells, read_pdf_numbers
from model.cells import CellId, format_value
from model.report import Report
from tests.export.page_audit import BOTTOM, LEFT, MILLIMETRE, RIGHT, TOP, glyphs_of
from tests.export.pdf_samples import (
    FORM,
    OVERVIEW,
    SAVED,
    UNIT,
    printed_numbers,
    sample_description,
    text_description,
    write,
)

pytestmark = pytest.mark.usefixtures("no_system_faces")


@pytest.fixture(scope="module")
def sample(no_system_faces: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    write(sample_description(), path)
    return path


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def squeezed(text: str) -> str:
    """Return text without the white space that readers add at line ends."""
    return "".join(unicodedata.normalize("NFC", text).replace("\ufffe", "").split())


def test_all_two_hundred_numbers_are_found_by_name(sample: Path) -> None:
    numbers = read_pdf_numbers(sample)
    assert len(numbers) == 200
    assert numbers == printed_numbers(sample_description())


def test_a_blank_stays_blank_and_a_zero_stays_zero_and_money_stays_exact(sample: Path) -> None:
    numbers = printed_numbers(sample_description())
    cells = read_pdf_cells(sample)
    assert {cells[cell] for cell, value in numbers.items() if value is None} == {""}
    assert {cells[cell] for cell, value in numbers.items() if value == 0} == {"0"}
    assert cells[CellId.parse("disclosure.fees.amount")] == "24252.311082"


def test_every_number_stands_inside_its_box_of_the_official_grid(sample: Path) -> None:
    """Not by the structure tree but by geometry: the drawn boxes, and the glyphs within them."""
    with pypdfium2.PdfDocument(sample.read_bytes()) as document:
        found = [text for page in document for text in texts_in_boxes(page)]
    tables = [block for block in sample_description().blocks if isinstance(block, TableBlock)]
    expected = [box.text for table in tables for box in table.cells]
    assert [squeezed(text) for text in found] == [squeezed(text) for text in expected]


def texts_in_boxes(page: Any) -> Iterator[str]:
    raw = pypdfium2.raw
    glyphs = list(glyphs_of(page))
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        shape = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH or not is_stroked(shape):
            continue
        left, bottom, right, top = bounds_of(shape)
        inside = [g for g in glyphs if left < (g.left + g.right) / 2 < right and bottom < g.baseline < top]
        yield "".join(glyph.character for glyph in inside)


def bounds_of(shape: Any) -> list[float]:
    edges = [ctypes.c_float() for _ in range(4)]
    pypdfium2.raw.FPDFPageObj_GetBounds(shape, *edges)
    return [edge.value for edge in edges]


def is_stroked(shape: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    return bool(stroke.value)


def test_the_pages_are_a4_and_nothing_but_marks_of_the_page_is_outside_the_text_area(sample: Path) -> None:
    with pypdfium2.PdfDocument(sample.read_bytes()) as document:
        for page in document:
            assert page.get_size() == pytest.approx((210 * MILLIMETRE, 297 * MILLIMETRE), abs=0.01)
            for glyph in glyphs_of(page):
                assert glyph.left > LEFT - 0.1
                assert glyph.right < RIGHT + 0.1
                assert BOTTOM < glyph.baseline < TOP or glyph.size == 14


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(sample: Path) -> None:
    with pypdfium2.PdfDocument(sample.read_bytes()) as document:
        for number, page in enumerate(document, 1):
            glyphs = [glyph for glyph in glyphs_of(page) if glyph.size == 14]
            assert "".join(glyph.character for glyph in glyphs) == f"— {number} —"
            dash = glyphs[0].baseline + 0.36 * 14
            assert BOTTOM - dash == pytest.approx(7 * MILLIMETRE, abs=0.1)
            outer = RIGHT - glyphs[-1].right if number % 2 else glyphs[0].left - LEFT
            assert outer == pytest.approx(14, abs=0.1)


def test_the_text_comes_back_in_reading_order(sample: Path) -> None:
    text = squeezed(text_of(sample))
    description = sample_description()
    texts = [*description.title_lines, *(b.text for b in description.blocks if not isinstance(b, TableBlock))]
    places = []
    for expected in texts:
        places.append(text.index(squeezed(expected), places[-1] if places else 0))
    assert places == sorted(places)


def test_all_faces_are_embedded_as_subsets_with_readable_codes(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        embedded = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
        assert embedded
        for font in embedded.values():
            assert font.Subtype == pikepdf.Name.Type0
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor
            assert str(font.BaseFont)[7] == "+"


def test_the_file_is_valid_pdf_a_2b(sample: Path) -> None:
    assert pdfa.validate_written(sample, "2b").passed


def test_where_the_validator_refuses_the_file_is_written_without_the_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        report = pdfa.Report(pdfa.Flavour("2b"))
        report.findings.append(pdfa.Finding("rule", "somewhere", "not allowed"))
        raise pdfa.PdfaError(report)

    monkeypatch.setattr(pdf_archive.pdfa, "save", refuse)
    notes = write(sample_description(), tmp_path / "a.pdf")
    assert not notes.is_pdf_a
    assert notes.pdf_a_problems == ("rule: not allowed",)
    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_metadata() as metadata:
        assert "pdfaid:part" not in metadata
        assert metadata["dc:title"] == sample_description().title
        assert metadata["dc:description"] == FORM.title
    assert read_pdf_numbers(tmp_path / "a.pdf") == printed_numbers(sample_description())


def test_the_same_report_and_saved_time_give_the_same_bytes(tmp_path: Path) -> None:
    write(sample_description(), tmp_path / "a.pdf")
    write(text_description(["另一份文件"]), tmp_path / "other.pdf")
    write(sample_description(), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_new_process_in_another_place_gives_the_same_bytes(tmp_path: Path, sample: Path) -> None:
    program = (
        "import sys, pathlib; from export import fonts\n"
        "fonts.installed_faces = lambda: ()\n"
        "from tests.export.pdf_samples import sample_description, write\n"
        "write(sample_description(), pathlib.Path(sys.argv[1]))"
    )
    path = tmp_path / "a.pdf"
    root = Path(__file__).resolve().parents[2]
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", program, str(path)], cwd=root, env=elsewhere, check=True)
    assert path.read_bytes() == sample.read_bytes()


def test_several_threads_may_write_and_read_at_once(tmp_path: Path, sample: Path) -> None:
    def write_and_read(number: int) -> bool:
        path = tmp_path / f"{number}.pdf"
        write(sample_description(), path)
        same = path.read_bytes() == sample.read_bytes()
        return same and read_pdf_numbers(path) == printed_numbers(sample_description())

    with ThreadPoolExecutor(4) as workers:
        assert all(workers.map(write_and_read, range(8)))


def test_reportlab_keeps_no_font_of_a_written_document(tmp_path: Path) -> None:
    before = set(pdfmetrics.getRegisteredFontNames())
    write(sample_description(), tmp_path / "a.pdf")
    assert set(pdfmetrics.getRegisteredFontNames()) == before


def test_the_properties_say_what_it_is_and_nothing_of_the_machine(sample: Path) -> None:
    description = sample_description()
    with pikepdf.open(sample) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == description.title
        assert str(pdf.docinfo.Author) == UNIT
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == SAVED.isoformat()
            assert metadata["pdfaid:part"] == "2"
        properties = (
            pdf.Root.Metadata.read_bytes() + "".join(str(value) for value in pdf.docinfo.values()).encode()
        )
    for secret in (str(Path.home()), str(Path.cwd()), str(sample.parent), "pikepdf", "ReportLab"):
        assert secret.encode() not in properties


def test_a_time_without_a_zone_is_taken_as_chinas(tmp_path: Path) -> None:
    write_pdf(text_description(["文"]), tmp_path / "a.pdf", saved=datetime(2022, 1, 20, 10, 0))
    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_metadata() as metadata:
        assert metadata["xmp:CreateDate"] == "2022-01-20T10:00:00+08:00"


def test_there_is_a_bookmark_for_every_section(sample: Path) -> None:
    with pypdfium2.PdfDocument(sample.read_bytes()) as document:
        marks = [(item.level, item.get_title()) for item in document.get_toc()]
    headings = [block.text for block in sample_description().blocks if isinstance(block, Heading)]
    assert [title for level, title in marks if level == 0] == headings
    assert (1, "（一）主动公开情况") in marks


def test_a_sub_heading_above_all_sections_has_a_bookmark_as_well(tmp_path: Path) -> None:
    texts = {FORM.text_sections[0].id: "（一）编制说明\n根据条例编制。"}
    write(describe(FORM, Report(FORM.id, 2021, UNIT, texts=texts), draft=None), tmp_path / "a.pdf")
    with pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes()) as document:
        marks = [(item.level, item.get_title()) for item in document.get_toc()]
    assert marks[:2] == [(0, "（一）编制说明"), (0, "一、总体情况")]


def test_tables_are_tagged_with_headers_scopes_and_spans(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        assert pdf.Root.MarkInfo.Marked
        document = pdf.Root.StructTreeRoot.K[0]
        kinds = [str(element.S) for element in document.K]
        assert kinds[:3] == ["/H1", "/P", "/H2"]
        tables = [element for element in document.K if pikepdf.Name.Table == element.S]
        blocks = [block for block in sample_description().blocks if isinstance(block, TableBlock)]
        for table, block in zip(tables, blocks, strict=True):
            assert len(table.K) == block.row_count
            boxes = [cell for row in table.K for cell in row.K]
            spans = [(attribute(c, "RowSpan", 1), attribute(c, "ColSpan", 1)) for c in boxes]
            assert spans == [(c.row_span, c.column_span) for c in block.cells]
            names = [f"xxgk.{c.cell}" if c.cell else "" for c in block.cells]
            assert [str(c.get("/ID", "")) for c in boxes] == names
            assert [c.S == pikepdf.Name.TH for c in boxes] == [c.cell is None for c in block.cells]
            assert all(attribute(c, "Scope", None) for c in boxes if c.S == pikepdf.Name.TH)


def attribute(element: Any, name: str, default: Any) -> Any:
    return element.get("/A", {}).get(f"/{name}", default)


def test_everything_drawn_is_tagged_or_an_artifact(sample: Path) -> None:
    with pikepdf.open(sample) as pdf:
        for page in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
                assert depth == 1 or operator not in ("Tj", "TJ", "S", "f", "B", "f*", "re")


def test_user_text_is_never_markup(tmp_path: Path) -> None:
    texts = [
        "<b>不是粗体",
        "a & b &amp; c",
        '<img src="/etc/hostname">',
        "</p></para>",
        "=HYPERLINK(1)",
        "镕喆堃犇㎡⑳𬱖",
    ]
    notes = write(text_description(texts), tmp_path / "a.pdf")
    assert squeezed("".join(texts)) in squeezed(text_of(tmp_path / "a.pdf"))
    assert notes.missing == notes.dropped == ()


def test_a_character_that_no_face_has_is_named_and_its_code_printed(tmp_path: Path) -> None:
    description = text_description(["好😀的🦀好😀"])
    notes = write(description, tmp_path / "a.pdf")
    assert notes.missing == page_notes(description).missing == ("😀", "🦀")
    assert "好〔U+1F600〕的〔U+1F980〕好〔U+1F600〕" in squeezed(text_of(tmp_path / "a.pdf"))


def test_what_cannot_be_printed_is_left_out_and_named(tmp_path: Path) -> None:
    notes = write(text_description(["前\x07\u202e\ud800\u200b后\u2460㎡e\u0301"]), tmp_path / "a.pdf")
    assert notes.dropped == ("\x07", "\u202e", "\ud800", "\u200b")
    assert "前后①㎡é" in squeezed(text_of(tmp_path / "a.pdf"))


def test_a_draft_says_so_on_every_page_and_hides_no_number(tmp_path: Path) -> None:
    description = sample_description(draft="草稿")
    write(description, tmp_path / "a.pdf")
    with pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes()) as document:
        assert all("草稿" in page.get_textpage().get_text_bounded() for page in document)
    assert read_pdf_numbers(tmp_path / "a.pdf") == printed_numbers(description)
    assert pdfa.validate_written(tmp_path / "a.pdf", "2b").passed


@pytest.mark.parametrize("mark", ["草稿", "草稿 😀", "🦀", " ", "草稿\n第二行"])
def test_any_mark_can_be_drawn(tmp_path: Path, mark: str) -> None:
    notes = write(text_description(["文"], draft=mark), tmp_path / "a.pdf")
    assert notes.is_pdf_a


def test_a_final_document_has_no_such_mark(sample: Path) -> None:
    assert "草稿" not in text_of(sample)


def test_the_roles_without_a_face_of_their_own_are_named(tmp_path: Path) -> None:
    assert write(text_description(["文"]), tmp_path / "a.pdf").substituted == tuple(fonts.FaceRole)


def test_a_pdf_without_a_structure_has_no_named_numbers(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf")
    assert read_pdf_numbers(tmp_path / "a.pdf") == {}


def test_a_cell_that_holds_no_number_is_absent(tmp_path: Path) -> None:
    description = sample_description()
    spoilt = replace_texts(description, "约68件")
    write(spoilt, tmp_path / "a.pdf")
    assert read_pdf_numbers(tmp_path / "a.pdf") == {}
    assert set(read_pdf_cells(tmp_path / "a.pdf").values()) == {"约68件"}


def replace_texts(description: Description, text: str) -> Description:
    blocks = [
        replace(block, cells=tuple(replace(box, text=text) if box.cell else box for box in block.cells))
        if isinstance(block, TableBlock)
        else block
        for block in description.blocks
    ]
    return replace(description, blocks=tuple(blocks))


def test_an_empty_report_can_be_printed(tmp_path: Path) -> None:
    notes = write(text_description([]), tmp_path / "a.pdf")
    assert notes.pages == 1
    assert notes.is_pdf_a


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write(text_description(["文"]), tmp_path / "missing" / "a.pdf")


def test_importing_export_loads_no_pdf_library() -> None:
    program = (
        "import sys; import export.pdf, export.fallback_fonts as fonts; fonts.fallback_sans_path();"
        "sys.exit(bool({'reportlab', 'fontTools', 'pikepdf', 'pypdfium2'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_the_sample_uses_all_styles() -> None:
    """Keep this file's sample worth its name."""
    assert clean(OVERVIEW).dropped == frozenset()
    styles = {
        block.style for block in sample_description().blocks if not isinstance(block, TableBlock | Heading)
    }
    assert styles == set(ParagraphStyle)
    assert {format_value(value) for value in printed_numbers(sample_description()).values()} >= {
        "",
        "0",
        "999999999",
    }
    assert FORM.id == "2021"
