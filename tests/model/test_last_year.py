"""A report against last year's: what is compared, suggested and taken over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from model.carry_over import begin_next, previous_of, refuse_previous, take_previous, with_previous
from model.catalogue import load_form
from model.cells import Value
from model.checks import last_years_sheet, review
from model.document import Document
from model.engine import evaluate, suggest
from model.findings import Finding
from model.progress import State, progress_of, steps_of
from model.report import Previous, Report
from tests.model import official
from tests.model.builders import MONEY, balanced, balanced_inputs, cell, report, values, zeros

FORM = load_form("2021")
CARRIED = {
    f"requests.carried_in.{column}": f"requests.carried_out.{column}" for column in official.APPLICANTS
}


def last_year() -> dict[str, Value]:
    """Return last year's inputs that agree with the balanced report of this year."""
    given = balanced_inputs()
    this_year = balanced_inputs()
    given |= {out: this_year[carried] for carried, out in CARRIED.items()}
    given["disclosure.normative_documents.in_force"] = 6
    return given


def held_against(this: dict[str, Value], last: dict[str, Value], year: int = 2022, **more: object) -> Report:
    previous = Previous("2021", year, {k: v for k, v in values(last).items() if v is not None})
    return report(this, previous=previous, **more)


def codes(made: Report) -> list[str]:
    return [finding.code for finding in review(FORM, made)]


def one(made: Report, code: str) -> Finding:
    (finding,) = (finding for finding in review(FORM, made) if finding.code == code)
    return finding


def test_two_years_that_follow_from_each_other_have_no_finding() -> None:
    assert codes(held_against(balanced_inputs(), last_year())) == []


@pytest.mark.parametrize("column", official.APPLICANTS)
def test_what_is_carried_in_must_be_what_was_carried_out(column: str) -> None:
    last = last_year()
    last[f"requests.carried_out.{column}"] = int(last[f"requests.carried_out.{column}"] or 0) + 4
    made = held_against(balanced_inputs(), last)
    assert codes(made) == [f"carried_in.{column}"]
    finding = one(made, f"carried_in.{column}")
    assert finding.difference == -4
    assert [str(c) for c in finding.cells] == [f"requests.carried_in.{column}"]
    assert finding.values == (finding.actual,)
    assert "上年四.结转下年" in finding.formula


def test_a_blank_that_should_hold_last_years_figure_is_called_blank_and_not_0() -> None:
    this, last = balanced_inputs(), last_year()
    this["requests.received.business"] = int(this["requests.received.business"] or 0) + int(
        this["requests.carried_in.business"] or 0
    )
    this["requests.carried_in.business"] = None
    last["requests.carried_out.business"] = 3
    assert "“二、上年结转”是 空白，相差 -3" in one(held_against(this, last), "carried_in.business").message


@pytest.mark.parametrize("row", ["regulations", "normative_documents"])
def test_what_is_in_force_must_follow_from_last_year(row: str) -> None:
    last = last_year()
    last[f"disclosure.{row}.in_force"] = int(last[f"disclosure.{row}.in_force"] or 0) + 1
    made = held_against(balanced_inputs(), last, unit_level="省级")
    assert codes(made) == [f"in_force.{row}"]
    finding = one(made, f"in_force.{row}")
    assert [str(c) for c in finding.cells] == [f"disclosure.{row}.{c}" for c in official.DISCLOSURE_COLUMNS]
    assert finding.difference == -1


@pytest.mark.parametrize("blank", ["this", "last"])
def test_a_blank_number_in_force_claims_nothing(blank: str) -> None:
    this, last = balanced_inputs(), last_year()
    (this if blank == "this" else last)["disclosure.normative_documents.in_force"] = None
    assert [code for code in codes(held_against(this, last)) if not code.startswith("blank.")] == []


@pytest.mark.parametrize("year", [2021, 2023, 2024])
def test_figures_of_another_year_are_not_compared_but_remarked(year: int) -> None:
    made = held_against(balanced_inputs(), zeros(), year)
    assert codes(made) == ["previous.year"]
    assert f"是 {year} 年的，不是 2022 年的" in one(made, "previous.year").message
    assert last_years_sheet(made) == {}


