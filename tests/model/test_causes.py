"""Follow-on findings: what one correction would mend is folded under the finding nearest to it."""

from __future__ import annotations

import pytest

from model.catalogue import load_form
from model.causes import fold
from model.cells import Value
from model.checks import review
from model.report import Previous, Report
from tests.model.builders import balanced_inputs, cell, computed, report, values

FORM = load_form("2021")
COLUMN = "natural_person"


def causes(made: Report) -> dict[str, str]:
    return {finding.code: finding.cause for finding in review(FORM, made) if finding.cells}


def disturbed(cell_id: str, by: int, stated: set[str]) -> Report:
    """Return a balanced report whose source printed some totals, with one input mistyped."""
    given: dict[str, Value] = balanced_inputs()
    printed = {name: computed(given)[name] for name in stated}
    given[cell_id] = int(given[cell_id] or 0) + by
    return report(given, printed)


def test_all_that_one_mistyped_number_upsets_follows_from_the_total_of_its_row() -> None:
    row, column = f"requests.granted.{COLUMN}", f"requests.results_total.{COLUMN}"
    made = disturbed(row, 5, {"requests.granted.total", column, "requests.results_total.total"})
    assert causes(made) == {
        "row_total.granted": "",
        f"balance.{COLUMN}": "row_total.granted",
        f"column_total.{COLUMN}": "row_total.granted",
        "grand_total": "row_total.granted",
    }


def test_without_a_printed_total_the_column_s_balance_stands_alone() -> None:
    assert causes(disturbed(f"requests.granted.{COLUMN}", 5, set())) == {f"balance.{COLUMN}": ""}


def test_a_printed_total_that_is_wrong_itself_explains_nothing_else() -> None:
    given = balanced_inputs()
    right = computed(given)
    given[f"requests.carried_out.{COLUMN}"] = int(given[f"requests.carried_out.{COLUMN}"] or 0) + 2
    made = report(given, {"requests.granted.total": int(right["requests.granted.total"] or 0) + 1})
    assert causes(made) == {"row_total.granted": "", f"balance.{COLUMN}": ""}


def test_differences_of_other_size_stay_apart() -> None:
    given = balanced_inputs()
    printed = {"requests.granted.total": int(computed(given)["requests.granted.total"] or 0) - 3}
    given[f"requests.granted.{COLUMN}"] = int(given[f"requests.granted.{COLUMN}"] or 0) + 5
    assert set(causes(report(given, printed)).values()) == {""}


def test_a_number_that_would_fall_below_zero_is_no_cause() -> None:
    given = balanced_inputs()
    row = FORM.table("requests").blocks[0]
    for column in row.columns[:-1]:
        given[f"requests.granted.{column.id}"] = 0
    printed = {"requests.granted.total": 0}
    given["requests.granted.business"] = 4
    printed_more = {**printed, "requests.results_total.total": 0}
    assert causes(report(given, printed_more))["row_total.granted"] == ""


def test_several_rows_together_account_for_the_whole_total() -> None:
    given = balanced_inputs()
    right = computed(given)
    names = ["requests.granted.total", "requests.refused_process.total", "requests.results_total.total"]
    printed = {name: right[name] for name in names}
    given["requests.granted.natural_person"] = int(given["requests.granted.natural_person"] or 0) + 2
    given["requests.refused_process.business"] = int(given["requests.refused_process.business"] or 0) + 3
    found = causes(report(given, printed))
    assert found["grand_total"] == "row_total.granted"
    assert found["balance.business"] == "row_total.refused_process"


def test_a_grave_finding_is_never_folded_under_a_lesser_one() -> None:
    given = balanced_inputs()
    last = dict(given)
    given[f"requests.carried_in.{COLUMN}"] = int(given[f"requests.carried_in.{COLUMN}"] or 0) + 3
    for column in FORM.table("requests").blocks[0].columns[:-1]:
        last[f"requests.carried_out.{column.id}"] = balanced_inputs()[f"requests.carried_in.{column.id}"]
    previous = Previous("2021", 2022, {k: v for k, v in values(last).items() if v is not None})
    found = causes(report(given, previous=previous))
    assert found[f"balance.{COLUMN}"] == ""
    assert found[f"carried_in.{COLUMN}"] == ""


def test_followers_stand_right_behind_their_cause() -> None:
    made = disturbed(
        f"requests.granted.{COLUMN}", 5, {"requests.granted.total", "requests.results_total.total"}
    )
    folded = fold(review(FORM, made))
    assert [finding.code for finding in folded] == [
        "row_total.granted",
        f"balance.{COLUMN}",
        "grand_total",
    ]
    assert folded[0].cells[-1] == cell("requests.granted.total")


@pytest.mark.parametrize("count", [0, 1])
def test_few_findings_are_left_as_they_are(count: int) -> None:
    findings = review(FORM, disturbed(f"requests.granted.{COLUMN}", 5, set()))[:count]
    assert fold(findings) == findings
