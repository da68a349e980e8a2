"""Totals, against sums made here from the official definitions."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from model.catalogue import load_form
from model.cells import CellId, Value
from model.engine import add_up, evaluate
from model.forms import Form, Term
from tests import strategies
from tests.model import official
from tests.model.builders import balanced_inputs, cell, computed, values

FORM = load_form("2021")


def named(sheet: dict[CellId, Value]) -> dict[str, Value]:
    return {str(cell): value for cell, value in sheet.items()}


@given(strategies.mappings_of_values(FORM.inputs, most=166))
def test_every_total_is_the_sum_of_its_cells_and_every_input_stays(inputs: dict[CellId, Value]) -> None:
    sheet = named(dict(evaluate(FORM, inputs)))
    assert list(sheet) == official.cells()
    given_values = {str(key): value for key, value in inputs.items()}
    assert {name: sheet[name] for name in official.inputs()} == {
        name: given_values.get(name) for name in official.inputs()
    }
    totals = {name: sheet[name] for name in official.totals()}
    assert totals == computed(given_values)
    assert all(type(total) is int for total in totals.values())


def test_blanks_count_as_zero_and_stay_blank(form: Form) -> None:
    sheet = named(dict(evaluate(form, {})))
    assert all(sheet[name] is None for name in official.inputs())
    assert all(sheet[name] == 0 for name in official.totals())


def test_a_blank_beside_numbers_counts_as_zero(form: Form) -> None:
    sheet = evaluate(form, values({"requests.granted.natural_person": 68, "requests.granted.business": None}))
    assert sheet[cell("requests.granted.business")] is None
    assert sheet[cell("requests.granted.total")] == 68
    assert sheet[cell("requests.results_total.natural_person")] == 68
    assert sheet[cell("requests.results_total.total")] == 68


def test_zero_stays_zero_and_money_keeps_its_decimals(form: Form) -> None:
    sheet = evaluate(
        form, values({"requests.granted.research": 0, "disclosure.fees.amount": Decimal("12.50")})
    )
    assert sheet[cell("requests.granted.research")] == 0
    assert str(sheet[cell("disclosure.fees.amount")]) == "12.50"


def test_the_largest_numbers_are_added_exactly(form: Form) -> None:
    sheet = evaluate(form, values(dict.fromkeys(official.inputs(), 999_999_999)))
    assert sheet[cell("requests.results_total.total")] == 999_999_999 * 21 * 6
    assert sheet[cell("review.cases.direct_litigation_total")] == 999_999_999 * 4


def test_cells_that_are_no_inputs_do_not_disturb_the_totals(form: Form) -> None:
    given_inputs = values(balanced_inputs())
    stray = {**given_inputs, cell("requests.granted.total"): 5, CellId("no", "such", "cell"): 7}
    assert evaluate(form, stray) == evaluate(form, given_inputs)


def test_evaluation_changes_nothing_it_was_given(form: Form) -> None:
    inputs = values({"requests.granted.natural_person": 3})
    evaluate(form, inputs)
    assert inputs == values({"requests.granted.natural_person": 3})


@given(st.lists(st.tuples(st.sampled_from([1, -1]), strategies.amounts() | st.none()), max_size=6))
def test_signed_sums_of_amounts_are_exact(terms: list[tuple[int, Decimal | None]]) -> None:
    cells = [CellId("t", f"r{number}", "c") for number in range(len(terms))]
    sheet: dict[CellId, Value] = {cell: amount for cell, (_, amount) in zip(cells, terms, strict=True)}
    found = add_up(sheet, [Term(cell, sign) for cell, (sign, _) in zip(cells, terms, strict=True)])
    millionths = sum(sign * int((amount or Decimal(0)).scaleb(6)) for sign, amount in terms)
    assert int(Decimal(found).scaleb(6)) == millionths
