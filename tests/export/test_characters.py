"""Characters that no document can hold, and those that paper cannot show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.characters import clean, name_characters, printable


@pytest.mark.parametrize(
    "text", ["", "镕喆堃㎡😀👨‍👩‍👧", "a\tb\nc\r\n\x0b\u2028", "<b>&amp;</b>", "e\u0301", "\u00ad"]
)
def test_what_documents_can_hold_stays_as_it_was_typed(text: str) -> None:
    assert clean(text) == (text, frozenset())


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x7f", "\x9f", "\u202e", "\u2066", "\ufeff", "\uffff", "\udc80"]
)
def test_what_they_cannot_hold_is_left_out_and_named(character: str) -> None:
    assert clean(f"一{character}二{character}") == ("一二", frozenset(character))


def test_characters_are_named_by_their_codes() -> None:
    assert name_characters("\x07\U0001f600") == "U+0007、U+1F600"


@given(st.text(st.characters()))
def test_paper_leaves_out_all_that_documents_do_and_no_character_twice(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.dropped <= set(printable(text).dropped)
    assert not cleaned.dropped & set(printable(cleaned.text).dropped)
    assert printable(cleaned.text).text == printable(text).text


def test_spaces_of_other_widths_are_printed_as_the_usual_ones() -> None:
    assert printable("a\u2009b\u202fc\u00a0d\te") == ("a b c d e", ())
    assert printable("（一）\u2003甲") == ("（一）\u3000甲", ())
