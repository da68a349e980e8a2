"""Names of cells and how values are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from model.cells import CellId, format_value


def test_a_cell_is_named_table_row_column() -> None:
    cell = CellId.parse("requests.granted.total")
    assert cell == ("requests", "granted", "total")
    assert str(cell) == f"{cell}" == "requests.granted.total"


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c.d", "a..c", ".b.c", "a.b.", "..", "a,b,c"])
def test_any_other_shape_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match="not a cell id"):
        CellId.parse(text)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (0, "0"),
        (999_999_999, "999999999"),
        (-4, "-4"),
        (Decimal("24252.311082"), "24252.311082"),
        (Decimal("12.50"), "12.50"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("0"), "0"),
        (Decimal("100000000000"), "100000000000"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-6"), "0.000001"),
    ],
)
def test_values_are_printed_exactly_without_grouping_or_exponent(
    value: int | Decimal | None, printed: str
) -> None:
    assert format_value(value) == printed
