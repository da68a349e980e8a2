"""Walking in a table, comparing and finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from model.cells import Value
from model.copying import selected_rows, whole_table
from model.engine import evaluate
from model.finding_text import find
from model.forms import Form
from model.formulas import total_formula
from model.growth import Growth, growth
from model.table_grid import Place, TableGrid
from tests.model.builders import cell, values


@pytest.fixture(params=["disclosure", "requests", "review"])
def grid(request: pytest.FixtureRequest, form: Form) -> TableGrid:
    return TableGrid(form.table(request.param))


def test_every_number_is_where_the_grid_says(grid: TableGrid) -> None:
    for one in grid.table.cells:
        assert grid.cell(grid.place(one)) == one
        assert grid.anchor(grid.place(one)) == grid.place(one)


def test_walking_down_from_the_first_number_meets_each_row_once(form: Form) -> None:
    grid = TableGrid(form.table("disclosure"))
    rows = [one.row for place in grid.walk(grid.first(), 1, 0) if (one := grid.cell(place)) is not None]
    assert rows == ["normative_documents", "licences", "penalties", "coercive_measures", "fees"]


def test_walking_right_meets_a_merged_number_once(form: Form) -> None:
    grid = TableGrid(form.table("disclosure"))
    licences = grid.place(cell("disclosure.licences.decisions"))
    assert list(grid.walk(licences, 0, 1)) == []
    assert grid.anchor(Place(licences.row, 2)) == licences


def test_between_two_places_each_number_comes_once_in_reading_order(form: Form) -> None:
    grid = TableGrid(form.table("disclosure"))
    found = grid.cells_between(Place(grid.rows - 1, grid.columns - 1), Place(0, 0))
    assert found == form.table("disclosure").cells


def test_copied_rows_keep_their_columns_where_numbers_are_merged(form: Form) -> None:
    grid = TableGrid(form.table("disclosure"))
    sheet = evaluate(form, values({"disclosure.licences.decisions": 7}))
    rows = selected_rows(grid, sheet, Place(3, 0), Place(6, 2))
    assert rows == (("", "", ""), ("7", "", ""))


def test_the_whole_table_as_html_has_each_box_once(grid: TableGrid, form: Form) -> None:
    html = whole_table(grid.table, evaluate(form, {}))
    assert html.count("<td") == len(grid.table.grid)
    assert html.count("<tr>") == grid.table.row_count


@pytest.mark.parametrize(
    ("value", "last", "expected"),
    [
        (68, 50, Growth("50", "+18", "+36.0%")),
        (45, 50, Growth("50", "-5", "-10.0%")),
        (50, 50, Growth("50", "0", "0.0%")),
        (5, 0, Growth("0", "+5", "—")),
        (0, 0, Growth("0", "0", "—")),
        (0, 4, Growth("4", "-4", "-100.0%")),
        (0, None, Growth("", "", "")),
        (None, 0, Growth("0", "", "")),
        (Decimal("0.1"), Decimal("0.3"), Growth("0.3", "-0.2", "-66.7%")),
        (None, 3, Growth("3", "", "")),
        (3, None, Growth("", "", "")),
        (Decimal("12.5"), Decimal("10"), Growth("10", "+2.5", "+25.0%")),
    ],
)
def test_a_number_is_compared_with_last_years(value: Value, last: Value, expected: Growth) -> None:
    assert growth(value, last) == expected


def test_find_leads_to_labels_groups_columns_and_values(form: Form) -> None:
    table = form.table("requests")
    sheet = evaluate(form, values({"requests.granted.other": 1728}))
    assert find(table, sheet, "重复申请") == (cell("requests.rejected_duplicate.natural_person"),)
    assert cell("requests.received.welfare") in find(table, sheet, "社会 公益")
    assert cell("requests.granted.other") in find(table, sheet, "172")
    assert len(find(table, sheet, "无法提供")) == 3
    assert find(table, sheet, "  ") == ()


def test_a_totals_formula_names_what_counts_and_sums_up_the_rest(form: Form) -> None:
    sheet = evaluate(form, values({"requests.granted.business": 3, "requests.other_other.business": 4}))
    row = total_formula(form, sheet, cell("requests.granted.total"))
    assert row == "商业企业 3 = 3；其余 5 项为 0 或空白"
    column = total_formula(form, sheet, cell("requests.results_total.business"))
    assert column.startswith("（一）予以公开 3 + （六）其他处理 3.其他 4 = 7")
    assert total_formula(form, sheet, cell("requests.received.total")) == "6 项都为 0 或空白，合计 0"
