"""还差什么: what a report lacks, from cover to last year."""

from __future__ import annotations

from dataclasses import replace

from model.catalogue import load_form
from model.engine import evaluate
from model.missing import Missing, missing
from model.report import Previous, Report
from tests.model.builders import balanced, cell

FORM = load_form("2021")


def lacking(report: Report) -> tuple[Missing, ...]:
    return missing(FORM, report, evaluate(FORM, report.inputs))


def texts(report: Report) -> list[str]:
    return [one.text for one in lacking(report)]


def complete() -> Report:
    made = balanced()
    assert made.year is not None
    return replace(made, previous=Previous("2021", made.year - 1, dict(made.inputs)))


def test_a_complete_report_lacks_nothing() -> None:
    assert lacking(complete()) == ()


def test_an_empty_report_lacks_everything_in_the_order_of_the_form() -> None:
    found = lacking(Report("2021"))
    assert [one.section for one in found] == [
        "unit",
        "unit",
        "unit",
        "overview",
        "disclosure",
        "requests",
        "review",
        "problems",
        "other",
        "",
    ]
    assert "“三 依申请公开”还没有填" in texts(Report("2021"))


def test_blanks_are_counted_and_their_rows_named() -> None:
    made = complete()
    gone = [
        cell(f"requests.{row}.other") for row in ("received", "granted", "refused_process", "carried_out")
    ]
    some = replace(made, inputs={c: value for c, value in made.inputs.items() if c not in gone})
    (one,) = lacking(some)
    assert one.text.startswith("“三 依申请公开”有 4 个空格：一.新收、")
    assert one.text.endswith("等 4 行")
    assert one.cell == gone[0]


def test_a_table_whose_row_has_no_name_counts_its_blanks() -> None:
    made = complete()
    gone = cell("review.cases.reconsideration_upheld")
    (one,) = lacking(replace(made, inputs={c: v for c, v in made.inputs.items() if c != gone}))
    assert one.text.startswith("“四 复议诉讼”有 1 个空格")


def test_last_year_s_figures_of_another_year_are_none() -> None:
    made = complete()
    (one,) = lacking(replace(made, previous=Previous("2021", 1999, {})))
    assert "没有上年数" in one.text


def test_the_introduction_may_be_left_out() -> None:
    assert "introduction" not in complete().texts
