"""Two reports side by side on the command line: diff, and check with last year's file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from export.command_line import main
from model import storage
from model.report import Report
from tests.model.builders import MONEY, balanced, balanced_inputs, cell, report


def save(made: Report, path: Path) -> Path:
    storage.save(made, path, None)
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return save(balanced(), tmp_path / "甲.xxgk")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    made = balanced()
    inputs = {**made.inputs, cell("requests.received.natural_person"): 7}
    del inputs[cell(MONEY)]
    texts = {**made.texts, "overview": made.texts["overview"] + "新添一句。"}
    return save(replace(made, inputs=inputs, texts=texts, unit_name="另一机关"), tmp_path / "乙.xxgk")


def test_two_equal_reports_have_no_difference(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out == "没有不同\n"


def test_every_change_is_listed_with_both_values(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(old), str(new)]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "不同之处 4 处"
    assert lines[0] == "机关名称：某县人民政府 → 另一机关"
    assert "新添一句。" in lines[1]
    assert len(lines[1]) < 180
    assert lines[2].endswith("24252.311082 → 空白")
    assert lines[3].endswith("→ 7")


def test_the_same_as_json_for_other_programs(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(old), str(new), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["count"] == len(told["differences"]) == 4
    by_place = {item["place"]: (item["old"], item["new"]) for item in told["differences"]}
    assert by_place[f"inputs.{MONEY}"] == ("24252.311082", None)
    assert by_place["inputs.requests.received.natural_person"][1] == 7


def test_a_file_that_cannot_be_read_fails(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(old), str(tmp_path / "没有.xxgk")]) == 2
    assert main(["diff", str(old)]) == 2
    assert "找不到文件" in capsys.readouterr().err


def test_check_holds_a_report_against_last_year_s_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    this = save(report(balanced_inputs(), texts=dict(balanced().texts)), tmp_path / "今年.xxgk")
    last = balanced_inputs()
    last["requests.carried_out.business"] = 99
    before = save(report(last, year=2022), tmp_path / "上年.xxgk")
    content = this.read_bytes()
    assert main(["check", str(this), "--previous", str(before), "--json"]) == 0
    codes = {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert "carried_in.business" in codes
    assert this.read_bytes() == content


@pytest.mark.parametrize("year", [2021, 2023, None])
def test_a_report_of_the_wrong_year_is_refused(
    year: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    this = save(balanced(), tmp_path / "今年.xxgk")
    other = save(report(balanced_inputs(), year=year), tmp_path / "别的.xxgk")
    assert main(["check", str(this), "--previous", str(other)]) == 2
    assert "不能作为上年数" in capsys.readouterr().err


def test_both_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert "diff 年报甲.xxgk 年报乙.xxgk" in told
    assert "--previous" in told
