"""How text is expected to wrap in a worksheet."""

from hypothesis import given
from hypothesis import strategies as st

from export.excel_measure import (
    MOST_ROW_HEIGHT,
    columns_in,
    count_lines,
    height_of,
    measure,
    split_for_rows,
)
from tests.strategies import characters

SIZE = 16.0
COLUMNS = 27.0


def test_chinese_is_an_em_wide_and_latin_about_half() -> None:
    assert measure("公开，（一）") == 6
    assert measure("2021") < 2.5


def test_lines_break_between_chinese_characters_and_not_within_words() -> None:
    assert count_lines("公开", 2) == 1
    assert count_lines("公开信息", 2) == 2
    assert count_lines("公 www.gov.cn", 8) == 1
    assert count_lines("公开公开 www.gov.cn", 8) == 2
    assert count_lines("a" * 100, 10) == 6
    assert count_lines("", 10) == 1


def test_broad_letters_take_more_room_for_faces_that_are_not_half_an_em_wide() -> None:
    assert count_lines("W" * 100, 10) == 10
    assert count_lines("A" * 100, 10) == 8


def test_a_cell_takes_at_least_one_character() -> None:
    assert columns_in(1, 16) == 1


@given(st.text(characters, max_size=3000))
def test_a_text_is_cut_into_pieces_that_fit_and_lose_nothing(text: str) -> None:
    pieces = list(split_for_rows(text, COLUMNS, SIZE))
    assert "".join(pieces) == text
    assert all(height_of(piece, COLUMNS, SIZE) <= MOST_ROW_HEIGHT for piece in pieces)
    assert text == "" or all(pieces)


def test_a_text_is_cut_behind_the_last_sentence_that_fits() -> None:
    sentence = "本年公开信息若干条（详见附表。）" * 40
    pieces = list(split_for_rows(sentence, COLUMNS, SIZE))
    assert len(pieces) > 1
    assert all(piece.endswith("）") for piece in pieces)
