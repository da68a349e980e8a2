"""诊断包: the log keeps places and kinds of failures, not their words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from model.crash_log import describe
from model.diagnostics import without_contents, write_pack
from model.errors import CannotWrite

SECRET = "某某局收到张三的申请"


def failing() -> str:
    try:
        try:
            raise ValueError(f"{SECRET}\n    {SECRET}\nFile {SECRET}")
        except ValueError as failure:
            raise KeyError(SECRET) from failure
    except KeyError as failure:
        return describe(type(failure), failure, failure.__traceback__)


def test_the_words_of_failures_are_left_out_and_their_kinds_kept() -> None:
    text = "\n".join(without_contents((failing() + failing()).splitlines()))
    assert SECRET not in text.replace(f'"{SECRET}"', "")
    assert text.count("ValueError（原文从略）") == 2
    assert text.count("KeyError（原文从略）") == 2
    assert text.count("The above exception") == 2
    assert "in failing" in text


def test_folders_are_cut_off_paths() -> None:
    text = "\n".join(without_contents(failing().splitlines()))
    assert str(Path(__file__).parent) not in text
    assert 'File "model/test_diagnostics.py"' in text


def test_what_stands_before_any_record_is_left_out() -> None:
    assert list(without_contents([SECRET, f"  {SECRET}", ""])) == []


def test_the_pack_holds_versions_and_settings_without_any_log(tmp_path: Path) -> None:
    pack = tmp_path / "诊断包.zip"
    write_pack(pack, tmp_path / "没有日志", {"look/zoom": "125"})
    with zipfile.ZipFile(pack) as held:
        assert held.namelist() == ["版本.txt", "设置.txt"]
        assert "look/zoom = 125" in held.read("设置.txt").decode("utf-8")
        assert "格式 2021" in held.read("版本.txt").decode("utf-8")


def test_a_place_that_cannot_be_written_raises_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="无法写入"):
        write_pack(tmp_path, tmp_path, {})
