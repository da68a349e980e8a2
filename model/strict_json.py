"""Read JSON that says exactly one thing: no duplicate keys, no NaN, no endless nesting or digits."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import NoReturn, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

MOST_DIGITS = 30
"""Digits of a whole number; none of ours has more than 12."""
MOST_DEPTH = 30
"""Levels of nesting; ours has 5."""


class JsonRefusedError(ValueError):
    """A text that is no such JSON; ``str()`` is the reason in Chinese."""


def parse(text: str) -> Json:
    """Return the value of a JSON text; raise JsonRefusedError for anything ambiguous or broken.

    Numbers with a point or an exponent come as float, so that the reader of the content can refuse
    them with their place.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_unique_keys,
        parse_float=_parse_float,
        parse_int=_parse_int,
        parse_constant=_refuse_constant,
    )
    decode: Callable[[str], Json] = decoder.decode
    try:
        value = decode(text)
    except json.JSONDecodeError as failure:
        place = f"第 {failure.lineno} 行第 {failure.colno} 个字符处"
        raise JsonRefusedError(f"{place}不合 JSON 格式，可能被截断或改坏") from failure
    except RecursionError as failure:
        raise JsonRefusedError("内容嵌套得太深") from failure
    _require_shallow(value)
    return value


def _parse_int(text: str) -> int | float:
    if len(text) > MOST_DIGITS:
        raise JsonRefusedError(f"有一个数长达 {len(text)} 位")
    return -0.0 if text == "-0" else int(text)


def _parse_float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise JsonRefusedError(f"有一个数大得无法表示（{text[:MOST_DIGITS]}）")
    return value


def _refuse_constant(text: str) -> NoReturn:
    raise JsonRefusedError(f"含有 {text}，它不是数字")


def _unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result: dict[str, Json] = {}
    for key, value in pairs:
        if key in result:
            raise JsonRefusedError(f"键“{key[:40]}”出现了两次")
        result[key] = value
    return result


def _require_shallow(value: Json) -> None:
    level = [value]
    for _ in range(MOST_DEPTH):
        inner = [item for held in level for item in _items(held)]
        if not inner:
            return
        level = inner
    raise JsonRefusedError("内容嵌套得太深")


def _items(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
