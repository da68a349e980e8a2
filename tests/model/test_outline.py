"""Sub-headings of a text, and whether there is anything below them."""

from __future__ import annotations

import pytest

from model.outline import has_body, skeleton

TEXT = "（一）主动公开\n  全年公开一百条。\n1.规范性文件\n2.今年印发了三件，废止一件。\n\n（二）依申请公开"


def test_the_skeleton_of_a_text_is_its_sub_headings() -> None:
    assert skeleton(TEXT) == "（一）主动公开\n1.规范性文件\n（二）依申请公开"
    assert has_body(TEXT)
    assert not has_body(skeleton(TEXT))


@pytest.mark.parametrize("text", ["", " \n", "（一）主动公开", "一、问题\n1、不足"])
def test_headings_alone_are_no_body(text: str) -> None:
    assert not has_body(text)


@pytest.mark.parametrize("text", ["没有。", "（一）今年" + "很" * 40, "1.印发三件。", "本年没有收费"])
def test_a_sentence_is_a_body(text: str) -> None:
    assert has_body(text)
    assert skeleton(text) == ""
