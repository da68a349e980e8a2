"""The Word document as LibreOffice understands it: same texts, same tables, the page of the standard."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pypdfium2
import pytest

from export.layout import Heading, Paragraph, TableBlock, describe
from export.word import write_word
from export.word_numbers import read_word_numbers
from model.catalogue import load_form
from model.engine import evaluate
from model.finalising import with_final
from model.report import Report
from tests.model import builders, official

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="soffice (LibreOffice) is not installed on this machine"),
]
MOMENT = datetime(2022, 1, 20, tzinfo=UTC)
FORM = load_form("2021")
MILLIMETRE = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = (millimetres * MILLIMETRE for millimetres in (28, 210 - 26, 297 - 37, 35))
"""Edges of the 版心 in points from the lower left corner."""
OPEN_DOCUMENT = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
TEXTS = {
    "introduction": "根据《中华人民共和国政府信息公开条例》编制。",
    "overview": "（一）主动公开\n" + "年报" * 2_000 + "\n1.公开目录\n<b>&amp; =1+1 镕喆堃㎡",
    "problems": builders.PROBLEMS,
    "other": builders.OTHER,
}


class Converted(NamedTuple):
    """One report, and what LibreOffice made of its Word document."""

    report: Report
    folder: Path

    def open_document(self) -> ElementTree.Element:
        return ElementTree.fromstring((self.folder / "报告.fodt").read_bytes())


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    folder = tmp_path_factory.mktemp("office")
    report = builders.report(texts=TEXTS)
    write_word(describe(FORM, report, draft="草稿"), folder / "报告.docx", MOMENT)
    for kind in ("fodt", "pdf", "docx:MS Word 2007 XML"):
        convert(folder / "报告.docx", kind, folder / ("again" if kind.startswith("docx") else "."))
    return Converted(report, folder)


def convert(path: Path, kind: str, folder: Path) -> None:
    """Let LibreOffice convert a file, with Chinese faces that every developer has."""
    fonts = path.parent / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{files('pylopdf_fonts_zh_cn')}</dir><cachedir>{path.parent / 'fonts'}</cachedir>"
        "</fontconfig>",
        encoding="utf-8",
    )
    profile = (path.parent / "profile").as_uri()
    finished = subprocess.run(
        [
            *(str(OFFICE), f"-env:UserInstallation={profile}", "--headless"),
            *("--convert-to", kind, "--outdir", str(folder), str(path)),
        ],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(path.parent),
            "FONTCONFIG_FILE": str(fonts),
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr


def find_all(root: ElementTree.Element, path: str) -> list[ElementTree.Element]:
    return root.findall(path, OPEN_DOCUMENT)


def name(qualified: str) -> str:
    prefix, _, local = qualified.partition(":")
    return f"{{{OPEN_DOCUMENT[prefix]}}}{local}"


def text_of(element: ElementTree.Element) -> str:
    """Return a paragraph's text; breaks and repeated spaces are elements of their own."""
    text = element.text or ""
    for child in element:
        if child.tag == name("text:line-break"):
            text += "\n"
        elif child.tag == name("text:s"):
            text += " " * int(child.get(name("text:c"), "1"))
        else:
            text += text_of(child)
        text += child.tail or ""
    return text


def test_it_shows_the_same_texts(converted: Converted) -> None:
    body = find_all(converted.open_document(), "office:body/office:text")[0]
    kinds = (name("text:p"), name("text:h"))
    shown = [text_of(element) for element in body if element.tag in kinds and text_of(element)]
    description = describe(FORM, converted.report, draft=None)
    assert shown == [
        "\n".join(description.title_lines),
        *(block.text for block in description.blocks if isinstance(block, Heading | Paragraph)),
    ]


def test_it_sees_the_headings_as_an_outline(converted: Converted) -> None:
    headings = [
        (heading.get(name("text:outline-level")), text_of(heading))
        for heading in find_all(converted.open_document(), ".//text:h")
    ]
    first_level = [("1", text) for text in official.SECTIONS.values() if text]
    assert [heading for heading in headings if heading[0] == "1"] == first_level
    assert ("2", "（一）主动公开") in headings
    assert ("3", "1.公开目录") in headings


def test_it_shows_the_same_tables_with_the_same_merges(converted: Converted) -> None:
    described = [b for b in describe(FORM, converted.report, draft=None).blocks if isinstance(b, TableBlock)]
    shown = find_all(converted.open_document(), ".//table:table")
    assert len(shown) == len(described)
    for block, table in zip(described, shown, strict=True):
        expected = {(box.row, box.column, box.row_span, box.column_span, box.text) for box in block.cells}
        assert boxes(table) == expected
        heads = find_all(table, "table:table-header-rows/table:table-row")
        assert len(heads) == block.header_rows


