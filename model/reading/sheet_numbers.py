"""Read the content of a worksheet's cell as a number of the form, or say why it is none. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ulp

from model.cells import Kind
from model.parsing import Parsed, Refusal, parse
from model.reading.sheet_data import Content, SheetCell, Shown

_EXACT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MOST_DIGITS = 15
"""Significant digits that a spreadsheet program keeps and shows of a number."""
_NOISE = 4
"""Units in the last place by which a stored number may be off the one that was meant."""
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")


def read_number(cell: SheetCell | None, kind: Kind) -> Parsed:
    """Return the value that a cell plainly states, blank for a blank one, or a refusal with its reason."""
    if cell is None:
        return None
    if cell.content is Content.NUMBER:
        return _read_stored(cell, kind)
    if cell.content is Content.TEXT:
        return parse(cell.text, kind)
    return Refusal(cell.text, _REASONS[cell.content])


_REASONS = {
    Content.TRUTH: "这里是逻辑值，请填数字",
    Content.FAULT: "这里的公式出错，请填数字",
    Content.NOTHING: "这里的公式没有算出结果，请填数字",
}


def _read_stored(cell: SheetCell, kind: Kind) -> Parsed:
    if cell.shown is Shown.DATE:
        return Refusal(cell.text, "这一格被当成了日期，请改为数字格式再填")
    if cell.shown is Shown.PERCENT:
        return Refusal(cell.text, "这一格是百分数，请改为数字格式再填")
    if cell.shown is Shown.MASKED:
        return Refusal(
            cell.text, "这一格的格式让显示的数与实际不同（例如按千或者万显示），请改为常规格式再填"
        )
    text = plain(cell.text)
    if text is None:
        return Refusal(cell.text, "这里不是数字")
    if abs(float(text) - float(cell.text)) > _NOISE * ulp(float(text)):
        return Refusal(cell.text, f"超过 {_MOST_DIGITS} 位的数，表格程序存不准，请改为文本格式再填")
    whole = _WHOLE.fullmatch(text) if kind is Kind.COUNT else None
    parsed = parse(whole[1] if whole else text, kind)
    return Refusal(cell.text, parsed.reason) if isinstance(parsed, Refusal) else parsed


def plain(text: str) -> str | None:
    """Return a stored number without exponent and without the noise behind its 15th digit; None for none.

    Programs store 24252.311082 as 24252.311082000001.
    """
    if _EXACT.fullmatch(text) and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        return text
    try:
        number = float(text)
    except ValueError:
        return None
    if not abs(number) < 10.0**_MOST_DIGITS:  # also what is no number
        return None
    return f"{Decimal(f'{number:.{_MOST_DIGITS}g}'):f}"
