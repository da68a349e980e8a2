"""Figures of real reports: what is found in each is true, and all that is wrong is found.

The figures in tests/data/reports are those of published reports, with the totals that they print; where
a report folds the three rows of 其他处理 into one, that row stands as 3.其他 and the other two are blank.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model.carry_over import with_previous
from model.catalogue import load_form
from model.checks import review_cells
from model.engine import evaluate
from model.findings import Finding
from model.forms import Severity
from model.report import Report
from model.storage import load
from tests.model import official
from tests.model.builders import cell
from tests.model.reference import errors, failing

FORM = load_form("2021")
FOLDER = Path(__file__).parent.parent / "data" / "reports"
NAMES = sorted(file.stem for file in FOLDER.glob("*.xxgk"))

DISAGREEING = {
    # report: what people found in it by hand: code to (sum of the cells, total it prints)
    "hongze_2023": {
        "group_total.reconsideration": (11, 0),
        "group_total.litigation_after_reconsideration": (5, 0),
    },
    "nanhu_2021": {"row_total.granted": (68, 64), "row_total.rejected_duplicate": (0, 4)},
    "pingtan_2021": {},
    "pingtan_2022": {},
    "shuyang_2023": {},
    "suqian_2023": {},
}
HINTS = {
    # report: further findings and how many cells they concern
    "hongze_2023": {"blank.requests": 12},
    "nanhu_2021": {"row_shift": 14, "blank.requests": 142, "blank.review": 12},
    "pingtan_2021": {},
    "pingtan_2022": {},
    "shuyang_2023": {"blank.requests": 120},
    "suqian_2023": {},
}


def real(name: str) -> Report:
    return load(FOLDER / f"{name}.xxgk")


def found_in(report: Report) -> tuple[Finding, ...]:
    return review_cells(FORM, report, evaluate(FORM, report.inputs))


def test_all_real_reports_are_tried() -> None:
    assert sorted(DISAGREEING) == sorted(HINTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_just_what_disagrees_in_a_real_report_is_found(name: str) -> None:
    found = found_in(real(name))
    said = {f.code: (f.expected, f.actual) for f in found if f.severity is Severity.ERROR}
    assert said == DISAGREEING[name]
    assert {f.code: len(f.cells) for f in found if f.severity is not Severity.ERROR} == HINTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_findings_agree_with_a_plain_reading_of_the_form(name: str) -> None:
    report = real(name)
    given = {str(key): value for key, value in report.inputs.items()}
    stated = {str(key): value for key, value in report.stated.items()}
    assert errors(found_in(report)) == failing(given, stated)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_report_states_nearly_all_its_totals(name: str) -> None:
    absent = {total for total in official.totals() if cell(total) not in real(name).stated}
    columns = {f"requests.results_total.{column}" for column in official.ORGANISATIONS}
    folded = {f"requests.{row}.total" for row in ("other_no_correction", "other_unpaid", "other_other")}
    assert absent <= columns | folded


def test_the_printed_rule_holds_in_every_column_of_the_report_with_two_rows_off() -> None:
    codes = [finding.code for finding in found_in(real("nanhu_2021"))]
    assert not any(code.startswith(("balance", "column_total", "grand_total")) for code in codes)


def test_moving_four_persons_and_accepting_the_totals_mends_that_report() -> None:
    report = real("nanhu_2021")
    moved = {
        cell("requests.granted.natural_person"): 64,
        cell("requests.rejected_duplicate.natural_person"): 4,
    }
    mended = replace(report, inputs={**report.inputs, **moved})
    assert errors(found_in(mended)) == {}
    assert errors(found_in(replace(mended, stated={}))) == {}
    assert "row_shift" not in [finding.code for finding in found_in(mended)]


def test_a_report_held_against_the_year_before_shows_only_true_changes() -> None:
    report = with_previous(real("pingtan_2022"), real("pingtan_2021"))
    assert [finding.code for finding in found_in(report)] == ["change.disclosure"]
    (change,) = found_in(report)
    assert [str(changed) for changed in change.cells] == [
        "disclosure.normative_documents.repealed",
        "disclosure.licences.decisions",
        "disclosure.penalties.decisions",
        "disclosure.coercive_measures.decisions",
        "disclosure.fees.amount",
    ]
