"""Checking and exporting a report file without a screen: what is printed, and the exit code."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import resources
from export.command_line import main
from export.findings_text import as_json, as_lines
from model import storage
from model.catalogue import load_form
from model.cells import CellId
from model.checks import review
from model.finalising import with_force
from model.findings import Finding
from model.forms import Severity
from model.reasons import with_reason
from model.report import Report
from tests.model import builders

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = resources.path("samples", "nanhu_2021.xxgk")


def save(report: Report, path: Path) -> Path:
    storage.save(report, path, None)
    return path


def sheet_texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(sheet["A1"].value) for sheet in book]


# ---------------------------------------------------------------- check


def test_the_sample_has_exactly_its_two_errors_and_the_hint_that_names_both(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(sample), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    found = json.loads(printed.out)
    assert found["counts"] == {"error": 2, "warning": 0, "hint": 3}
    columns = ["natural_person", "business", "research", "welfare", "legal_services", "other", "total"]
    first, second, shift = found["findings"][:3]
    assert first["message"].startswith("“（一）予以公开”行")
    assert {key: first[key] for key in first if key != "message"} == {
        "code": "row_total.granted",
        "severity": "error",
        "cells": [f"requests.granted.{column}" for column in columns],
        "expected": 68,
        "actual": 64,
        "difference": -4,
        "explained": False,
    }
    assert (second["code"], second["expected"], second["actual"], second["difference"]) == (
        "row_total.rejected_duplicate",
        0,
        4,
        4,
    )
    assert shift["code"] == "row_shift"
    assert {"requests.granted.total", "requests.rejected_duplicate.total"} <= set(shift["cells"])
    assert shift["expected"] is None
    assert [finding["code"] for finding in found["findings"][3:]] == ["blank.requests", "blank.review"]


def test_what_follows_from_another_finding_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = builders.balanced_inputs()
    column = "requests.results_total.natural_person"
    printed = {cell: builders.computed(given)[cell] for cell in ("requests.granted.total", column)}
    given["requests.granted.natural_person"] = 5 + int(given["requests.granted.natural_person"] or 0)
    file = save(builders.report(given, printed), tmp_path / "引起.xxgk")
    assert main(["check", "--json", str(file)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["code"]: one.get("caused_by") for one in found if one["severity"] == "error"} == {
        "row_total.granted": None,
        "balance.natural_person": "row_total.granted",
        "column_total.natural_person": "row_total.granted",
    }
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out.count("由 row_total.granted 引起") == 2


def test_check_tells_people_the_title_the_counts_and_each_finding(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(sample)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "岳阳市南湖新区管委会2021年政府信息公开工作年度报告"
    assert lines[1] == "强制 2 · 核实 0 · 提示 3"
    assert lines[2].startswith("[强制] row_total.granted：")
    assert "≠" in lines[3]


def test_check_of_a_sound_report_is_fine(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(sound)]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["error"] == 0


def test_amounts_are_strings_in_json_and_reasons_are_shown() -> None:
    finding = Finding(
        code="甲",
        severity=Severity.WARNING,
        message="乙",
        basis="",
        left=(CellId("disclosure", "fees", "amount"),),
        expected=Decimal("12.50"),
        actual=Decimal("0.000001"),
        difference=None,
        note="因为丙",
    )
    found = json.loads(as_json([finding]))["findings"][0]
    assert (found["expected"], found["actual"], found["difference"]) == ("12.50", "0.000001", None)
    assert found["explained"] is True
    assert list(as_lines([finding])) == ["[核实] 甲：乙", "    说明：因为丙"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff",
        b'{"format": "xxgk", "version": 1, "form": "2021"',
        b'{"a": 1}',
        b'{"format": "xxgk", "version": 99, "form": "2021"}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_no_report_ends_with_one_sentence_and_is_left_alone(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "坏.xxgk"
    file.write_bytes(content)
    target = tmp_path / "出.xlsx"
    for command in (["check", str(file)], ["export", str(file), str(target)]):
        assert main(command) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
        assert "坏.xxgk" in printed.err
    assert file.read_bytes() == content
    assert not target.exists()


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "无.xxgk")]) == 2
    assert "找不到" in capsys.readouterr().err


def test_a_file_that_vanishes_while_it_is_read_is_said(
    sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(path: Path) -> Report:
        path.unlink()
        return builders.balanced()

    monkeypatch.setattr(storage, "load", load)
    assert main(["check", str(sound)]) == 2
    assert "无法读取" in capsys.readouterr().err


# ---------------------------------------------------------------- export


def test_a_reason_kept_for_these_figures_makes_final_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = builders.report({**builders.balanced_inputs(), "disclosure.normative_documents.in_force": 1})
    kept = replace(report, notes=with_force(report, "原件如此", datetime(2024, 1, 20)))
    path, target = save(kept, tmp_path / "甲.xxgk"), tmp_path / "甲.xlsx"
    assert main(["export", str(path), str(target)]) == 0
    assert "按理由不加草稿标记：原件如此" in capsys.readouterr().out
    save(replace(kept, unit_name="另一机关"), path)
    assert main(["export", str(path), str(target)]) == 1


def test_a_warning_makes_a_draft_until_it_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = {**builders.balanced_inputs(), "disclosure.normative_documents.in_force": 1}
    report = builders.report(inputs)
    path, target = save(report, tmp_path / "甲.xxgk"), tmp_path / "甲.xlsx"
    assert main(["check", str(path)]) == 0
    assert main(["export", str(path), str(target)]) == 1
    assert "现有没有说明的核实 1，导出的文件带有“草稿”标记" in capsys.readouterr().out
    assert sheet_texts(target)[0].startswith("【草稿】")
    assert main(["export", str(path), str(target), "--force", "--reason", "原件如此"]) == 0
    found = next(f for f in review(load_form(report.form), report) if f.code.startswith("in_force_low"))
    notes = with_reason(report, found, "往年的规范性文件没有清理入库", datetime(2024, 1, 20))
    save(replace(report, notes=notes), path)
    assert main(["export", str(path), str(target)]) == 0
    assert not sheet_texts(target)[0].startswith("【草稿】")


def test_a_report_with_errors_is_exported_as_a_draft(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample.read_bytes(), sample.stat().st_mtime_ns
    target = tmp_path / "出 1.xlsx"
    assert main(["export", str(sample), str(target)]) == 1
    assert all(text.startswith("【草稿】") for text in sheet_texts(target))
    assert f"已导出（草稿）：{target}" in capsys.readouterr().out
    assert (sample.read_bytes(), sample.stat().st_mtime_ns) == before


def test_a_sound_report_is_final_in_every_format(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = [str(tmp_path / "甲.XLSX"), str(tmp_path / "乙.pdf")]
    assert main(["export", str(sound), *targets]) == 0
    assert "草稿" not in "".join(sheet_texts(Path(targets[0])))
    assert capsys.readouterr().err == ""


def test_a_reason_makes_a_report_with_errors_final(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "出.xlsx"
    assert main(["export", str(sample), "--force", str(target), "--reason", "原表如此"]) == 0
    assert "草稿" not in "".join(sheet_texts(target))
    assert "原表如此" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--force"], "--reason"),
        (["--reason", "原表如此"], "--force"),
        (["--force", "--reason", " \u3000"], "理由不能为空"),
        (["--force", "--reason"], "--reason 后面缺少内容"),
        (["--force=1", "--reason", "某"], "--force 后面不能写内容"),
    ],
)
def test_forcing_needs_a_reason(
    options: list[str], said: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "出.xlsx"
    assert main(["export", str(sample), str(target), *options]) == 2
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_each_target_is_independent(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "好.xlsx"
    bad = [tmp_path / "空\0字.pdf", tmp_path / "无" / "甲.xlsx", tmp_path / "乙.doc", tmp_path]
    assert main(["export", str(sample), *map(str, [*bad, good, sample, good])]) == 2
    printed = capsys.readouterr()
    assert printed.out.count("已导出") == 1
    assert len(printed.err.splitlines()) == len(bad) + 2
    assert "年报文件本身" in printed.err
    assert "前面已有同一个输出文件" in printed.err
    assert good.exists()
    assert sample.read_bytes() == SAMPLE.read_bytes()


def test_a_link_to_the_report_is_not_overwritten(sample: Path, tmp_path: Path) -> None:
    link = tmp_path / "链.pdf"
    link.symlink_to(sample)
    assert main(["export", str(sample), str(link)]) == 2
    assert sample.read_bytes() == SAMPLE.read_bytes()


def test_what_a_format_cannot_show_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = replace(builders.balanced(), texts={**builders.TEXTS, "other": "收费😀\x07"})
    file = save(report, tmp_path / "甲.xxgk")
    assert main(["export", str(file), str(tmp_path / "甲.xlsx")]) == 0
    assert "注意：" in capsys.readouterr().out


def test_the_moment_in_a_document_is_that_of_the_report_file(sound: Path, tmp_path: Path) -> None:
    os.utime(sound, (1_642_644_184, 1_642_644_184))
    target = tmp_path / "甲.xlsx"
    main(["export", str(sound), str(target)])
    assert str(openpyxl.load_workbook(target).properties.modified) == "2022-01-20 02:03:04"
