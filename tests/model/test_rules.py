"""The irregular checks on figures and cover data: each fires where it should and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.catalogue import load_form
from model.cells import Value
from model.checks import review
from model.findings import Finding
from model.report import Report
from tests.model import official
from tests.model.builders import balanced, balanced_inputs, cell, computed, report, values, zeros

FORM = load_form("2021")
ROWS = [row for row in official.REQUEST_ROWS if row != "results_total"]
COLUMNS = list(official.APPLICANTS)
offsets = st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1, 4, -4])


def codes(made: Report) -> list[str]:
    return [finding.code for finding in review(FORM, made)]


def one(made: Report, code: str) -> Finding:
    (finding,) = (finding for finding in review(FORM, made) if finding.code == code)
    return finding


def names(finding: Finding) -> list[str]:
    return [str(cell) for cell in finding.cells]


def with_row_offsets(by: dict[str, int]) -> Report:
    inputs = balanced_inputs()
    stated = computed(inputs)
    for row, offset in by.items():
        stated[f"requests.{row}.total"] += offset
    return report(inputs, stated)


def with_balance_offsets(by: dict[str, int]) -> Report:
    inputs = balanced_inputs()
    for column, offset in by.items():
        inputs[f"requests.carried_out.{column}"] = (
            int(inputs[f"requests.carried_out.{column}"] or 0) + 10 + offset
        )
        inputs[f"requests.received.{column}"] = int(inputs[f"requests.received.{column}"] or 0) + 10
    return report(inputs)


def with_column_offsets(by: dict[str, int]) -> Report:
    inputs = balanced_inputs()
    stated = computed(inputs)
    for column, offset in by.items():
        stated[f"requests.results_total.{column}"] += offset
    return report(inputs, stated)


def is_shift(by: dict[str, int]) -> bool:
    off = sorted(offset for offset in by.values() if offset)
    return len(off) == 2 and off[0] == -off[1]


# ---------------------------------------------------------------- 可能串行, 可能串列


@pytest.mark.parametrize(
    ("by", "fires"),
    [
        ({"granted": 4, "rejected_duplicate": -4}, True),
        ({"granted": -4, "rejected_duplicate": 4}, True),
        ({"received": 1, "carried_out": -1}, True),
        ({}, False),
        ({"granted": 4}, False),
        ({"granted": 4, "rejected_duplicate": 4}, False),
        ({"granted": 4, "rejected_duplicate": -3}, False),
        ({"granted": 4, "rejected_duplicate": -4, "other_other": 1}, False),
        ({"granted": 4, "rejected_duplicate": -2, "other_other": -2}, False),
        ({"granted": 4, "rejected_duplicate": -4, "received": 4, "carried_out": -4}, False),
    ],
)
def test_a_row_shift_is_exactly_two_rows_off_in_opposite_directions(by: dict[str, int], fires: bool) -> None:
    assert ("row_shift" in codes(with_row_offsets(by))) == fires


@given(st.fixed_dictionaries(dict.fromkeys(ROWS[::3], offsets)))
def test_row_shift_fires_on_random_offsets_just_in_that_pattern(by: dict[str, int]) -> None:
    found = codes(with_row_offsets(by))
    assert ("row_shift" in found) == is_shift(by)
    assert {code for code in found if code.startswith("row_total.")} == {
        f"row_total.{r}" for r in by if by[r]
    }


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, offsets)))
def test_column_shift_fires_on_random_balances_just_in_that_pattern(by: dict[str, int]) -> None:
    found = codes(with_balance_offsets(by))
    assert ("column_shift" in found) == is_shift(by)
    assert {code for code in found if code.startswith("balance.")} == {f"balance.{c}" for c in by if by[c]}


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, offsets)))
def test_column_shift_fires_on_random_stated_totals_just_in_that_pattern(by: dict[str, int]) -> None:
    found = codes(with_column_offsets(by))
    assert ("column_shift" in found) == is_shift(by)


def test_a_row_shift_names_both_rows_and_what_would_mend_them() -> None:
    finding = one(with_row_offsets({"granted": -4, "rejected_duplicate": 4}), "row_shift")
    assert finding.message == (
        "可能串行：“（五）不予处理 2.重复申请”行的总计多 4，“（一）予以公开”行正好少 4。"
        "如果数字填错了行，把 4 从“（一）予以公开”行移到“（五）不予处理 2.重复申请”行，两处即可对上。"
    )
    assert [cell.row for cell in finding.cells] == ["granted"] * 7 + ["rejected_duplicate"] * 7
    assert len(finding.values) == 14
    assert (finding.expected, finding.actual, finding.difference) == (None, None, None)


def test_what_a_row_shift_proposes_does_mend_both_rows() -> None:
    made = with_row_offsets({"granted": -4, "rejected_duplicate": 4})
    inputs = {str(key): value for key, value in made.inputs.items()}
    inputs["requests.granted.natural_person"] = int(inputs["requests.granted.natural_person"] or 0) - 4
    inputs["requests.rejected_duplicate.natural_person"] = (
        int(inputs["requests.rejected_duplicate.natural_person"] or 0) + 4
    )
    mended = report(inputs, {str(key): value for key, value in made.stated.items()})
    assert codes(mended) == []


def test_a_column_shift_names_both_columns_once_for_both_kinds_of_checks() -> None:
    made = with_balance_offsets({"business": 3, "other": -3})
    finding = one(made, "column_shift")
    assert "“商业企业”列多 3，“其他组织”列正好少 3" in finding.message
    assert {cell.column for cell in finding.cells} == {"business", "other"}
    stated = {f"requests.results_total.{c}": n for c, n in (("business", 3), ("other", -3))}
    totals = computed({str(key): value for key, value in made.inputs.items()})
    both = report(
        {str(key): value for key, value in made.inputs.items()},
        {name: totals[name] + by for name, by in stated.items()},
    )
    assert codes(both).count("column_shift") == 1


# ---------------------------------------------------------------- blanks


@pytest.mark.parametrize("table", ["disclosure", "requests", "review"])
def test_each_table_with_blanks_is_one_finding_that_lists_them(table: str) -> None:
    inputs = balanced_inputs()
    blank = [name for name in official.inputs() if name.startswith(f"{table}.")][1::2]
    for name in blank:
        inputs[name] = None
    finding = one(report(inputs), f"blank.{table}")
    assert names(finding) == blank
    assert finding.values == (None,) * len(blank)
    assert f"{len(blank)} 个空格" in finding.message
    assert [code for code in codes(report(inputs)) if code.startswith("blank.")] == [f"blank.{table}"]


def test_totals_are_never_counted_as_blank() -> None:
    found = {f.code: f for f in review(FORM, report({}))}
    counts = {code: len(f.cells) for code, f in found.items() if code.startswith("blank.")}
    assert counts == {"blank.disclosure": 10, "blank.requests": 24 * 6, "blank.review": 12}


def test_zero_is_not_blank() -> None:
    assert [code for code in codes(report(zeros())) if code.startswith("blank.")] == []


# ---------------------------------------------------------------- cover data


@pytest.mark.parametrize("name", ["", " ", "\u3000\n"])
def test_a_unit_without_a_name_is_missing(name: str) -> None:
    finding = one(report(unit_name=name), "unit.missing")
    assert (finding.cells, finding.expected, finding.section) == ((), None, "unit")


def test_a_year_that_is_not_given_is_missing() -> None:
    assert codes(report(year=None)) == ["year.missing"]
    assert one(report(year=None), "year.missing").section == "unit"


def test_a_checksum_that_does_not_match_is_found() -> None:
    assert codes(report(modified_outside=True)) == ["file.modified_outside"]


@pytest.mark.parametrize("level", [*official.LEVELS, None])
@pytest.mark.parametrize("column", ["made", "repealed", "in_force"])
def test_rules_are_questioned_only_at_levels_without_power_to_make_them(
    level: str | None, column: str
) -> None:
    inputs = {**balanced_inputs(), f"disclosure.regulations.{column}": 1}
    found = codes(report(inputs, unit_level=level))
    assert ("regulations_level" in found) == (level in ("县级", "乡镇", "部门"))
    if "regulations_level" in found:
        assert names(one(report(inputs, unit_level=level), "regulations_level")) == [
            f"disclosure.regulations.{column}"
        ]


@pytest.mark.parametrize("value", [0, None])
def test_no_rules_are_not_questioned(value: Value) -> None:
    inputs = {**balanced_inputs(), "disclosure.regulations.made": value}
    assert "regulations_level" not in codes(report(inputs, unit_level="乡镇"))


# ---------------------------------------------------------------- 现行有效


@pytest.mark.parametrize("row", ["regulations", "normative_documents"])
@pytest.mark.parametrize(
    ("made", "repealed", "in_force", "fires"),
    [
        (5, 1, 3, True),
        (5, 1, 4, False),
        (5, 1, 400, False),
        (0, 5, 0, False),
        (1, None, 0, True),
        (None, None, 0, False),
        (5, 1, None, False),
        (None, 5, 0, False),
    ],
)
def test_fewer_in_force_than_made_and_not_repealed_is_questioned(
    row: str, made: Value, repealed: Value, in_force: Value, fires: bool
) -> None:
    inputs = balanced_inputs()
    for column, value in zip(official.DISCLOSURE_COLUMNS, (made, repealed, in_force), strict=True):
        inputs[f"disclosure.{row}.{column}"] = value
    found = report(inputs, unit_level="省级")
    assert (f"in_force_low.{row}" in codes(found)) == fires
    if fires:
        finding = one(found, f"in_force_low.{row}")
        assert names(finding) == [f"disclosure.{row}.{column}" for column in official.DISCLOSURE_COLUMNS]
        assert finding.expected == int(made or 0) - int(repealed or 0)
        assert (finding.actual, finding.difference) == (in_force, int(in_force or 0) - int(finding.expected))
        assert " > " in finding.formula


def test_the_findings_of_cells_do_not_depend_on_the_texts_nor_the_other_way_round() -> None:
    assert codes(report({**balanced_inputs(), "review.cases.direct_litigation_other": None}, texts={})) == [
        "other.fees",
        "blank.review",
        "overview.aspect",
        "problems.short",
    ]


def test_money_beside_the_counts_does_not_disturb_the_checks() -> None:
    inputs = {**balanced_inputs(), "disclosure.fees.amount": Decimal("999999999999.999999")}
    assert codes(report(inputs)) == []
    assert cell("disclosure.fees.amount") in values(inputs)
    assert codes(balanced()) == []


@pytest.mark.parametrize("name", ["", "　 ", "\u200b", "\u0007\u202e", "\ud800"])
def test_a_name_that_nobody_can_see_is_no_name(name: str) -> None:
    assert codes(report(balanced_inputs(), unit_name=name)) == ["unit.missing"]
