"""Find and replace in the words of a report: literal, in the order of the report, never in numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.catalogue import form_for_year
from model.cells import CellId
from model.report import Address, Part, Report, put
from model.text_search import Hit, find, places, replace_all, replace_one, words

FORM = form_for_year(2021)
_OVERVIEW, _PROBLEMS = Address(Part.TEXT, "overview"), Address(Part.TEXT, "problems")
REPORT = Report(
    FORM.id,
    2021,
    unit_name="2021年办公室",
    inputs={CellId("requests", "received", "natural_person"): 2021},
    texts={"problems": "2021年和2021年", "overview": "至2021年"},
)


def test_places_are_those_of_words_in_the_order_of_the_report() -> None:
    names = [address.key or address.part.value for address in places(FORM)]
    assert names == ["unit_name", "introduction", "overview", "problems", "other"]


def test_finds_come_in_the_order_of_the_report() -> None:
    assert find(FORM, REPORT, "2021年") == (
        Hit(Address(Part.UNIT_NAME), 0),
        Hit(_OVERVIEW, 1),
        Hit(_PROBLEMS, 0),
        Hit(_PROBLEMS, 6),
    )


def test_a_search_is_literal() -> None:
    assert find(FORM, REPORT, "２０２１年") == ()
    assert find(FORM, REPORT, "2021.") == ()
    assert find(FORM, REPORT, "") == ()


def test_everything_is_replaced_at_once_and_told_by_place() -> None:
    done = replace_all(FORM, REPORT, "2021年", "2022年")
    assert done.line == "替换 4 处：机关名称 1，一、总体情况 1，五、问题与改进 2"
    assert set(done.new) == {Address(Part.UNIT_NAME), _OVERVIEW, _PROBLEMS}
    after = put(REPORT, done.new)
    assert (after.texts["problems"], after.inputs) == ("2022年和2022年", REPORT.inputs)


def test_nothing_is_replaced_for_an_empty_text() -> None:
    assert replace_all(FORM, REPORT, "", "x") == ({}, {})


def test_one_find_is_replaced_alone() -> None:
    assert replace_one(REPORT, Hit(_PROBLEMS, 6), "2021年", "") == "2021年和"


@given(held=st.text("ab𠀀\n"), wanted=st.text("ab𠀀", min_size=1), by=st.text("abc"))
def test_one_by_one_from_behind_is_the_same_as_all_at_once(held: str, wanted: str, by: str) -> None:
    report = put(REPORT, {_OVERVIEW: held})
    hits = [hit for hit in find(FORM, report, wanted) if hit.address == _OVERVIEW]
    at_once = replace_all(FORM, report, wanted, by)
    assert at_once.counts.get("一、总体情况", 0) == len(hits)
    for hit in reversed(hits):
        report = put(report, {_OVERVIEW: replace_one(report, hit, wanted, by)})
    assert words(report, _OVERVIEW) == at_once.new.get(_OVERVIEW, held)
