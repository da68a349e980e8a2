"""The checks on the text sections: each fires and does not."""

from __future__ import annotations

import pytest

from model.catalogue import load_form
from model.checks import review, review_texts
from model.findings import Finding
from model.forms import Severity
from tests.model.builders import OTHER, OVERVIEW, PROBLEMS, report

FORM = load_form("2021")


def found(level: str = "县级", **texts: str) -> list[Finding]:
    made = report(
        texts={"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER, **texts}, unit_level=level
    )
    return list(review_texts(FORM, made))


def codes(level: str = "县级", **texts: str) -> list[str]:
    return [finding.code for finding in found(level, **texts)]


def test_good_texts_have_no_finding() -> None:
    assert codes() == []


def test_every_finding_on_a_text_names_its_section_and_no_cells() -> None:
    everything = found(overview="", problems="", other="") + found(overview=OVERVIEW * 20)
    assert {finding.section for finding in everything} == {"overview", "problems", "other"}
    assert all(finding.cells == () and finding.expected is None for finding in everything)


@pytest.mark.parametrize(("length", "fires"), [(1000, False), (1001, True), (4000, True)])
def test_an_overview_of_more_than_a_thousand_characters_is_long(length: int, fires: bool) -> None:
    text = OVERVIEW + "好" * (length - len(OVERVIEW))
    assert codes(overview=text) == ["overview.long"] * fires
    assert codes(overview=text.replace("好", " 好\n")) == ["overview.long"] * fires, "blanks do not count"
    if fires:
        (finding,) = found(overview=text)
        assert finding.severity is Severity.HINT
        assert f"共 {length} 字" in finding.message
        assert "1000" in finding.message


@pytest.mark.parametrize(
    ("without", "aspect"),
    [
        ("本年主动公开政府信息一百条；", "主动公开"),
        ("收到依申请公开的申请并全部办结；", "依申请公开"),
        ("政府信息管理有专人审核；", "政府信息管理"),
        ("信息公开平台改版一次；", "政府信息公开平台建设"),
    ],
)
def test_an_aspect_without_a_word_on_it_is_named(without: str, aspect: str) -> None:
    assert without in OVERVIEW
    (finding,) = found(overview=OVERVIEW.replace(without, ""))
    assert finding.code == "overview.aspect"
    assert f"“{aspect}”" in finding.message


def test_an_overview_without_supervision_lacks_two_things_at_a_government() -> None:
    text = OVERVIEW[: OVERVIEW.index("监督保障")]
    assert codes("县级", overview=text) == ["overview.aspect", "overview.accountability"]
    assert codes("部门", overview=text) == ["overview.aspect"]


def test_an_empty_overview_is_one_finding_with_all_aspects() -> None:
    (finding,) = found(overview=" \n")
    assert finding.code == "overview.aspect"
    for aspect in ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"):
        assert aspect in finding.message


@pytest.mark.parametrize("level", ["省级", "市级", "县级", "乡镇"])
def test_governments_report_assessment_evaluation_and_accountability_in_one_line(level: str) -> None:
    text = OVERVIEW.replace("开展考核和社会评议，没有发生责任追究", "开展检查")
    (finding,) = found(level, overview=text)
    assert finding.code == "overview.accountability"
    assert finding.message.endswith("还要写工作考核、社会评议、责任追究结果。")
    (finding,) = found(level, overview=OVERVIEW.replace("，没有发生责任追究", ""))
    assert finding.message.endswith("还要写责任追究结果。")


@pytest.mark.parametrize("level", ["国务院部门", "部门"])
def test_departments_need_not_report_assessment(level: str) -> None:
    assert codes(level, overview=OVERVIEW.replace("开展考核和社会评议，没有发生责任追究", "开展检查")) == []


@pytest.mark.parametrize(("length", "fires"), [(0, True), (49, True), (50, False)])
def test_a_section_on_problems_under_fifty_characters_is_short(length: int, fires: bool) -> None:
    assert codes(problems=PROBLEMS[:length]) == ["problems.short"] * fires


def test_stock_phrases_are_boilerplate_from_three_on() -> None:
    two = PROBLEMS + "工作力度不够，公开不够及时。"
    assert codes(problems=two) == []
    (finding,) = found(problems=two + "有待加强。")
    assert finding.code == "problems.boilerplate"
    for phrase in ("力度不够", "不够及时", "有待加强"):
        assert phrase in finding.message


@pytest.mark.parametrize(
    "text", ["2022年，无收取信息处理费情况。", "本年未收费。", "全年收取政府信息公开信息处理费 0 元。"]
)
def test_a_word_on_fees_is_enough(text: str) -> None:
    assert codes(other=text) == []


@pytest.mark.parametrize("text", ["", "无", "没有其他需要报告的事项。"])
def test_a_last_section_without_a_word_on_fees_is_questioned(text: str) -> None:
    (finding,) = found(other=text)
    assert (finding.code, finding.severity) == ("other.fees", Severity.WARNING)


def test_words_torn_by_line_breaks_or_spaces_are_still_seen() -> None:
    assert codes(overview=" \n".join(OVERVIEW), other="\u3000".join(OTHER)) == []
    assert codes(problems=PROBLEMS + "力度\n不够，不够 及时，有待加\t强。") == ["problems.boilerplate"]


def test_texts_are_literal_in_messages() -> None:
    assert codes(overview=OVERVIEW + "{expected} {0} %s <b>") == []
    assert codes(introduction="{broken") == []


def test_reviewing_everything_gives_the_findings_of_cells_and_texts() -> None:
    made = report(texts={}, year=None)
    assert [f.code for f in review(FORM, made)] == [
        "year.missing",
        "other.fees",
        "overview.aspect",
        "problems.short",
    ]
