"""What a check found: a value, never an exception, made anew at every evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from model.cells import CellId, Value, format_value
from model.forms import Check, Severity, Term
from model.formulas import word_sum

_SIGNS = {"=": "≠", "<=": ">"}


class Equation(NamedTuple):
    """Both sides of a check that does not hold; ``str()`` words it with its numbers.

    一.新收 68 + 二.上年结转 空 = 68 ≠ 64 = 三.总计 60 + 四.结转下年 4，相差 -4. It is worded only when
    somebody looks, for it is made at every edit.
    """

    check: Check
    left: tuple[Value, ...]
    """The values of the check's terms on the left, as the check means them."""
    right: tuple[Value, ...]
    expected: int | Decimal
    actual: int | Decimal

    def __str__(self) -> str:
        check = self.check
        left = _word_side(check.left, check.left_names, self.left)
        right = _word_side(check.right, check.right_names, self.right)
        if len(self.left) > 1:
            left = f"{left} = {format_value(self.expected)}"
        if len(self.right) > 1:
            right = f"{format_value(self.actual)} = {right}"
        return f"{left} {_SIGNS[check.relation]} {right}，相差 {format_value(self.actual - self.expected)}"


def _word_side(terms: Iterable[Term], names: Iterable[str], values: Iterable[Value]) -> str:
    return word_sum(
        (term.sign, f"{name} {'空' if value is None else format_value(value)}")
        for term, name, value in zip(terms, names, values, strict=True)
    )


@dataclass(frozen=True)
class Finding:
    """One disagreement of the figures or one remark on the text.

    ``expected`` is the left side of a check and ``actual`` the right one; ``difference`` is
    ``actual - expected``. All three are None where a finding compares no numbers.
    """

    code: str
    severity: Severity
    message: str
    basis: str
    left: tuple[CellId, ...] = ()
    right: tuple[CellId, ...] = ()
    values: tuple[Value, ...] = ()
    """The values of ``cells`` when the finding was made: with code and cells its fingerprint."""
    previous: Mapping[CellId, Value] = field(default_factory=dict)
    """Last year's values that it holds this year's against; they belong to the fingerprint too."""
    expected: Value = None
    actual: Value = None
    difference: Value = None
    equation: Equation | None = None
    """Both sides with their numbers, where the finding compares any."""
    section: str = ""
    """The section to go to where no cell is concerned; "unit" for the cover data."""
    explainable: bool = True
    """A reason may be given; what only saving or mending takes away has none that would stay true."""
    cause: str = ""
    """The code of the finding that this one follows from: mended there, it goes too."""
    note: str = ""
    """The 出错说明 that explains it; empty where there is none for these values."""

    @property
    def cells(self) -> tuple[CellId, ...]:
        """Every cell concerned, as printed: left side, then right side."""
        return self.left + self.right

    @property
    def formula(self) -> str:
        """Both sides with their numbers in one line, or an empty text."""
        return "" if self.equation is None else str(self.equation)

    @property
    def is_explained(self) -> bool:
        """Tell whether a reason has been given for just these values."""
        return bool(self.note)
