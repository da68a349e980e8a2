"""What people type and paste: accepted where it plainly is a number, refused with the reason otherwise."""

from __future__ import annotations

import re
import string
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.cells import Kind, Value, format_value
from model.parsing import Refusal, parse
from tests import strategies
from tests.effort import examples

COUNT, MONEY = Kind.COUNT, Kind.MONEY


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" ", None),
        ("\u3000\t\r\n\u00a0", None),
        ("0", 0),
        ("68", 68),
        ("６８", 68),
        ("６8", 68),
        ("1,234", 1234),
        ("1，234", 1234),
        ("１，２３４，５６７", 1234567),
        (" 68 件", 68),
        ("68件", 68),
        ("68 个", 68),
        ("68\u3000宗\u00a0", 68),
        ("1,234件", 1234),
        ("999999999", 999_999_999),
        ("999,999,999", 999_999_999),
        ("\u300068\u3000", 68),
    ],
)
def test_a_count_is_accepted(text: str, value: Value) -> None:
    assert parse(text, COUNT) == value
    assert type(parse(text, COUNT)) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", "None"),
        ("0", "0"),
        ("12.5", "12.5"),
        ("12.50", "12.50"),
        ("0.000001", "0.000001"),
        ("24252.311082", "24252.311082"),
        ("1,234.5", "1234.5"),
        ("１２．５", "12.5"),
        ("９１１６．３６", "9116.36"),
        (" 7730.28\n", "7730.28"),
        ("999999999999.999999", "999999999999.999999"),
        ("68", "68"),
    ],
)
def test_an_amount_is_accepted_exactly(text: str, value: str) -> None:
    parsed = parse(text, MONEY)
    assert str(parsed) == value
    assert parsed is None or isinstance(parsed, Decimal)


REFUSED = [
    ("12abc", "只能填整数"),
    ("-3", "不能是负数"),
    ("－３", "不能是负数"),
    ("−3", "不能是负数"),
    ("1.5", "不能有小数点"),
    ("68.0", "不能有小数点"),
    ("68.", "不能有小数点"),
    ("1.2万", "万"),
    ("3千", "完整的数字"),
    ("=1+1", "公式"),
    ("＝1", "公式"),
    ("+5", "加号"),
    ("＋5", "加号"),
    ("1234567890", "最多 9 位"),
    ("1,000,000,000", "最多 9 位"),
    ("/", "请填 0"),
    ("-", "请填 0"),
    ("—", "请填 0"),
    ("无", "请填 0"),
    ("件", "请填 0"),
    ("6 8", "空格"),
    ("6\n8", "空格"),
    ("1_000", "下划线"),
    ("1,23", "千分位"),
    ("12,34", "千分位"),
    (",123", "千分位"),
    ("123,", "千分位"),
    ("1,,234", "千分位"),
    ("1234,567", "千分位"),
    ("007", "前面多了 0"),
    ("00", "前面多了 0"),
    ("0,123", "前面多了 0"),
    ("1e3", "科学记数法"),
    ("50%", "百分数"),
    ("约68", "约数"),
    ("68余件", "约数"),
    ("22（其中修订16件）", "括号"),
    ("22(16)", "括号"),
    ("100元", "货币"),
    ("￥100", "货币"),
    ("1.予以公开", "名称"),
    ("٦٨", "只能填整数"),
    ("६८", "只能填整数"),
    ("²", "只能填整数"),
    ("六十八", "只能填整数"),
    ("Ⅳ", "只能填整数"),
    ("68\x00", "看不见"),
    ("68\u200b", "看不见"),
    ("\ufeff68", "看不见"),
    ("68\u2009", "看不见"),
    ("1..2", "只能填整数"),
    (".5", "只能填整数"),
    ("1. 予以公开", "名称"),
    ("NaN", "只能填整数"),
    ("true", "只能填整数"),
    ("0x10", "只能填整数"),
    ("1/2", "只能填整数"),
    ("68条", "只能填整数"),
    ("68件件", "只能填整数"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_not_plainly_a_count_is_refused_with_the_reason(text: str, reason: str) -> None:
    refusal = parse(text, COUNT)
    assert isinstance(refusal, Refusal)
    assert refusal.text == text
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.", "小数点后面"),
        ("1.2.3", "只能填数字"),
        ("0.1234567", "最多 6 位"),
        ("1.0000000", "最多 6 位"),
        ("1000000000000", "最多 12 位"),
        ("00.5", "前面多了 0"),
        ("12.5万", "万"),
        ("12.5万元", "万"),
        ("12.5元", "货币"),
        ("-0.5", "不能是负数"),
        ("1.5e3", "科学记数法"),
        ("1,23.5", "千分位"),
        ("1.234,5", "只能填数字"),
        ("12.5件", "只能填数字"),
        (".5", "小数点前面没有数字"),
        ("．５", "小数点前面没有数字"),
        ("1..2", "只能填数字"),
        ("无", "请填 0"),
        ("Infinity", "只能填数字"),
    ],
)
def test_what_is_not_plainly_an_amount_is_refused_with_the_reason(text: str, reason: str) -> None:
    refusal = parse(text, MONEY)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


