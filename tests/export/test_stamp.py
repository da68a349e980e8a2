"""What documents say of the 定稿: small, where it disturbs nothing, and without the name of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest

from export.exporting import FORMATS, export_report
from model.catalogue import load_form
from model.finalising import current_final, with_final
from model.report import Report
from tests.model import builders

FORM = load_form("2021")
MOMENT = datetime(2024, 1, 20, 10, 30, tzinfo=UTC)


@pytest.fixture
def final() -> Report:
    report = builders.report()
    return replace(report, notes=with_final(FORM, report, "张三丰", MOMENT))


def stamp(report: Report) -> str:
    made = current_final(report)
    assert made is not None
    return f"定稿 2024-01-20 10:30　校验码 {made.short_mark}"


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
    assert stamp(final).split("　")[1] in last
    assert not any("校验码" in text for text in others)
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:description"] == f"政府信息公开工作年度报告；{stamp(final)}"
        assert metadata["pdfaid:part"] == "2"


def test_a_report_without_a_final_bears_nothing(tmp_path: Path) -> None:
    path = write(builders.report(), tmp_path / "甲.pdf")
    assert not any("校验码" in text for text in page_texts(path))


def test_the_workbook_says_it_among_the_facts(final: Report, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(final, tmp_path / "甲.xlsx")).worksheets[0]
    facts = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    made = current_final(final)
    assert made is not None
    assert facts["文件状态"] == "正式稿"
    assert facts["定稿时间"] == "2024-01-20 10:30"
    assert facts["数据校验码"] == made.short_mark


def test_the_page_says_it_in_its_head(final: Report, tmp_path: Path) -> None:
    text = write(final, tmp_path / "甲.html").read_text(encoding="utf-8")
    assert stamp(final) in text.partition("<body")[0]
    assert "校验码" not in text.partition("<body")[2]


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_document_names_the_person(suffix: str, final: Report, tmp_path: Path) -> None:
    path = write(final, tmp_path / f"甲{suffix}")
    if suffix == ".pdf":
        assert not any("张三丰" in text for text in page_texts(path))
    else:
        import zipfile

        parts = (
            [path.read_bytes()]
            if suffix == ".html"
            else [zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()]
        )
        assert not any("张三丰".encode() in part for part in parts)
