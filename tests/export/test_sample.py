"""The sample: a real report's figures, with its two totals that do not add up."""

from dataclasses import replace

import pytest

import resources
from model import storage
from model.checks import count, review
from model.engine import evaluate
from model.forms import Form, Severity
from model.report import Report
from tests.model.builders import cell


@pytest.fixture
def sample() -> Report:
    """The sample as the program has it."""
    return storage.load(resources.path("samples", "nanhu_2021.xxgk"))


def test_exactly_the_two_wrong_totals_and_their_shift_are_found(sample: Report, form: Form) -> None:
    found = {finding.code: finding.severity for finding in review(form, sample)}
    assert found == {
        "row_total.granted": Severity.ERROR,
        "row_total.rejected_duplicate": Severity.ERROR,
        "row_shift": Severity.HINT,
        "blank.requests": Severity.HINT,
        "blank.review": Severity.HINT,
    }


def test_the_printed_rule_holds_in_every_column(sample: Report, form: Form) -> None:
    sheet = evaluate(form, sample.inputs)
    for column in form.table("requests").blocks[0].columns:
        received, carried_in, results, carried_out = (
            int(sheet[cell(f"requests.{row}.{column.id}")] or 0)
            for row in ("received", "carried_in", "results_total", "carried_out")
        )
        assert received + carried_in == results + carried_out


def test_putting_four_applications_into_their_row_and_accepting_totals_mends_it(
    sample: Report, form: Form
) -> None:
    right = {
        cell("requests.granted.natural_person"): 64,
        cell("requests.rejected_duplicate.natural_person"): 4,
    }
    mended = replace(sample, inputs={**sample.inputs, **right}, stated={})
    assert count(review(form, mended), Severity.ERROR) == 0


def test_the_sample_is_complete(sample: Report, form: Form) -> None:
    assert (sample.unit_name, sample.year, sample.unit_level) == ("岳阳市南湖新区管委会", 2021, "县级")
    assert all(sample.texts[section.id] for section in form.text_sections)
    assert len(sample.stated) == 26
    assert storage.encode(sample) == resources.path("samples", "nanhu_2021.xxgk").read_bytes()
