"""What documents say of the 定稿: small, out of the way, and naming a person only where wanted."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pypdfium2
import pytest

from export.exporting import FORMATS, export_report
from export.html import html_fragment, plain_text
from export.layout import describe
from model.catalogue import load_form
from model.finalising import current_final, with_final
from model.report import Report
from tests.model import builders

FORM = load_form("2021")
MOMENT = datetime(2024, 1, 20, 10, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def final() -> Report:
    report = builders.report()
    return replace(report, notes=with_final(FORM, report, "张三丰", MOMENT))


def stamp(report: Report) -> str:
    made = current_final(report)
    assert made is not None
    return f"定稿 2024-01-20 10:30　张三丰　校验码 {made.short_mark}"


def write(report: Report, path: Path) -> Path:
    export_report(FORM, report, path, draft=None, moment=MOMENT)
    return path


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_the_pdf_bears_it_at_the_foot_of_the_last_page_and_as_a_property(
    final: Report, tmp_path: Path
) -> None:
    path = write(final, tmp_path / "甲.pdf")
    *others, last = page_texts(path)
    assert all(words in last for words in stamp(final).split("　"))
    assert not any("校验码" in text for text in others)
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:description"] == f"政府信息公开工作年度报告；{stamp(final)}"
        assert metadata["pdfaid:part"] == "2"


def test_a_report_without_a_final_bears_nothing(tmp_path: Path) -> None:
    path = write(builders.report(), tmp_path / "甲.pdf")
    assert not any("校验码" in text for text in page_texts(path))


def test_the_workbook_says_it_among_the_facts_and_as_a_property(final: Report, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(write(final, tmp_path / "甲.xlsx"))
    facts = {row[0].value: row[1].value for row in workbook.worksheets[0].iter_rows(min_row=3)}
    assert facts["文件状态"] == "正式稿"
    assert f"定稿 {facts['定稿']}" == stamp(final)
    assert workbook.properties.description == f"政府信息公开工作年度报告；{stamp(final)}"


def test_the_page_says_it_in_its_head_and_last(final: Report, tmp_path: Path) -> None:
    text = write(final, tmp_path / "甲.html").read_text(encoding="utf-8")
    head, _, body = text.partition("<body")
    assert f'content="政府信息公开工作年度报告；{stamp(final)}"' in head
    assert re.search(f">{stamp(final)}</p>\\s*</article>", body)


def test_what_is_copied_for_the_web_says_it_last(final: Report) -> None:
    description = describe(FORM, final, draft=None)
    assert stamp(final) in html_fragment(description).rpartition("</div>")[2]
    assert plain_text(description).endswith(f"\n{stamp(final)}\n")


def test_the_word_document_says_it_beside_each_page_number_and_as_a_property(
    final: Report, tmp_path: Path
) -> None:
    with zipfile.ZipFile(write(final, tmp_path / "甲.docx")) as package:
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    written = {
        name: ["".join(run.itertext()) for run in parts[f"word/{name}.xml"].iter(f"{W}r")]
        for name in ("footer1", "footer2")
    }
    assert written == {
        "footer1": [stamp(final), "", "— ", "1", " —"],
        "footer2": ["— ", "1", " —", "", stamp(final)],
    }
    properties = "".join(parts["docProps/core.xml"].itertext())
    assert f"政府信息公开工作年度报告；{stamp(final)}" in properties


def test_a_correction_is_named_as_such_in_every_document(final: Report, tmp_path: Path) -> None:
    changed = replace(final, texts={**final.texts, "other": "改过。"})
    assert describe(FORM, changed, draft=None).stamp == ""
    corrected = replace(changed, notes=with_final(FORM, changed, "张三丰", MOMENT))
    made = current_final(corrected)
    assert made is not None
    words = f"更正 2024-01-20 10:30　张三丰　校验码 {made.short_mark}"
    assert describe(FORM, corrected, draft=None).stamp == words
    for suffix in FORMATS:
        assert any(words.encode() in part for part in parts_of(write(corrected, tmp_path / f"甲{suffix}")))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("is_signed", [True, False])
def test_a_document_names_the_person_only_where_they_want_it(
    is_signed: bool, suffix: str, tmp_path: Path
) -> None:
    report = builders.report()
    final = replace(report, notes=with_final(FORM, report, "张三丰", MOMENT, is_signed=is_signed))
    path = write(final, tmp_path / f"甲{suffix}")
    assert any("张三丰".encode() in part for part in parts_of(path)) is is_signed


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_longest_name_leaves_room_for_the_rest_of_the_line(suffix: str, tmp_path: Path) -> None:
    report = builders.report()
    final = replace(report, notes=with_final(FORM, report, "很长" * 50, MOMENT))
    made = current_final(final)
    assert made is not None
    path = write(final, tmp_path / f"甲{suffix}")
    words = ("很长" * 9 + "很…", f"校验码 {made.short_mark}")
    assert all(any(word.encode() in part for part in parts_of(path)) for word in words)


def parts_of(path: Path) -> list[bytes]:
    """Return what a file says as UTF-8: the members of a package; pages and properties of a PDF."""
    if path.suffix == ".html":
        return [path.read_bytes()]
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
            return [str(metadata).encode(), *(text.encode() for text in page_texts(path))]
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]
