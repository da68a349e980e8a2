"""JSON that says exactly one thing is read, anything else is refused with the reason."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given

from model.strict_json import MOST_DEPTH, MOST_DIGITS, JsonRefusedError, parse
from tests import strategies


@given(strategies.json_values)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert parse(json.dumps(value)) == value
    assert parse(json.dumps(value, ensure_ascii=False, indent=1)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "第 1 行第 1 个字符"),
        ('{"a": 1', "不合 JSON 格式"),
        ('{"a": 1}}', "第 1 行第 9 个字符"),
        ('{\n"a": }', "第 2 行"),
        ('{"a": 1, "a": 1}', "键“a”出现了两次"),
        ('[{"b": {"c": 1, "c": 2}}]', "键“c”出现了两次"),
        ('{"a": NaN}', "NaN"),
        ("[Infinity]", "Infinity"),
        ("[-Infinity]", "-Infinity"),
        ("[1e999]", "1e999"),
        ("[-1e400]", "-1e400"),
        (f"[{'9' * 31}]", "31 位"),
        ('"a\nb"', "不合 JSON 格式"),
        ("{'a': 1}", "不合 JSON 格式"),
        ("[1,]", "不合 JSON 格式"),
        ("[01]", "不合 JSON 格式"),
        ("[+1]", "不合 JSON 格式"),
        ("[1_000]", "不合 JSON 格式"),
        ("// comment\n[]", "不合 JSON 格式"),
        ('"\\ud8"', "不合 JSON 格式"),
        ("\ufeff[]", "不合 JSON 格式"),
        ("[" * 100_000, "嵌套得太深"),
        ('{"a":' * 100_000, "嵌套得太深"),
        ("[" * 500 + "]" * 500, "嵌套得太深"),
    ],
)
def test_anything_ambiguous_or_broken_is_refused(text: str, reason: str) -> None:
    with pytest.raises(JsonRefusedError) as refused:
        parse(text)
    assert reason in str(refused.value)


def test_nesting_is_allowed_up_to_its_limit() -> None:
    assert parse("[" * MOST_DEPTH + "]" * MOST_DEPTH) is not None
    with pytest.raises(JsonRefusedError, match="嵌套得太深"):
        parse("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1))


def test_whole_numbers_stay_exact_and_others_are_floats() -> None:
    assert parse("9" * MOST_DIGITS) == int("9" * MOST_DIGITS)
    assert type(parse("68")) is int
    assert type(parse("68.0")) is float
    assert type(parse("6e1")) is float
    negative_zero = parse("-0")
    assert isinstance(negative_zero, float)
    assert math.copysign(1, negative_zero) == -1


def test_a_lone_surrogate_can_be_read() -> None:
    assert parse('"\\ud800"') == "\ud800"
