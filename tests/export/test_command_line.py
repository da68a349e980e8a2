"""The program without a screen: what it prints, where, and with which exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from export import arguments, command_line, console
from export.command_line import main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = resources.path("samples", "nanhu_2021.xxgk")


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
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sample.rename("-示 例.xxgk")
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
