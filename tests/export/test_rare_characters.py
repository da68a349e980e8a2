"""Characters that no face has: named before anything is written, printed as codes, kept elsewhere."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from export import exporting
from export.command_line import main
from export.exporting import export_report
from export.layout import describe
from export.pdf import page_notes
from export.pdf_notes import missing_sentence
from export.preview import draw_pages
from model import storage
from model.catalogue import load_form
from model.checks import review
from model.reasons import with_reason
from model.report import Report
from tests.model import builders

FORM = load_form("2021")
MOMENT = datetime(2024, 1, 20, tzinfo=UTC)
NOWHERE = "\U000130b8\ue123\U0002ebf1\u1dc3"
"""A hieroglyph, a private character, one of Unicode 15.1 and a combining mark: in no face we know of."""
CODES = ("U+130B8", "U+E123", "U+2EBF1", "U+1DC3")


@pytest.fixture
def strange() -> Report:
    report = builders.balanced()
    return replace(report, unit_name=f"某{NOWHERE[0]}镇", texts={**report.texts, "other": f"文{NOWHERE}字"})


@pytest.fixture
def file(strange: Report, tmp_path: Path) -> Path:
    path = tmp_path / "生僻.xxgk"
    storage.save(strange, path, None)
    return path


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return what tells everything that was said before the first document was written."""
    said: list[str] = []
    real = exporting.write_atomically

    def write(path: Path, fill: Callable[[Path], None]) -> None:
        said.append(capsys.readouterr().out)
        real(path, fill)

    monkeypatch.setattr(exporting, "write_atomically", write)
    return lambda: said[0]


def test_the_command_line_names_them_before_it_writes(
    file: Path, watched: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["export", str(file), str(tmp_path / "甲.html"), str(tmp_path / "甲.pdf")])
    assert all(code in watched() for code in CODES)
    assert "已导出" not in watched()
    assert "U+130B8" not in capsys.readouterr().out  # said once


def test_formats_that_keep_them_say_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["export", str(file), *(str(tmp_path / f"甲{suffix}") for suffix in (".xlsx", ".docx", ".html"))])
    assert not any(code in capsys.readouterr().out for code in CODES)
    for path in (tmp_path / "甲.xlsx", tmp_path / "甲.docx"):
        with zipfile.ZipFile(path) as package:
            content = b"".join(package.read(name) for name in package.namelist())
        assert NOWHERE.encode() in content
        assert f"某{NOWHERE[0]}镇".encode() in content
    assert NOWHERE in (tmp_path / "甲.html").read_text(encoding="utf-8")


def test_pdf_and_preview_print_their_codes(strange: Report, tmp_path: Path) -> None:
    exported = export_report(FORM, strange, tmp_path / "甲.pdf", draft=None, moment=MOMENT)
    with pypdfium2.PdfDocument(tmp_path / "甲.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")
    assert "某〔U+130B8〕镇" in text
    assert all(f"〔{code}〕" in text for code in CODES)
    pages = draw_pages(FORM, strange, None)
    assert pages.remarks[0] == exported.notes[0]
    pages.close()


def test_the_audit_names_those_of_explanations_before_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = builders.report({**builders.balanced_inputs(), "disclosure.normative_documents.in_force": 1})
    [finding] = review(FORM, report)
    report = replace(report, notes=with_reason(report, finding, f"因机构合并{NOWHERE}而不同", MOMENT))
    path = tmp_path / "甲.xxgk"
    storage.save(report, path, None)
    main(["audit", str(path), str(tmp_path / "审核.pdf")])
    said, _, after = capsys.readouterr().out.partition("已写出")
    assert all(code in said for code in CODES)
    assert not any(code in after for code in CODES)


def test_several_documents_are_told_of_together(strange: Report) -> None:
    first = describe(FORM, builders.balanced(), draft=None)
    found = page_notes(first, describe(FORM, strange, draft=None))
    assert found.missing == tuple(NOWHERE)
    assert found.pages > page_notes(first).pages


def test_what_cannot_be_shown_alone_is_shown_another_way() -> None:
    sentence = missing_sentence(["\ue123", "\u1dc3", "𠮷"])
    assert sentence.endswith("：自造字（U+E123）、◌\u1dc3（U+1DC3）、𠮷（U+20BB7）。")
    assert "Excel、Word、网页里仍是原来的字符" in sentence


def test_faces_may_be_given_for_a_pdf_only(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, page = str(tmp_path / "甲.pdf"), str(tmp_path / "甲.html")
    assert main(["export", str(file), pdf, "--face", "正文=没有的字体"]) < 2
    assert "为正文选的字体“没有的字体”在这台电脑上找不到" in capsys.readouterr().out
    assert main(["export", str(file), page, "--face", "正文=仿宋"]) == 2
    assert "输出文件里没有 PDF" in capsys.readouterr().err
    assert main(["export", str(file), pdf, "--face", "仿宋"]) == 2
    assert "部分=字体名" in capsys.readouterr().err
    assert not (tmp_path / "甲.html").exists()