def test_without_a_year_of_its_own_a_report_is_compared_all_the_same() -> None:
    made = replace(held_against(balanced_inputs(), zeros()), year=None)
    assert "carried_in.natural_person" in codes(made)


@pytest.mark.parametrize(
    ("last", "this", "fires"),
    [
        ("12.5", "12500", True),
        ("12500", "12.5", True),
        ("12.5", "12499.999999", False),
        ("12500", "12.500001", False),
        ("0", "12500", False),
        ("12500", "0", False),
        (None, "12500", False),
        ("0.000001", "999999999999", True),
    ],
)
def test_fees_a_thousand_times_off_are_questioned(last: str | None, this: str, fires: bool) -> None:
    given, before = balanced_inputs(), last_year()
    given[MONEY], before[MONEY] = Decimal(this), Decimal(last) if last else None
    found = codes(held_against(given, before))
    assert ("fees_scale" in found) == fires


@pytest.mark.parametrize(
    ("last", "this", "fires"),
    [
        (100, 151, True),
        (100, 150, False),
        (100, 49, True),
        (100, 50, False),
        (10, 30, False),
        (10, 31, True),
        (0, 21, True),
        (0, 20, False),
        (None, 900, False),
        (900, None, False),
    ],
)
def test_a_change_of_more_than_half_and_more_than_twenty_is_remarked(
    last: Value, this: Value, fires: bool
) -> None:
    given, before = balanced_inputs(), last_year()
    given["disclosure.licences.decisions"], before["disclosure.licences.decisions"] = this, last
    found = [code for code in codes(held_against(given, before)) if code.startswith("change.")]
    assert found == ["change.disclosure"] * fires


def test_changes_are_one_line_a_table_with_three_named() -> None:
    given, before = balanced_inputs(), last_year()
    names = [name for name in given if name.startswith("review.")][:5]
    given |= dict.fromkeys(names, 500)
    finding = one(held_against(given, before), "change.review")
    assert [str(c) for c in finding.cells] == names
    assert "有 5 个数" in finding.message
    assert finding.message.count("、") >= 2
    assert "等。" in finding.message


@pytest.mark.parametrize(
    ("this_requests", "last_requests", "with_last", "fires"),
    [(0, 0, True, True), (1, 0, True, False), (0, 1, True, False), (0, 0, False, False)],
)
def test_cases_without_any_application_in_two_years_are_questioned(
    this_requests: int, last_requests: int, with_last: bool, fires: bool
) -> None:
    given, before = zeros(), zeros()
    given["review.cases.direct_litigation_pending"] = 1
    for some, number in ((given, this_requests), (before, last_requests)):
        some["requests.received.business"] = some["requests.granted.business"] = number
    made = held_against(given, before) if with_last else report(given)
    assert ("review_without_requests" in codes(made)) == fires
    if fires:
        assert [str(c) for c in one(made, "review_without_requests").cells] == [
            "review.cases.direct_litigation_total"
        ]


# ---------------------------------------------------------------- suggestions


def suggested(this: dict[str, Value], last: dict[str, Value] | None = None) -> dict[str, Value]:
    sheet = evaluate(FORM, values(this))
    before = evaluate(FORM, values(last)) if last else {}
    return {str(c): value for c, value in suggest(FORM, sheet, before).items()}


def test_blank_inputs_that_follow_from_others_are_suggested() -> None:
    this, last = balanced_inputs(), last_year()
    blank = {
        "requests.carried_in.business": 2,
        "requests.carried_out.other": this["requests.carried_out.other"],
        "disclosure.normative_documents.in_force": 9,
    }
    this |= dict.fromkeys(blank)
    assert suggested(this, last) == blank


