"""Read what people type and paste into a cell. What is not plainly a number is refused, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from model.cells import MOST_COUNT_DIGITS, MOST_MONEY_DECIMALS, MOST_MONEY_DIGITS, Kind, Value

_SPACES = " \t\r\n\u3000\u00a0"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_UNITS = "件个宗"
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"([0-9,]+)(?:\.([0-9]*))?")
_PLACEHOLDERS = {"/", "-", "—", "——", "–", "无", "／", "－", "\\", "n/a", "N/A"}


class Refusal(NamedTuple):
    """A text that is no value for a cell: what was typed and why it is refused, with what to do."""

    text: str
    reason: str


Parsed: TypeAlias = "Value | Refusal"


def parse(text: str, kind: Kind) -> Parsed:
    """Return the value that ``text`` plainly states, blank for nothing but spaces, or a refusal.

    Accepted beside plain digits: full-width digits, proper 千分位, spaces outside, and for counts
    one 件, 个 or 宗 behind.
    """
    bare = text.strip(_SPACES).translate(_FULL_WIDTH)
    if not bare:
        return None
    if kind is Kind.COUNT and bare[-1] in _UNITS:
        bare = bare[:-1].rstrip(_SPACES)
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return Refusal(text, _why_no_number(bare, kind))
    whole, decimals = match[1], match[2]
    if not (_PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)):
        return Refusal(text, "千分位逗号的位置不对，请去掉逗号或写成 1,234 的样子")
    parse_kind = _parse_count if kind is Kind.COUNT else _parse_money
    result = parse_kind(whole.replace(",", ""), decimals)
    return Refusal(text, result) if isinstance(result, str) else result


def _parse_count(whole: str, decimals: str | None) -> int | str:
    if decimals is not None:
        return "这里填件数，只能是整数，不能有小数点"
    if _has_leading_zero(whole):
        return "数字前面多了 0，请去掉"
    if len(whole) > MOST_COUNT_DIGITS:
        return f"数字太大，最多 {MOST_COUNT_DIGITS} 位"
    return int(whole)


def _parse_money(whole: str, decimals: str | None) -> Decimal | str:
    if decimals == "":
        return "小数点后面没有数字"
    if _has_leading_zero(whole):
        return "数字前面多了 0，请去掉"
    if len(whole) > MOST_MONEY_DIGITS:
        return f"数字太大，整数部分最多 {MOST_MONEY_DIGITS} 位；单位是万元，请看看是否填成了元"
    if decimals is not None and len(decimals) > MOST_MONEY_DECIMALS:
        return f"小数最多 {MOST_MONEY_DECIMALS} 位（单位是万元）"
    return Decimal(whole if decimals is None else f"{whole}.{decimals}")


def _has_leading_zero(whole: str) -> bool:
    return len(whole) > 1 and whole.startswith("0")


def _why_no_number(bare: str, kind: Kind) -> str:
    """Return the reason that helps most for a text that is not made of digits."""
    if bare in _PLACEHOLDERS or not bare:
        return "没有发生请填 0，没有数据请留空，不能用符号或文字代替"
    for wrong, reason in _TELLTALES:
        if re.search(wrong, bare):
            return reason
    if kind is Kind.MONEY and re.fullmatch(r"\.[0-9]+", bare):
        return "小数点前面没有数字，请写成 0.5 的样子"
    return "只能填整数" if kind is Kind.COUNT else "只能填数字，最多六位小数"


_TELLTALES = (  # compiled with the first refusal: a start needs none of them
    ("^[=＝]", "不能填公式，请填算好的数字"),
    ("[万亿千百]", "不能带“万”“亿”等字，请写出完整的数字"),
    ("[约近余多超]", "不能填约数，请填准确的数字"),
    (r"^[-－−—]\s*[0-9]", "不能是负数"),
    (r"^[+＋]", "不要带加号，只填数字"),
    ("[元￥¥]", "不要带货币单位，只填数字（单位是万元）"),
    ("[%％]", "不能填百分数"),
    (r"[0-9][\s_]+[0-9]", "数字中间不能有空格或下划线"),
    (r"^[0-9]+[.、]\s*[^\W\d_]", "这像是一行的名称，不是数字"),
    ("[0-9][eE][0-9]", "不能用科学记数法，请写出完整的数字"),
    ("[（(]", "不能带括号里的说明，请只填数字，说明写在文字部分"),
    (
        "^[0-9,.]*[\x00-\x1f\xad\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]",
        "里面有看不见的字符，请重新输入这个数",
    ),
)
