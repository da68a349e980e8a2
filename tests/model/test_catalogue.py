"""The loader refuses form files that it does not understand, and names the place."""

from __future__ import annotations

import pytest

import resources
from model.catalogue import parse_form
from model.errors import AppError, FormError
from tests.effort import examples
from tests.model.damaged_forms import DAMAGES, SMALL, row_sum

OFFICIAL = resources.path("forms", "2021.toml").read_text(encoding="utf-8")


def load(text: str) -> None:
    parse_form(text, "small.toml")


def test_the_small_form_is_understood() -> None:
    form = parse_form(SMALL, "small.toml")
    assert [check.code for check in form.checks] == [
        "columns.left",
        "columns.right",
        "rows.first",
        "rows.second",
        "rows.third",
    ]
    assert [rule.code for rule in form.rules] == ["shift", "blank.sums", "text.aspects", "cells"]
    assert [(str(total.cell), len(total.terms)) for total in form.totals] == [
        ("sums.first.sum", 2),
        ("sums.second.sum", 2),
        ("sums.third.sum", 2),
    ]
    assert [term.sign for term in form.checks[0].left] == [1, -1]
    assert form.suggestions[0].locked


@pytest.mark.parametrize(("old", "new", "place", "reason"), DAMAGES)
def test_a_damaged_form_is_refused_with_its_place(old: str, new: str, place: str, reason: str) -> None:
    assert SMALL.count(old) == 1, f"the damage must be at one place: {old!r} stands {SMALL.count(old)} times"
    with pytest.raises(FormError) as refused:
        load(SMALL.replace(old, new))
    message = str(refused.value)
    assert message.startswith(f"格式文件“small.toml”有误，{place}：")
    assert reason in message
    assert isinstance(refused.value, AppError)


def test_rows_of_a_group_must_stand_together() -> None:
    third = '{ id = "third", label = "丙", help = "说明", basis = "依据" },\n'
    apart = SMALL.replace(third, "").replace('    { id = "second"', f'    {third}    {{ id = "second"')
    with pytest.raises(FormError, match="组“group”的成员不相邻"):
        load(apart)


def test_a_total_may_subtract() -> None:
    form = parse_form(
        SMALL.replace('add_columns = ["left", "right"]', 'add_columns = ["left", "-right"]'), "small.toml"
    )
    assert [term.sign for term in form.totals[0].terms] == [1, -1]


def test_totals_of_totals_are_put_in_order() -> None:
    more = row_sum('["right"]', '["first", "second"]')
    form = parse_form(SMALL.replace("[[suggestion]]", more), "small.toml")
    order = [str(total.cell) for total in form.totals]
    assert order.index("sums.third.right") < order.index("sums.third.sum")


@pytest.mark.parametrize("section", ["section", "table", "total", "check", "rule"])
def test_a_form_without_a_whole_part_is_refused(section: str) -> None:
    with pytest.raises(FormError, match="顶层"):
        parse_form(
            OFFICIAL.replace(f"[[{section}]]", "[[lost]]").replace(f"[[{section}.", "[[lost."), "2021.toml"
        )


def test_each_line_of_ids_in_the_official_form_matters() -> None:
    lines = OFFICIAL.splitlines()
    for number, line in list(enumerate(lines))[:: examples(3, 1)]:
        if line.startswith(("id =", "table =", "function =", "code =", "severity =", "kind =")):
            rest = "\n".join(lines[:number] + lines[number + 1 :])
            with pytest.raises(FormError):
                parse_form(rest, "2021.toml")
