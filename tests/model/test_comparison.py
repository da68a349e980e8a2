"""Two reports side by side: what differs, and how it is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from model.catalogue import load_form
from model.comparison import compare, excerpts, show
from model.report import Address, Part
from tests.model.builders import MONEY, balanced, cell, report

FORM = load_form("2021")


def test_differences_name_the_place_and_both_values() -> None:
    old = balanced()
    new = replace(
        old,
        unit_name="某局",
        year=None,
        inputs={**old.inputs, cell("requests.granted.research"): 7},
        texts={**old.texts, "other": ""},
        stated={},
    )
    found = compare(FORM, old, new)
    shown = {item.place: (show(item.old), show(item.new)) for item in found}
    assert shown["unit_name"] == ("某县人民政府", "某局")
    assert shown["year"] == ("2023", "空白")
    assert shown["texts.other"] == (old.texts["other"], "空白")
    assert shown["inputs.requests.granted.research"] == (
        show(old.inputs[cell("requests.granted.research")]),
        "7",
    )
    assert sum(place.startswith("stated.") for place in shown) == 34
    labels = {item.place: item.label for item in found}
    assert labels["inputs.requests.granted.research"] == "三、依申请公开：（一）予以公开·科研机构"
    assert labels["stated.requests.granted.total"].endswith("（原表合计）")


def test_a_report_does_not_differ_from_itself_but_by_the_digits_of_an_amount() -> None:
    assert compare(FORM, balanced(), balanced()) == ()
    old = report({MONEY: Decimal("12.5")})
    new = report({MONEY: Decimal("12.50")})
    (item,) = compare(FORM, old, new)
    assert item.address == Address(Part.INPUT, cell(MONEY))
    assert (show(item.old), show(item.new)) == ("12.5", "12.50")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("甲" * 30, "乙", ("甲" * 30, "乙")),
        ("甲" * 40 + "乙", "甲" * 40 + "丙", ("…" + "甲" * 10 + "乙", "…" + "甲" * 10 + "丙")),
        ("甲" * 40, "甲" * 40 + "乙" * 30, ("…" + "甲" * 10, "…" + "甲" * 10 + "乙" * 20 + "…")),
        ("乙" + "甲" * 40, "丙", ("乙" + "甲" * 29 + "…", "丙")),
    ],
)
def test_of_long_texts_that_part_is_shown_where_they_differ(
    old: str, new: str, shown: tuple[str, str]
) -> None:
    assert excerpts(old, new, 30) == shown
