"""The program without a screen: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import resources
from export import arguments, command_line, console
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


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample, which has two 强制 findings."""
    return copy_to(tmp_path / "示例 年报.xxgk")


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A report without findings."""
    return save(builders.balanced(), tmp_path / "无误.xxgk")


def copy_to(path: Path) -> Path:
    path.write_bytes(SAMPLE.read_bytes())
    return path


def save(report: Report, path: Path) -> Path:
    storage.save(report, path, None)
    return path


def run(
    *arguments: object, environment: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
        **more,  # type: ignore[call-overload]
    )


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
    bad = [tmp_path / "无" / "甲.xlsx", tmp_path / "乙.doc", tmp_path, tmp_path / "空\0字.pdf", sample, good]
    assert main(["export", str(sample), str(good), *map(str, bad)]) == 2
    printed = capsys.readouterr()
    assert printed.out.count("已导出") == 1
    assert len(printed.err.splitlines()) == len(bad)
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


# ---------------------------------------------------------------- the command line itself


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "不认识的命令“chekc”"),
        (["--chekc"], "不认识的选项“--chekc”"),
        (["check"], "缺少参数：年报文件"),
        (["check", "甲", "乙"], "多余的参数：乙"),
        (["check", "甲", "--jso"], "不认识的选项“--jso”"),
        (["check", "-甲.xxgk"], "请在前面单独写上 --"),
        (["export", "甲"], "缺少参数：输出文件"),
        (["--version", "甲"], "不认识的参数：甲"),
        (["--self-check", "甲"], "不认识的参数：甲"),
    ],
)
def test_a_command_line_that_is_not_understood_ends_in_one_chinese_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1
    assert "usage" not in printed.err
    assert "error" not in printed.err
    assert printed.out == ""


def test_every_message_of_argparse_that_is_not_known_is_still_chinese() -> None:
    assert arguments._translate("something new") == "命令写得不对"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], [], ["check", "--help"], ["export", "-h"]])
def test_help_is_chinese_and_names_every_command(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in command_line.COMMANDS)
    assert "usage" not in printed


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("政府信息公开年报编制工具 0.")


def test_the_program_finds_itself_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "程序完好。"
    assert sum("数字读回一致" in line for line in lines) >= 2


def test_a_broken_program_does_not_call_itself_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from export import exporting

    broken = replace(exporting.FORMATS[".xlsx"], read_numbers=lambda path, form: {})
    monkeypatch.setitem(exporting.FORMATS, ".xlsx", broken)  # type: ignore[arg-type]
    assert main(["--self-check"]) == 2
    assert "不一致" in capsys.readouterr().err


def test_names_that_begin_with_a_dash_come_behind_two_dashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copy_to(tmp_path / "-示 例.xxgk")
    assert main(["check", "--json", "--", "-示 例.xxgk"]) == 1
    assert main(["export", "--", "-示 例.xxgk", "-出.xlsx", "出.xlsx"]) == 1
    assert (tmp_path / "-出.xlsx").exists()


def test_an_interruption_ends_in_one_line(
    sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(arguments: Sequence[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "COMMANDS", {"check": interrupt})
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "已中断。\n"


# ---------------------------------------------------------------- consoles, pipes, processes


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp936"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
)
def test_output_is_utf8_whatever_the_console(
    environment: dict[str, str], sample: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.xxgk"
    plain.write_bytes(sample.read_bytes())
    found = run("check", plain, environment=environment)
    assert found.returncode == 1
    assert found.stdout.decode().startswith("岳阳市南湖新区管委会2021年")
    failed = run("nothing", environment=environment)
    assert failed.returncode == 2
    assert "不认识的命令" in failed.stderr.decode()


def test_headless_commands_load_no_qt(sample: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "blocked" / "PySide6"
    blocker.mkdir(parents=True)
    (blocker / "__init__.py").write_text("raise ImportError('blocked')")
    environment = {"PYTHONPATH": str(blocker.parent)}
    assert run("export", sample, tmp_path / "出.xlsx", environment=environment).returncode == 1
    assert run("--version", environment=environment).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output_is_said(sample: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        finished = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "check", str(sample)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert finished.returncode == 2
    assert finished.stderr.decode() == "无法输出结果：磁盘空间已满。\n"


def test_a_reader_that_leaves_early_changes_nothing(sample: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        finished = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "check", str(sample)],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert finished.returncode == 1
    assert finished.stderr == b""


def test_a_program_without_streams_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    console.prepare()
    console.say("某")
    console.say_error("某")


def test_a_fault_of_the_program_ends_with_3_and_is_recorded(tmp_path: Path) -> None:
    script = (
        "import sys, main\n"
        "from export import command_line\n"
        "def fail(arguments): raise RuntimeError('inner')\n"
        "command_line.main = fail\n"
        "sys.exit(main.main(['check']))\n"
    )
    for folder, said in ((tmp_path / "数据", "详细记录在"), (Path(os.devnull), "RuntimeError: inner")):
        finished = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "XDG_DATA_HOME": str(folder), "LOCALAPPDATA": str(folder)},
            capture_output=True,
            check=False,
        )
        assert finished.returncode == 3
        assert said in finished.stderr.decode()
        assert "程序内部出错" in finished.stderr.decode()
    [log] = (tmp_path / "数据").rglob("*.log")
    assert "RuntimeError: inner" in log.read_text(encoding="utf-8")