# ---------------------------------------------------------------- against a grammar of its own

SPACE = "[ \\t\\r\\n\u3000\u00a0]*"
DIGIT, FIRST, COMMA, POINT = "[0-9０-９]", "[1-9１-９]", "[,，]", "[.．]"
WHOLE = f"(?:[0０]|{FIRST}{DIGIT}*|{FIRST}{DIGIT}{{0,2}}(?:{COMMA}{DIGIT}{{3}})+)"
GRAMMAR = {
    COUNT: re.compile(f"{SPACE}(?:(?P<n>{WHOLE}){SPACE}[件个宗]?)?{SPACE}"),
    MONEY: re.compile(f"{SPACE}(?P<n>{WHOLE}(?:{POINT}{DIGIT}{{1,6}})?)?{SPACE}"),
}
MOST_DIGITS = {COUNT: 9, MONEY: 12}


def reference(text: str, kind: Kind) -> object:
    """Return the value by the grammar written above, or Refusal."""
    match = GRAMMAR[kind].fullmatch(text)
    if match is None:
        return Refusal
    if match["n"] is None:
        return None
    plain = "".join(str(int(c)) if c not in ".．" else "." for c in match["n"] if c not in ",，")
    if len(plain.partition(".")[0]) > MOST_DIGITS[kind]:
        return Refusal
    return int(plain) if kind is COUNT else Decimal(plain)


near_numbers = st.text(
    st.sampled_from("0123456789０５９,，.．-+=件个宗万元 \u3000\u00a0\n_eE/—无%(（約٣²\x00"), max_size=14
)
grouped = st.builds(
    lambda n, space, unit: f"{space}{n:,}{unit}{space}",
    st.integers(0, 10**13),
    st.sampled_from(["", " ", "\u3000"]),
    st.sampled_from(["", "件", " 个", ".5", ".1234567", "．５"]),
)


@pytest.mark.parametrize("kind", [COUNT, MONEY])
@settings(max_examples=examples(600, 20_000))
@given(text=st.one_of(st.text(max_size=30), near_numbers, grouped, strategies.texts))
def test_parsing_accepts_just_what_the_grammar_accepts_and_never_raises(kind: Kind, text: str) -> None:
    expected, parsed = reference(text, kind), parse(text, kind)
    if expected is Refusal:
        assert isinstance(parsed, Refusal)
        assert parsed.text == text
        assert parsed.reason
        assert not parsed.reason.endswith("。")
    else:
        assert parsed == expected
        assert type(parsed) is type(expected)


@given(strategies.counts)
def test_every_count_that_is_printed_reads_back(count: int) -> None:
    assert parse(format_value(count), COUNT) == count
    assert parse(f"{count:,}", COUNT) == count


@given(strategies.amounts())
def test_every_amount_that_is_printed_reads_back_digit_for_digit(amount: Decimal) -> None:
    parsed = parse(format_value(amount), MONEY)
    assert isinstance(parsed, Decimal)
    assert parsed.as_tuple() == amount.as_tuple()


@pytest.mark.parametrize(
    "text", ["9" * 200_000, "1," * 100_000, " " * 200_000 + "x", "1 " * 100_000, "1" + " " * 200_000 + "x"]
)
def test_long_pastes_are_refused_not_suffered(text: str) -> None:
    assert isinstance(parse(text, COUNT), Refusal)
    assert isinstance(parse(text, MONEY), Refusal)


def test_each_printable_ascii_character_alone_is_a_digit_or_refused() -> None:
    for character in string.printable:
        parsed = parse(character, COUNT)
        assert (
            parsed == int(character) if character.isdigit() else parsed is None or isinstance(parsed, Refusal)
        )
