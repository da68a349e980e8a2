"""The line breaker: every rule of GB/T 15834 that we keep, on texts chosen and generated."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from export.lines import Line, Measure, balanced_lines, break_lines
from export.marks import CLOSING, FULL_WIDTH, NOT_FIRST, OPENING, half, joined, plain, width_of_shape

EM = 16.0
FULL = 442.2
COLUMN = (FULL - EM) / 27
NEVER_LAST = OPENING | frozenset("([{￥")


def width(shape: str) -> float:
    """A face with a whole em for Chinese characters and half an em for Latin ones."""
    character = plain(shape)
    if character in FULL_WIDTH:
        return EM * width_of_shape(shape)
    return EM / 2 if character < "\u2e80" else EM


BODY = Measure(width, EM, FULL, COLUMN - EM, indent=2 * COLUMN)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_no_text_gives_no_line() -> None:
    assert break_lines("", BODY) == []


def test_a_full_line_has_twenty_eight_characters_and_the_first_one_two_less() -> None:
    lines = break_lines("文" * (26 + 28 + 28 + 5), BODY)
    assert [len(line.text) for line in lines] == [26, 28, 28, 5]
    assert [line.places[0] for line in lines] == pytest.approx([2 * COLUMN, 0, 0, 0])
    assert [line.end for line in lines[:3]] == pytest.approx([FULL] * 3)


def test_characters_of_plain_lines_stand_in_one_grid() -> None:
    lines = break_lines("文" * 200, BODY)
    columns = {round(place / COLUMN, 6) for line in lines for place in line.places}
    assert columns == set(range(28))


def test_the_last_line_keeps_its_natural_width() -> None:
    assert break_lines("文" * 30, BODY)[-1].end == pytest.approx(3 * COLUMN + EM)


def test_a_stop_that_would_begin_a_line_is_let_in_where_marks_can_be_squeezed() -> None:
    text = "文" * 26 + "文" * 10 + "，" + "文" * 17 + "。" + "文" * 9
    second = break_lines(text, BODY)[1]
    assert second.text == "文" * 10 + "，" + "文" * 17 + "。"
    assert second.shapes.endswith(half("。"))
    assert second.end == pytest.approx(FULL)


def test_a_stop_that_cannot_be_let_in_takes_a_character_with_it() -> None:
    lines = texts(break_lines("文" * (26 + 28) + "。" + "文" * 9, BODY))
    assert lines[1:] == ["文" * 27, "文。" + "文" * 9]


def test_an_opening_mark_never_ends_a_line() -> None:
    lines = texts(break_lines("文" * 25 + "《条例》" + "文" * 9, BODY))
    assert lines == ["文" * 25, "《条例》" + "文" * 9]


@pytest.mark.parametrize(
    "pair",
    [
        "——",
        "……",
        "〔U+1F600〕",
        "24252.311082",
        "98.5%",
        "12.5㎡",
        "2021-12-31",
        "５０％",
        "１．５",
        "ＷＰＳ",
    ],
)
def test_what_belongs_together_is_never_cut(pair: str) -> None:
    for before in range(20, 30):
        assert pair in "\n".join(texts(break_lines("文" * before + pair + "文" * 9, BODY)))


def test_a_two_em_dash_is_drawn_without_a_gap() -> None:
    [line] = break_lines("甲——乙", BODY)
    assert line.shapes == f"甲{joined('—') * 2}乙"
    assert line.text == "甲——乙"


def test_two_marks_side_by_side_share_their_blank() -> None:
    [line] = break_lines("甲》，《乙", BODY)
    assert line.shapes == f"甲{half('》')}{half('，')}《乙"


def test_an_apostrophe_in_a_word_is_narrow() -> None:
    [line] = break_lines("It’s", BODY)
    assert line.shapes == f"It{half('’')}s"


def test_a_word_longer_than_a_line_is_cut_and_fills_the_lines() -> None:
    lines = break_lines("x" * 200, BODY)
    assert "".join(texts(lines)) == "x" * 200
    assert [line.end for line in lines[:-1]] == pytest.approx([FULL] * (len(lines) - 1))


@pytest.mark.parametrize(
    "run", ["a-", "a.", "1,", "%A", "a--", "-a", "/a", "a/", "a'", "@a", "a@b=", "é-", "１．"]
)
def test_a_run_without_any_word_is_cut_as_well_and_hangs_out_nowhere(run: str) -> None:
    for before in ("", "文", "文" * 20, "（", "x"):
        lines = break_lines(before + run * 150, BODY)
        assert "".join(texts(lines)) == before + run * 150
        assert all(line.end <= FULL + 1e-6 for line in lines)
        assert [line.end for line in lines[:-1]] == pytest.approx([FULL] * (len(lines) - 1))


def test_an_address_is_cut_after_a_slash_rather_than_leaving_a_loose_line() -> None:
    text = "文" * 20 + "（http://www.example.gov.cn/zwgk/zfxxgk/index.html）查阅"
    lines = texts(break_lines(text, BODY))
    assert lines[0] == "文" * 20
    assert texts(break_lines("文" * 11 + text[20:], BODY))[0].endswith(".cn/")
    assert texts(break_lines("文" * 12 + text[20:], BODY))[0].endswith("gov.")


@pytest.mark.parametrize(
    "address", ["http://www.example.gov.cn/zwgk/index.html", "zhangsan_01@mail.example.gov.cn"]
)
def test_an_address_beside_chinese_text_is_cut_where_its_parts_meet(address: str) -> None:
    for before in range(10, 40):
        for line in texts(break_lines("文" * before + address + "文" * 30, BODY))[:-1]:
            assert line.endswith(address) or not re.search("[a-z0]$", line)


def test_a_percent_sign_in_an_address_begins_and_ends_no_line() -> None:
    for before in range(1, 40):
        lines = texts(break_lines("文" * before + "http://a.cn/?x=" + "%E4%B8%AD" * 30, BODY))
        assert not any(line[0] == "%" or line[-1] == "%" for line in lines)


def test_no_line_begins_or_ends_with_an_ideographic_space_and_it_keeps_to_the_grid() -> None:
    for before in range(20, 60):
        lines = break_lines("文" * before + "\u3000\u3000" + "文" * 40, BODY)
        assert not any(line.text[0] == "\u3000" or line.text[-1] == "\u3000" for line in lines)
        assert [line.end for line in lines[:-1]] == pytest.approx([FULL] * (len(lines) - 1))
    assert len(break_lines("文" * 26 + "文" * 20 + "\u3000" + "文" * 17, BODY)[1].text) == 28


@pytest.mark.parametrize("end", ["30 ㎡", "30 ℉", "5 ㎞", "5 %"])
def test_a_unit_behind_a_space_stays_with_its_number(end: str) -> None:
    for before in range(18, 30):
        lines = texts(break_lines("文" * before + end + "文" * 9, BODY))
        assert not any(line[0] == end[-1] for line in lines)


@pytest.mark.parametrize("mark", ['"', "'"])
def test_straight_quotation_marks_stay_with_what_they_quote(mark: str) -> None:
    for before in range(18, 30):
        for line in texts(break_lines("文" * before + f"{mark}放管服{mark}" + "文" * 9, BODY)):
            assert line[-1] != mark or line.count(mark) == 2
            assert line[0] != mark or line[1] == "放"


def test_the_number_of_an_item_does_not_end_a_line() -> None:
    for before in range(18, 30):
        lines = texts(break_lines("文" * before + "。3.建设基层政务公开专栏" + "文" * 9, BODY))
        assert any("3.建" in line for line in lines)


def test_a_straight_quotation_mark_without_another_is_like_any_character() -> None:
    lines = break_lines("文" * 26 + '"' + "文" * 9, BODY)
    assert "".join(texts(lines)) == "文" * 26 + '"' + "文" * 9


def test_no_line_ends_with_a_hyphen_which_readers_of_a_pdf_drop() -> None:
    for before in range(10, 40):
        lines = texts(
            break_lines("文" * before + "http://a.gov.cn/" + "zwgk-" * 20 + "a，2019-至今" * 3, BODY)
        )
        assert not any(line[-1] == "-" for line in lines)


def test_a_short_word_is_never_cut() -> None:
    for before in range(18, 28):
        lines = texts(break_lines("文" * before + "GB/T9704-2012" + "文" * 9, BODY))
        assert any("GB/T9704-2012" in line for line in lines)


def test_english_stretches_between_words_only() -> None:
    lines = break_lines("The quick brown fox jumps over the lazy dog and runs away from here at once", BODY)
    first = lines[0]
    assert first.end == pytest.approx(FULL)
    inside = [b - a for a, b, c in zip(first.places, first.places[1:], first.text, strict=False) if c != " "]
    assert inside == pytest.approx([EM / 2] * len(inside))


def test_letters_of_a_cut_address_move_apart_no_further_than_readers_bear() -> None:
    for before in range(3, 26):
        first = break_lines("文" * before + "http://www.example.gov.cn/zwgk/zfxxgk/index.html", BODY)[0]
        moves = [b - a for a, b in pairwise(first.places[before:])]
        assert max(moves, default=0.0) <= EM / 2 + 0.09 * EM + 1e-6
        assert first.end == pytest.approx(FULL)


@pytest.mark.parametrize("word", ["CO₂", "m²", "H₂SO₄", "10⁻³"])
def test_a_raised_or_lowered_digit_stays_with_its_word(word: str) -> None:
    for before in range(20, 29):
        lines = texts(break_lines("文" * before + word + "文" * 9, BODY))
        assert any(word in line for line in lines)


def test_no_space_is_left_at_either_end_of_a_line() -> None:
    for line in texts(break_lines("word " * 60, BODY)):
        assert line == line.strip()


def test_no_character_is_left_alone_on_the_last_line() -> None:
    assert [len(line) for line in texts(break_lines("文" * 27, BODY))] == [25, 2]
    assert texts(break_lines("文" * 26 + "完。", BODY))[-1] == "文完。"


@pytest.mark.parametrize(
    "text", ["。" * 20000, "（" * 20000, "x" * 20000, " " * 20000, "文" * 20000, "a." * 10000]
)
def test_nonsense_is_set_in_no_time(text: str) -> None:
    lines = break_lines(text, BODY)
    assert without_spaces("".join(texts(lines))) == without_spaces(text)


def test_text_is_not_markup() -> None:
    [line] = break_lines("<b>&amp;</b>", BODY)
    assert line.text == "<b>&amp;</b>"


def test_centred_text_is_broken_into_lines_of_about_equal_length() -> None:
    measure = Measure(width, EM, FULL, justified=False)
    lines = balanced_lines("某某市人民政府办公室政务公开与政府信息公开工作领导小组及其办公室", measure)
    lengths = [len(line.text) for line in lines]
    assert len(lines) == 2
    assert abs(lengths[0] - lengths[1]) <= 1


def test_text_that_is_not_justified_keeps_its_natural_width() -> None:
    lines = break_lines("文" * 40, Measure(width, EM, 100.0, justified=False))
    assert {line.end for line in lines} == {6 * EM, 4 * EM}


CHINESE = st.text("文件公开申请工作情况年月日政府信息", min_size=1, max_size=30)
PIECES = st.one_of(
    CHINESE,
    CHINESE,
    CHINESE,
    st.sampled_from(["，", "。", "、", "；", "：", "！", "？", "——", "……", "·", "％"]),
    CHINESE.map("“{}”".format),
    CHINESE.map("《{}》".format),
    CHINESE.map("（{}）".format),
    CHINESE.map("“《{}》（试行）”".format),
    st.integers(0, 10**9).map(str),
    st.decimals(0, 10**9, places=6).map(str),
    st.sampled_from([" ", "3,456", "98.5%", "㎡", "GB/T 9704-2012", "COVID-19", "user@example.gov.cn"]),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789./?&=-", max_size=90).map(
        "http://www.example.gov.cn/{}x".format
    ),
    st.text("ABCabc0123", min_size=1, max_size=80),
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def without_spaces(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "")


@given(TEXTS)
def test_every_character_is_set_once_and_in_order(text: str) -> None:
    lines = break_lines(text, BODY)
    assert without_spaces("".join(texts(lines))) == without_spaces(text)
    assert all(plain(shape) == c for line in lines for shape, c in zip(line.shapes, line.text, strict=True))
    assert all(len(line.places) == len(line.text) for line in lines)


@given(TEXTS)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str) -> None:
    assume(text[:1] not in NOT_FIRST)
    assume(not any(a in "—…" and b in NOT_FIRST for a, b in pairwise(text)))
    for line in texts(break_lines(text, BODY)):
        assert line[0] not in NOT_FIRST - frozenset("/-")
        assert line[-1] not in NEVER_LAST


@given(TEXTS)
def test_every_line_but_the_last_fills_the_measure_and_none_hangs_out(text: str) -> None:
    lines = break_lines(text, BODY)
    for line in lines[:-1]:
        assert line.end == pytest.approx(FULL) or len(line.text) == 1
    assert all(line.end <= FULL + 1e-6 for line in lines)


@given(TEXTS)
def test_characters_follow_each_other_without_running_into_each_other(text: str) -> None:
    for line in break_lines(text, BODY):
        ends = [place + width(shape) for place, shape in zip(line.places, line.shapes, strict=True)]
        overlaps = [end - after for end, after in zip(ends, line.places[1:], strict=False)]
        assert max(overlaps, default=0.0) <= EM - COLUMN + 1e-6


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_set(text: str) -> None:
    lines = break_lines(text, BODY)
    assert without_spaces("".join(texts(lines))) == without_spaces(text)


@given(st.text(sorted(CLOSING | OPENING | frozenset("…—文 a")), max_size=120))
def test_even_nothing_but_marks_can_be_set(text: str) -> None:
    lines = break_lines(text, BODY)
    assert without_spaces("".join(texts(lines))) == without_spaces(text)
    assert all(line.end <= FULL + 1e-6 for line in lines)
