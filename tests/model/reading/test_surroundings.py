"""What stands beside the tables that are read: copies and strays are told, never taken silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.model import builders
from tests.workbooks import REQUESTS, fill, named, read


@pytest.mark.parametrize("place", [0, 9], ids=["before", "behind"])
def test_a_filled_copy_of_a_sheet_is_one_doubt_and_never_silent(
    place: int, book: Workbook, tmp_path: Path
) -> None:
    copy = book.copy_worksheet(book[REQUESTS])
    copy.title = "填好的"
    copy["D7"], copy["E7"] = 5, 6
    book.move_sheet(copy, place - len(book.sheetnames) + 1)
    imported = read(book, tmp_path)
    assert imported.report.inputs == {}
    assert [(doubt.place, len(doubt.cells)) for doubt in imported.doubts] == [("填好的", 2)]
    assert "2 个数与读入的不同" in str(imported.doubts[0])


def test_a_copy_with_last_years_numbers_does_not_shut_out_this_years(book: Workbook, tmp_path: Path) -> None:
    copy = book.copy_worksheet(book[REQUESTS])
    copy.title = "上年"
    copy["D7"] = 5
    book.move_sheet(copy, 1 - len(book.sheetnames))
    fill(book, builders.balanced().inputs)
    imported = read(book, tmp_path)
    assert imported.report.inputs == builders.balanced().inputs
    assert [doubt.place for doubt in imported.doubts] == ["上年"]


def test_a_filled_copy_of_a_text_is_never_silent(book: Workbook, tmp_path: Path) -> None:
    copy = book.copy_worksheet(named(book, "xxgk_text.overview").parent)
    copy.title = "总体情况（改）"
    copy["A3"] = "全年公开信息一百条。"
    imported = read(book, tmp_path)
    assert "overview" not in imported.report.texts
    assert [doubt.place for doubt in imported.doubts] == ["总体情况（改）!A1"]
    named(book, "xxgk_text.overview").value = "全年公开信息一百条。"
    assert read(book, tmp_path).is_complete


def test_a_blank_copy_and_one_that_agrees_say_nothing(book: Workbook, tmp_path: Path) -> None:
    book.copy_worksheet(book[REQUESTS]).title = "空白"
    fill(book, builders.balanced().inputs)
    book.copy_worksheet(book[REQUESTS]).title = "备份"
    assert read(book, tmp_path).is_complete


def test_a_heading_that_stands_many_times_on_another_sheet_is_told_once(
    book: Workbook, tmp_path: Path
) -> None:
    for row in range(1, 50):
        book["二、主动公开"][f"H{row}"] = "一、总体情况"
        book["二、主动公开"][f"I{row}"] = f"第 {row} 段"
    imported = read(book, tmp_path)
    assert len([doubt for doubt in imported.doubts if "与读入的不同" in doubt.why]) == 1


def test_what_stands_outside_a_table_is_reported_once_a_sheet(book: Workbook, tmp_path: Path) -> None:
    book[REQUESTS]["L7"] = 99
    book[REQUESTS]["A40"] = "其中 3 件为上年转入"
    [doubt] = read(book, tmp_path).doubts
    assert (doubt.place, doubt.why) == ("三、依申请公开!L7", "这里有内容“99”等 2 格，没有读入")
