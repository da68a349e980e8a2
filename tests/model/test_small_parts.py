"""Resources, errors, formulas, locks and other small parts of the model."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

import resources
from model.document import Document
from model.engine import evaluate
from model.errors import (
    BadTarget,
    CannotWrite,
    ExportCancelled,
    FileMissing,
    WrittenDiffers,
    explain,
    printable,
    shorten,
)
from model.forms import Form
from model.formulas import total_formula
from model.locks import is_locked, unlock
from model.report import Report
from model.storage import load
from tests.model.builders import balanced_inputs, cell, report, values

# ---------------------------------------------------------------- resources


def test_resources_are_found_by_name_and_missing_ones_named() -> None:
    assert resources.path("forms", "2021.toml").is_file()
    assert "2021" in resources.names("forms", ".toml")
    assert resources.names("forms", ".nothing") == ()
    with pytest.raises(FileNotFoundError, match=r"2018\.toml"):
        resources.path("forms", "2018.toml")


@pytest.mark.parametrize("name", resources.names("samples", ".xxgk"))
def test_every_sample_opens_untouched_by_others(name: str) -> None:
    sample = load(resources.path("samples", f"{name}.xxgk"))
    assert sample.unit_name
    assert sample.year
    assert not sample.modified_outside


# ---------------------------------------------------------------- errors


def test_a_failure_of_windows_is_explained_by_its_own_code() -> None:
    failure = OSError(errno.EACCES, "x")
    failure.winerror = 112  # type: ignore[attr-defined]
    assert explain(failure) == "磁盘空间已满"
    failure.winerror = 9998  # type: ignore[attr-defined]
    assert "没有权限" in explain(failure)
    assert explain(OSError(9999, "x")) == "系统错误 9999"


def test_differing_places_are_listed_up_to_five() -> None:
    assert "（甲、乙）" in str(WrittenDiffers(Path("a"), ("甲", "乙")))
    many = WrittenDiffers(Path("a"), tuple("甲乙丙丁戊己"))
    assert "（甲、乙、丙、丁、戊等）" in str(many)
    assert many.places == tuple("甲乙丙丁戊己")


def test_sentences_say_what_to_do_and_name_the_file() -> None:
    for failure in (
        FileMissing(Path("某局/a.xxgk")),
        CannotWrite(Path("某局/a.xxgk"), OSError(errno.EACCES, "x")),
    ):
        assert "a.xxgk" in str(failure)
        assert "请" in str(failure)
    assert "取消" in str(ExportCancelled())


def test_what_an_output_cannot_show_is_escaped_and_the_rest_kept() -> None:
    assert printable("年报 a.xxgk\u3000㎡\U0001f600") == "年报 a.xxgk\u3000㎡\U0001f600"
    assert printable("\x1b[2J\n\ud800\u202e\u200b") == r"\x1b[2J\n\ud800\u202e\u200b"
    assert shorten("x" * 160) == "x" * 160
    assert shorten("x" * 161) == "x" * 159 + "…"


# ---------------------------------------------------------------- formulas and locks


def test_a_total_is_worded_with_its_numbers(form: Form) -> None:
    sheet = evaluate(form, values({"requests.granted.natural_person": 68, "requests.granted.other": 2}))
    assert (
        total_formula(form, sheet, cell("requests.granted.total"))
        == "自然人 68 + 其他组织 2 = 70；其余 4 项为 0 或空白"
    )
    column = total_formula(form, sheet, cell("requests.results_total.other"))
    assert column == "（一）予以公开 2 = 2；其余 20 项为 0 或空白"
    empty = total_formula(form, sheet, cell("review.cases.direct_litigation_total"))
    assert empty == "4 项都为 0 或空白，合计 0"
    with pytest.raises(KeyError):
        total_formula(form, sheet, cell("requests.granted.other"))


def test_all_terms_of_a_total_above_zero_are_shown(form: Form) -> None:
    inputs = {
        f"requests.received.{c}": 1
        for c in ("natural_person", "business", "research", "welfare", "legal_services", "other")
    }
    sheet = evaluate(form, values(inputs))
    assert total_formula(form, sheet, cell("requests.received.total")).endswith("= 6")


def test_a_locked_cell_opens_with_a_reason_that_is_kept_and_can_be_undone(form: Form) -> None:
    carried_in = cell("requests.carried_in.business")
    document = Document(form, report(balanced_inputs(), locks={carried_in: {"from": 2022}}))
    assert is_locked(document.report, carried_in)
    with pytest.raises(ValueError, match="reason"):
        unlock(document, carried_in, " ")
    assert unlock(document, cell("requests.carried_in.other"), "x") is None
    assert unlock(document, carried_in, " 上年漏报 ") is not None
    assert document.report.locks[carried_in] == {"from": 2022, "reason": "上年漏报"}
    assert not is_locked(document.report, carried_in)
    document.undo()
    assert is_locked(document.report, carried_in)


def test_a_title_shows_what_is_missing(form: Form) -> None:
    assert report().title(form) == "某县人民政府2023年政府信息公开工作年度报告"
    assert Report(form="2021").title(form) == "〔机关名称〕〔年份〕年政府信息公开工作年度报告"
    assert report(unit_name=" 某局\n").title_lines(form) == ("某局", "2023年政府信息公开工作年度报告")


def test_a_target_that_is_none_says_that_nothing_was_written() -> None:
    assert str(BadTarget(Path("a.odt"), "不认识的格式")).endswith("不认识的格式。没有写入任何内容。")
