"""Names and values of cells. Knows nothing of any form."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "int | Decimal | None"
"""A count (int), an amount in 万元 (Decimal) or blank (None). Blank is not 0."""


class CellId(NamedTuple):
    """A cell's name: ``table.row.column``, the same in files, exports and tests."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, text: str) -> CellId:
        """Read ``table.row.column``; raise ValueError for any other shape."""
        parts = text.split(".")
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"not a cell id: {text!r}")
        return cls(*parts)


MOST_COUNT_DIGITS = 9
MOST_COUNT = 10**MOST_COUNT_DIGITS - 1
MOST_MONEY_DIGITS = 12
"""Before the point."""
MOST_MONEY_DECIMALS = 6


class Kind(Enum):
    """What a cell holds: an input within the limits above, a total whatever inputs add up to."""

    COUNT = "count"
    """A whole number."""
    MONEY = "money"
    """An exact amount in 万元."""


def format_value(value: Value) -> str:
    """Return a value as the documents print it: blank as an empty text, digits without grouping.

    An amount keeps the decimals it was given (12.50 stays 12.50).
    """
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