def boxes(table: ElementTree.Element) -> set[tuple[int, int, int, int, str]]:
    found = set()
    for row, line in enumerate(table.iter(name("table:table-row"))):
        column = 0
        for cell in line:
            if cell.tag == name("table:table-cell"):
                down, across = (
                    int(cell.get(name(f"table:number-{kind}-spanned"), "1")) for kind in ("rows", "columns")
                )
                text = "".join(text_of(paragraph) for paragraph in find_all(cell, "text:p"))
                found.add((row, column, down, across, text))
            column += int(cell.get(name("table:number-columns-repeated"), "1"))
    return found


def test_the_numbers_are_still_found_by_name_after_it_saved_the_document(converted: Converted) -> None:
    expected = evaluate(FORM, converted.report.inputs)
    assert read_word_numbers(converted.folder / "again" / "报告.docx", FORM.cells) == expected


class Glyph(NamedTuple):
    """A character on a page, its box in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    content = page.get_textpage()
    texts = [content.get_text_range(number, 1) for number in range(content.count_chars())]
    return [
        Glyph(text, *content.get_charbox(number, loose=True))
        for number, text in enumerate(texts)
        if text.strip()
    ]


def test_the_pages_have_the_geometry_of_the_standard(converted: Converted) -> None:
    """A4, text inside the 版心 (a mark may hang at its right edge), 28 characters a line, 22 lines a page."""
    document = pypdfium2.PdfDocument(converted.folder / "报告.pdf")
    lines: list[int] = []
    characters: list[int] = []
    for number, page in enumerate(document, 1):
        assert page.get_size() == pytest.approx((210 * MILLIMETRE, 297 * MILLIMETRE), abs=0.6)
        inside = [glyph for glyph in glyphs(page) if BOTTOM < (glyph.bottom + glyph.top) / 2 < TOP]
        assert min(glyph.left for glyph in inside) > LEFT - 0.5
        assert max(glyph.left for glyph in inside) < RIGHT
        plain: dict[float, int] = defaultdict(int)
        for glyph in inside:
            plain[round(glyph.bottom)] += glyph.text in "年报"
        full = [count for count in plain.values() if count > 20]
        characters += full
        if number > 1 and len(full) > 20:
            lines.append(len(full))
        check_page_number(page, number)
    assert lines
    assert set(lines) == {22}
    assert characters.count(28) > 100
    assert max(characters) == 28


def check_page_number(page: pypdfium2.PdfPage, number: int) -> None:
    """The dashes stand 7 mm below the 版心, a character in from the outer edge."""
    content = page.get_textpage()
    places = [place for place in range(content.count_chars()) if content.get_text_range(place, 1) == "—"]
    found = [content.get_charbox(place) for place in places[-2:]]
    assert len(found) == 2
    for left, bottom, right, top in found:
        assert (bottom + top) / 2 == pytest.approx(BOTTOM - 7 * MILLIMETRE, abs=1.5)
        if number % 2:
            assert RIGHT - 70 < left < right < RIGHT - 10
        else:
            assert LEFT + 10 < left < right < LEFT + 70
    text = content.get_text_range()
    assert f"— {number} —" in text
    assert "草稿" in text


def test_a_final_report_says_so_in_the_inner_corner_of_each_foot(
    converted: Converted, tmp_path: Path
) -> None:
    final = replace(converted.report, notes=with_final(FORM, converted.report, "张三", MOMENT))
    description = describe(FORM, final, draft=None)
    write_word(description, tmp_path / "定稿.docx", MOMENT)
    convert(tmp_path / "定稿.docx", "pdf", tmp_path)
    with (
        pypdfium2.PdfDocument(tmp_path / "定稿.pdf") as pdf,
        pypdfium2.PdfDocument(converted.folder / "报告.pdf") as draft,
    ):
        assert len(pdf) == len(draft)
        for number, page in enumerate(pdf, 1):
            text = page.get_textpage()
            foot = [text.get_charbox(place) for place in places_of(text, description.stamp)]
            assert all(bottom < BOTTOM for _, bottom, _, _ in foot)
            near = foot[0][0] - LEFT if number % 2 else RIGHT - foot[-1][2]
            assert abs(near) < 2 * MILLIMETRE


def places_of(text: pypdfium2.PdfTextPage, words: str) -> range:
    """Return where on a page some words stand, which must stand there once."""
    whole = text.get_text_range()
    assert whole.count(words) == 1
    return range(whole.index(words), whole.index(words) + len(words))
