"""What all printed tables have in common."""

from __future__ import annotations

import pytest

from export.printed_tables import scale, words_of


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("法律服务机构", ("法律", "服务", "机构")),
        ("总计", ("总计",)),
        ("（三）不予公开", ("（三）", "不予", "公开")),
        ("三、本年度办理结果", ("三、本", "年度", "办理", "结果")),
        ("（七）总计", ("（七）", "总计")),
        ("一、本年新收政府信息公开申请数量", ("一、本年新收政府信息公开申请数量",)),
        ("自然人", ("自然人",)),
        ("", ("",)),
        ("第1列", ("第1列",)),
        ("行政复议后起诉情况的说明", ("行政复议后起诉情况的说明",)),
    ],
)
def test_a_short_label_breaks_between_words(label: str, words: tuple[str, ...]) -> None:
    assert words_of(label) == words
    assert "".join(words_of(label)) == label


def test_columns_that_are_equal_stay_equal() -> None:
    assert scale([2435] * 4, 8845) == [2211] * 4
