"""The 审核报告: every finding with its 出错说明, the reasons, the counts and the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from export.audit_report import SUFFIXES, Audit, audit_name, write_audit
from export.command_line import main
from model import storage
from model.catalogue import load_form
from model.checks import review
from model.errors import BadTarget
from model.finalising import with_final, with_force
from model.findings import Finding
from model.forms import Severity
from model.reasons import with_reason
from model.report import Report
from tests.model import builders

FORM = load_form("2021")
MOMENT = datetime(2024, 1, 20, 10, 30, tzinfo=UTC)
REASON = "往年的规范性文件没有清理入库"


def warned() -> Report:
    return builders.report({**builders.balanced_inputs(), "disclosure.normative_documents.in_force": 1})


def explained() -> Report:
    report = warned()
    [found] = review(FORM, report)
    return replace(report, notes=with_reason(report, found, REASON, MOMENT))


def audit_of(report: Report, reason: str = "") -> Audit:
    return Audit(FORM, report, review(FORM, report), MOMENT, reason)


def pdf_text(audit: Audit, folder: Path) -> str:
    path = folder / "审核.pdf"
    write_audit(audit, path)
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return "".join("".join(texts).split())


def table_of(audit: Audit, folder: Path) -> list[list[str]]:
    path = folder / "审核.xlsx"
    write_audit(audit, path)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]


def facts_of(audit: Audit, folder: Path) -> dict[str, str]:
    path = folder / "审核.xlsx"
    write_audit(audit, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=3) if row[1].value}


def test_a_finding_stands_with_its_numbers_and_its_reason(tmp_path: Path) -> None:
    text = pdf_text(audit_of(explained()), tmp_path)
    assert "二、核实（1）" in text
    assert "现行有效件数却只有1件" in text
    assert f"出错说明：{REASON}" in text
    header, row = table_of(audit_of(explained()), tmp_path)
    assert header == ["序号", "级别", "问题", "数字", "出错说明", "编号"]
    assert row[:2] == ["1", "核实"]
    assert "≠" in row[3] or ">" in row[3]
    assert row[4:] == [REASON, "in_force_low.normative_documents"]


def test_every_finding_is_counted_in_both_formats(tmp_path: Path) -> None:
    report = replace(warned(), year=None, unit_name="")
    audit = audit_of(report)
    text, table = pdf_text(audit, tmp_path), table_of(audit, tmp_path)
    assert "强制2，核实1，提示0" in text
    assert "二、强制（2）" in text
    assert "三、核实（1）" in text
    assert len(table) == 1 + 3
    assert "〔机关名称〕〔年份〕年政府信息公开工作年度报告审核报告" in text


@pytest.mark.parametrize(
    ("report", "reason", "verdict"),
    [
        (builders.report(), "", "没有强制错误，核实都已说明，可以作为正式稿"),
        (explained(), "", "没有强制错误，核实都已说明，可以作为正式稿"),
        (warned(), "", "有没有说明的核实 1，导出的文件带“草稿”标记"),
        (warned(), "原件如此", "有没有说明的核实 1，按所写的理由作为正式稿"),
    ],
)
def test_the_verdict_says_whether_documents_are_final(
    report: Report, reason: str, verdict: str, tmp_path: Path
) -> None:
    assert facts_of(audit_of(report, reason), tmp_path)["审核结论"] == verdict


def test_a_report_without_findings_says_so(tmp_path: Path) -> None:
    assert "没有发现问题。" in pdf_text(audit_of(builders.report()), tmp_path)
    assert table_of(audit_of(builders.report()), tmp_path)[1][2] == "没有发现问题。"


def test_reasons_and_finals_are_told_with_their_times(tmp_path: Path) -> None:
    report = replace(warned(), notes=with_force(warned(), "原件如此", MOMENT))
    report = replace(report, notes=with_final(FORM, report, "张三", MOMENT))
    facts = facts_of(audit_of(report, "原件如此"), tmp_path)
    assert facts["作为正式稿的理由"] == "2024-01-20 10:30　原件如此"
    assert facts["定稿"].startswith("2024-01-20 10:30，张三，校验码 ")
    assert facts["定稿"].endswith(facts["数据校验码"])
    assert "现状" not in facts
    later = replace(report, year=2022)
    assert facts_of(audit_of(later), tmp_path)["现状"].endswith("还没有重新定稿，改动：年份：2023 改为 2022")
    again = replace(later, notes=with_final(FORM, later, "李四", MOMENT))
    assert facts_of(audit_of(again), tmp_path)["更正"].endswith("改动：年份：2023 改为 2022")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_audit_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"甲{suffix}", tmp_path / f"乙{suffix}"
    write_audit(audit_of(warned()), first)
    write_audit(audit_of(warned()), second)
    assert first.read_bytes() == second.read_bytes()


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    finding = Finding("甲", Severity.WARNING, '=HYPERLINK("x")\n<b>&\x07', "", note="+1\u202e")
    audit = replace(audit_of(builders.report()), findings=(finding,))
    row = table_of(audit, tmp_path)[1]
    assert row[2].startswith("=HYPERLINK")
    assert openpyxl.load_workbook(tmp_path / "审核.xlsx").worksheets[1]["C3"].data_type == "s"
    assert "<b>&" in pdf_text(audit, tmp_path)


def test_many_findings_fill_many_pages(tmp_path: Path) -> None:
    many = tuple(Finding(f"甲.{n}", Severity.HINT, f"第 {n} 个问题" * 9, "") for n in range(150))
    audit = replace(audit_of(builders.report()), findings=many)
    text = pdf_text(audit, tmp_path)
    assert "150.第149个问题" in text
    assert len(table_of(audit, tmp_path)) == 151


def test_many_findings_are_printed_on_pages_that_can_be_read(tmp_path: Path) -> None:
    many = tuple(Finding(f"甲.{n}", Severity.HINT, f"第 {n} 个问题" * 9, "") for n in range(150))
    write_audit(replace(audit_of(builders.report()), findings=many), tmp_path / "多.xlsx")
    write_audit(audit_of(explained()), tmp_path / "少.xlsx")
    heights = [
        openpyxl.load_workbook(tmp_path / name).worksheets[1].page_setup.fitToHeight
        for name in ("多.xlsx", "少.xlsx")
    ]
    assert heights == [0, 1]


def test_a_text_too_long_for_one_row_takes_several_and_is_printed(tmp_path: Path) -> None:
    path, reason = tmp_path / "审核.xlsx", "经办公室主任同意照原样导出，" * 200
    long = Finding("甲.1", Severity.HINT, "问题。" * 900, "")
    write_audit(replace(audit_of(builders.report(), reason), findings=(long,)), path)
    for sheet, place, text in zip(
        openpyxl.load_workbook(path), ("B", "C"), (reason, "问题。" * 900), strict=True
    ):
        [cell] = [cell for cell in sheet[place] if cell.value == text]
        [area] = [str(area) for area in sheet.merged_cells.ranges if cell.coordinate in area]
        first, last = (int(corner[1:]) for corner in area.split(":"))
        rows = [sheet.row_dimensions[row].height or 0 for row in range(first, last + 1)]
        assert max(rows) < 409
        assert sum(rows) > 1000
        assert int(str(sheet.print_area).rpartition("$")[2]) >= last


def test_other_formats_are_refused_and_the_name_is_made_from_unit_and_year(tmp_path: Path) -> None:
    with pytest.raises(BadTarget):
        write_audit(audit_of(builders.report()), tmp_path / "甲.docx")
    name = audit_name(FORM, builders.report(), ".pdf")
    assert name == "某县人民政府2023年政府信息公开工作年度报告审核报告.pdf"


# ---------------------------------------------------------------- command line


def test_a_reason_that_says_nothing_is_refused(sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "审.pdf"
    assert main(["audit", str(sound), str(target), "--reason", "属实"]) == 2
    assert not target.exists()


def saved(report: Report, folder: Path) -> Path:
    path = folder / "年报.xxgk"
    storage.save(report, path, None)
    return path


@pytest.mark.parametrize(("report", "code"), [(builders.report(), 0), (replace(warned(), year=None), 1)])
def test_the_command_writes_both_and_tells_of_errors(
    report: Report, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = saved(report, tmp_path), (tmp_path / "年报.xxgk").read_bytes()
    targets = [tmp_path / "审核.pdf", tmp_path / "审核.xlsx"]
    assert main(["audit", str(path), *map(str, targets), "--reason", "原件如此"]) == code
    assert capsys.readouterr().out.count("已写出审核报告：") == 2
    assert all(target.stat().st_size > 1000 for target in targets)
    assert path.read_bytes() == before
    if code:
        facts = openpyxl.load_workbook(targets[1]).worksheets[0]
        assert any(cell.value == "原件如此" for row in facts.iter_rows() for cell in row)


def test_a_target_that_fails_leaves_the_others_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(builders.report(), tmp_path)
    same, other = tmp_path / "审核.pdf", tmp_path / "审核.txt"
    assert main(["audit", str(path), str(same), str(other), str(same), str(path)]) == 2
    printed = capsys.readouterr()
    assert same.is_file()
    assert printed.err.count("\n") == 3
    assert storage.load(path) == builders.report()
