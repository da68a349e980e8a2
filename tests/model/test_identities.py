"""The 40 强制 identities: each passes on a balanced report and fires, alone, when one term is disturbed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.catalogue import load_form
from model.cells import Value
from model.checks import count, review
from model.engine import evaluate
from model.findings import Finding
from model.forms import Severity
from model.report import Report
from tests import strategies
from tests.model import official
from tests.model.builders import balanced, balanced_inputs, cell, computed, report
from tests.model.reference import balanced_sheets, errors, failing, mentioning

FORM = load_form("2021")
IDENTITIES = official.identities()
REQUEST_AND_REVIEW_INPUTS = [name for name in official.inputs() if not name.startswith("disclosure.")]


def found_in(made: Report) -> tuple[Finding, ...]:
    return review(FORM, made)


def test_a_balanced_report_has_no_finding_at_all() -> None:
    assert found_in(balanced()) == ()


def test_an_empty_report_breaks_no_identity() -> None:
    assert set(errors(found_in(Report(form="2021")))) == {"unit.missing", "year.missing"}


def test_without_stated_totals_only_the_printed_rule_can_fail() -> None:
    given_inputs = balanced_inputs()
    given_inputs["requests.granted.natural_person"] = 1_000
    assert set(errors(found_in(report(given_inputs)))) == {"balance.natural_person"}


@pytest.mark.parametrize("code", IDENTITIES)
@pytest.mark.parametrize("by", [1, -1, 1000])
def test_each_identity_fires_alone_when_its_right_side_is_disturbed(code: str, by: int) -> None:
    inputs = balanced_inputs()
    stated: dict[str, Value] = dict(computed(inputs))
    left, right = IDENTITIES[code]
    disturbed = right[-1]
    if code.startswith("balance."):
        inputs[disturbed] = int(inputs[disturbed] or 0) + by + 1
        by += 1
        stated |= {total: computed(inputs)[total] for total in stated}
    else:
        stated[disturbed] = int(stated[disturbed] or 0) + by
    if by == 0:
        return
    found = errors(found_in(report(inputs, stated)))
    assert set(found) == {code}
    assert found[code].cells == (*left, *right)
    assert found[code].difference == by
    assert found == failing(inputs, stated)


@pytest.mark.parametrize("name", REQUEST_AND_REVIEW_INPUTS)
def test_disturbing_an_input_fires_exactly_the_identities_that_mention_it(name: str) -> None:
    inputs = balanced_inputs()
    stated = computed(inputs)
    inputs[name] = int(inputs[name] or 0) + 5
    found = errors(found_in(report(inputs, stated)))
    assert set(found) == mentioning(name)
    assert found == failing(inputs, stated)


@pytest.mark.parametrize("name", [n for n in official.inputs() if n.startswith("disclosure.")])
def test_disturbing_the_disclosure_table_breaks_no_identity(name: str) -> None:
    inputs = balanced_inputs()
    inputs[name] = 7 if name != "disclosure.fees.amount" else None
    assert errors(found_in(report(inputs, computed(balanced_inputs())))) == {}


@given(balanced_sheets(), st.sampled_from(REQUEST_AND_REVIEW_INPUTS), st.integers(1, 10_000))
def test_random_balanced_reports_pass_and_fail_where_disturbed(
    inputs: dict[str, Value], name: str, by: int
) -> None:
    stated = computed(inputs)
    assert errors(found_in(report(inputs, stated))) == {}
    inputs[name] = int(inputs[name] or 0) + by
    found = errors(found_in(report(inputs, stated)))
    assert set(found) == mentioning(name)
    assert found == failing(inputs, stated)


@given(
    strategies.mappings_of_values(FORM.inputs, most=80),
    strategies.mappings_of_values(tuple(FORM.total_of)),
)
def test_random_reports_have_exactly_the_failing_identities(inputs: object, stated: object) -> None:
    given_inputs = {str(key): value for key, value in inputs.items()}  # type: ignore[attr-defined]
    given_stated = {str(key): value for key, value in stated.items()}  # type: ignore[attr-defined]
    found = errors(found_in(report(given_inputs, given_stated)))
    assert found == failing(given_inputs, given_stated)


@pytest.mark.parametrize("name", official.totals())
def test_a_blank_or_absent_stated_total_claims_nothing(name: str) -> None:
    inputs = balanced_inputs()
    stated: dict[str, Value] = dict(computed(inputs))
    stated[name] = None
    assert errors(found_in(report(inputs, stated))) == {}
    del stated[name]
    assert errors(found_in(report(inputs, stated))) == {}


def test_a_stated_zero_is_a_claim() -> None:
    found = errors(found_in(report(balanced_inputs(), {"review.cases.reconsideration_total": 0})))
    assert set(found) == {"group_total.reconsideration"}
    assert found["group_total.reconsideration"].actual == 0


def test_the_values_of_a_finding_are_those_of_its_cells_with_the_stated_total_last() -> None:
    inputs = balanced_inputs()
    inputs["requests.granted.research"] = None
    stated = {"requests.granted.total": 1}
    (finding,) = (f for f in found_in(report(inputs, stated)) if f.code == "row_total.granted")
    sheet = evaluate(FORM, report(inputs).inputs)
    assert finding.values == (*(sheet[cell] for cell in finding.left), 1)
    assert finding.values[2] is None
    assert finding.left == tuple(cell(f"requests.granted.{column}") for column in official.APPLICANTS)
    assert finding.right == (cell("requests.granted.total"),)


def test_an_identity_says_its_numbers_in_words_and_as_a_formula() -> None:
    inputs = balanced_inputs()
    inputs |= {"requests.granted.natural_person": 68, "requests.granted.business": None}
    inputs |= {
        f"requests.granted.{column}": 0 for column in ("research", "welfare", "legal_services", "other")
    }
    findings = {f.code: f for f in found_in(report(inputs, {"requests.granted.total": 64}))}
    row = findings["row_total.granted"]
    assert row.message == "“（一）予以公开”行：六列相加得 68，原表总计写作 64，相差 -4。"
    assert row.formula == (
        "自然人 68 + 商业企业 空 + 科研机构 0 + 社会公益组织 0 + 法律服务机构 0 + 其他组织 0 = 68"
        " ≠ 总计 64，相差 -4"
    )
    balance = findings["balance.natural_person"]
    assert f"一.新收 {inputs['requests.received.natural_person']} + 二.上年结转 1 = " in balance.formula
    assert balance.formula.endswith(f"，相差 {balance.difference}")
    assert " ≠ " in balance.formula


def test_findings_are_sorted_by_weight_and_counted() -> None:
    inputs = balanced_inputs()
    inputs["requests.granted.natural_person"] = None
    inputs["disclosure.regulations.in_force"] = 3
    findings = found_in(report(inputs, unit_name=""))
    ranks = [[Severity.ERROR, Severity.WARNING, Severity.HINT].index(f.severity) for f in findings]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    for severity in Severity:
        assert count(findings, severity) == sum(f.severity is severity for f in findings) > 0


def test_the_total_column_of_the_printed_rule_is_not_reported_again() -> None:
    inputs = balanced_inputs()
    inputs["requests.carried_out.other"] = 99
    codes = [finding.code for finding in found_in(report(inputs))]
    assert codes == ["balance.other"]
