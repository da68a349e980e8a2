"""File names and targets of exports."""

import os
from pathlib import Path

import pytest

from export import targets
from export.targets import check_target, default_file_name, is_same_file
from model.errors import BadTarget
from model.forms import Form
from model.report import Report

SUFFIXES = (".pdf", ".xlsx")


def name_for(form: Form, unit: str, year: int | None = 2021) -> str:
    return default_file_name(form, Report(form.id, year=year, unit_name=unit), ".pdf")


def test_the_default_name_is_made_of_unit_and_year(form: Form) -> None:
    assert name_for(form, "岳阳市南湖新区管委会") == "岳阳市南湖新区管委会2021年政府信息公开工作年度报告.pdf"


def test_the_default_name_holds_nothing_that_windows_forbids(form: Form) -> None:
    name = name_for(form, ' ..某<局>:"甲/乙\\丙|丁?*\x07\n ')
    assert name == "某＜局＞：”甲／乙＼丙｜丁？＊2021年政府信息公开工作年度报告.pdf"


def test_the_default_name_says_what_is_missing(form: Form) -> None:
    assert name_for(form, "", None) == "〔机关名称〕〔年份〕年政府信息公开工作年度报告.pdf"


def test_the_default_name_is_never_too_long_and_keeps_year_and_suffix(form: Form, tmp_path: Path) -> None:
    name = name_for(form, "某" * 300)
    assert name.endswith("某2021年政府信息公开工作年度报告.pdf")
    (tmp_path / name).touch()


def test_a_proper_target_is_accepted_in_any_case_of_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "旧.PDF").touch()
    check_target(tmp_path / "旧.PDF", SUFFIXES)
    check_target(tmp_path / "-新 文件.xlsx", SUFFIXES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("报告", "没有写明格式"),
        (".pdf", "没有写明格式"),
        ("报告.doc", "“.doc”"),
        ("无/报告.pdf", "不存在"),
        ("长" * 100 + ".pdf", "文件名太长"),
        ("换\n行.pdf", "不允许的字符"),
        ("空\0字.pdf", "不允许的字符"),
        ("", "文件夹"),
    ],
)
def test_a_wrong_target_is_refused_with_the_reason(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadTarget, match=said):
        check_target(tmp_path / name, SUFFIXES)


def test_a_target_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    with pytest.raises(BadTarget, match="不是文件夹"):
        check_target(tmp_path / "文件" / "报告.pdf", SUFFIXES)


def test_a_folder_with_the_name_of_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "报告.pdf").mkdir()
    with pytest.raises(BadTarget, match="这是一个文件夹"):
        check_target(tmp_path / "报告.pdf", SUFFIXES)


def test_a_read_only_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.pdf"
    target.touch()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(BadTarget, match="只读"):
        check_target(target, SUFFIXES)


def test_characters_that_only_windows_forbids_are_refused_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "_ON_WINDOWS", True)
    with pytest.raises(BadTarget, match="不允许的字符 ':'"):
        check_target(tmp_path / "甲:乙.pdf", SUFFIXES)
    monkeypatch.setattr(targets, "_ON_WINDOWS", False)
    check_target(tmp_path / "甲:乙.pdf", SUFFIXES)


@pytest.mark.parametrize("name", ["con.pdf", "NUL.pdf", "com1.x.pdf", "Aux .pdf"])
def test_names_of_devices_are_refused_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    check_target(tmp_path / name, SUFFIXES)
    monkeypatch.setattr(targets, "_ON_WINDOWS", True)
    with pytest.raises(BadTarget, match="留给设备"):
        check_target(tmp_path / name, SUFFIXES)
    check_target(tmp_path / "console.pdf", SUFFIXES)


def test_one_file_is_known_by_all_its_names(tmp_path: Path) -> None:
    file = tmp_path / "甲.pdf"
    assert is_same_file(file, tmp_path / "无" / ".." / "甲.pdf")
    file.touch()
    (tmp_path / "乙.pdf").symlink_to(file)
    (tmp_path / "丙.pdf").hardlink_to(file)
    assert is_same_file(file, tmp_path / "乙.pdf")
    assert is_same_file(file, tmp_path / "丙.pdf")
    assert not is_same_file(file, tmp_path / "丁.pdf")
    assert not is_same_file(file, tmp_path / "空\0字.pdf")