def test_nothing_is_suggested_where_a_number_stands_or_nothing_is_known() -> None:
    assert suggested(balanced_inputs(), last_year()) == {}
    assert suggested({}) == {}
    assert suggested({}, {"disclosure.normative_documents.made": 3}) == {}


def test_nothing_below_zero_is_suggested() -> None:
    this = zeros()
    this |= {"requests.carried_out.business": None, "requests.granted.business": 5}
    assert "requests.carried_out.business" not in suggested(this)


def test_a_known_zero_is_suggested() -> None:
    this, last = balanced_inputs(), last_year()
    this["requests.carried_in.business"], last["requests.carried_out.business"] = None, 0
    assert suggested(this, last)["requests.carried_in.business"] == 0


# ---------------------------------------------------------------- next year's report


def test_next_years_report_takes_over_unit_year_and_locked_figures() -> None:
    last = replace(balanced(), unit_extra={"code": "1"})
    begun = begin_next(FORM, last)
    assert (begun.form, begun.year, begun.unit_name, begun.unit_level) == (
        "2021",
        2024,
        "某县人民政府",
        "县级",
    )
    assert begun.unit_extra == {"code": "1"}
    assert begun.texts == begun.stated == {}
    expected = {carried: last.inputs[cell(out)] for carried, out in CARRIED.items()}
    assert {str(c): value for c, value in begun.inputs.items()} == expected
    assert begun.locks == {cell(name): {} for name in expected}
    assert begun.previous == Previous("2021", 2023, last.inputs)
    assert not [code for code in codes(begun) if code.startswith(("carried_in", "previous"))]


def test_blanks_of_last_year_are_neither_filled_nor_locked() -> None:
    given = balanced_inputs() | {"requests.carried_out.other": None}
    begun = begin_next(FORM, report(given))
    assert cell("requests.carried_in.other") not in {*begun.inputs, *begun.locks}


def test_a_report_without_a_year_cannot_be_last_years() -> None:
    for use in (lambda r: begin_next(FORM, r), previous_of, lambda r: with_previous(balanced(), r)):
        with pytest.raises(ValueError, match="没有填写年份"):
            use(report(year=None))


def test_comparing_with_last_years_changes_nothing_else() -> None:
    assert replace(with_previous(balanced(), report(year=2022)), previous=None) == balanced()


# ---------------------------------------------------------------- 提取上年数


def test_the_sub_headings_of_last_year_s_texts_are_kept_and_nothing_below_them() -> None:
    text = "（一）主动公开\n全年公开一百条。\n（二）依申请公开"
    begun = begin_next(FORM, replace(balanced(), texts={"overview": text, "other": "没有。"}))
    assert begun.texts == {"overview": "（一）主动公开\n（二）依申请公开"}
    assert {p.step.id: p.state for p in progress_of(steps_of(FORM), begun, ())}["overview"] is State.EMPTY


def test_last_year_s_figures_fill_and_lock_only_blanks() -> None:
    this: dict[str, Value] = balanced_inputs()
    this["requests.carried_in.business"] = None
    made, last = report(this), report(last_year(), year=2022)
    document = Document(FORM, made)
    document.apply("提取上年数", take_previous(FORM, made, last))
    assert document.report.previous == previous_of(last)
    taken = cell("requests.carried_in.business")
    assert document.report.inputs[taken] == last.inputs[cell("requests.carried_out.business")]
    assert set(document.report.locks) == {taken}
    document.undo()
    assert document.report == made


@pytest.mark.parametrize(
    ("year", "why"),
    [(None, "没有填写年份"), (2021, "是 2021 年的年报，本报告要的是 2022 年的"), (2023, "2022 年的")],
)
def test_a_report_of_another_year_is_refused_with_a_sentence(year: int | None, why: str) -> None:
    last = report(last_year(), year=year)
    assert why in str(refuse_previous(2023, last))
    with pytest.raises(ValueError, match=why):
        take_previous(FORM, report(balanced_inputs()), last)


def test_a_report_without_a_year_takes_any_year_before_it() -> None:
    assert refuse_previous(None, report(last_year(), year=1999)) is None
