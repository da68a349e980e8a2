"""出错说明: a reason explains a finding by code, cells and values, and by nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from model.catalogue import load_form
from model.checks import review
from model.findings import Finding
from model.reasons import former_reason, refuse_reason, with_reason
from model.report import Note, Previous, Report
from model.report_file import MisplacedError, from_json, to_json
from model.storage import load, save
from tests.model.builders import balanced_inputs, cell, computed, report, values

FORM = load_form("2021")
AT = datetime(2022, 1, 20, 10, 0, 0, 123456)
REASON = "清理文件时废止了 3 件往年文件"


def disagreeing() -> Report:
    """Return a report with one 强制, one 核实 and one 提示."""
    inputs = balanced_inputs() | {
        "disclosure.regulations.made": 2,
        "disclosure.regulations.in_force": 2,
        "review.cases.direct_litigation_other": None,
    }
    stated = {"requests.granted.total": computed(inputs)["requests.granted.total"] + 1}
    return report(inputs, stated)


def explained(made: Report) -> dict[str, bool]:
    return {finding.code: finding.is_explained for finding in review(FORM, made)}


def finding_of(made: Report, code: str) -> Finding:
    return next(finding for finding in review(FORM, made) if finding.code == code)


def with_note(made: Report, **changes: object) -> Report:
    finding = finding_of(made, "regulations_level")
    note = Note(finding.code, finding.cells, finding.values, REASON, "")
    return replace(made, notes=(replace(note, **changes),))  # type: ignore[arg-type]


def test_nothing_is_explained_without_a_note() -> None:
    assert explained(disagreeing()) == {
        "row_total.granted": False,
        "regulations_level": False,
        "blank.review": False,
    }


def test_a_note_explains_the_finding_with_its_code_cells_and_values_only() -> None:
    made = with_note(disagreeing())
    assert explained(made) == {"row_total.granted": False, "regulations_level": True, "blank.review": False}
    assert finding_of(made, "regulations_level").note == REASON


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "row_total.granted"},
        {"code": "regulations_level.x"},
        {"cells": (cell("disclosure.regulations.made"),)},
        {"cells": (cell("disclosure.regulations.in_force"), cell("disclosure.regulations.made"))},
        {"values": (2, 3)},
        {"values": (2, None)},
        {"values": ()},
        {"text": ""},
        {"text": " "},
        {"text": "核实无误"},
    ],
)
def test_a_note_that_differs_in_anything_explains_nothing(changes: dict[str, object]) -> None:
    assert not explained(with_note(disagreeing(), **changes))["regulations_level"]


def test_a_changed_value_opens_the_finding_and_the_former_value_closes_it_again() -> None:
    made = with_note(disagreeing())
    changed = replace(made, inputs={**made.inputs, cell("disclosure.regulations.in_force"): 3})
    assert not explained(changed)["regulations_level"]
    assert former_reason(changed, finding_of(changed, "regulations_level")) == REASON
    back = replace(changed, inputs={**changed.inputs, cell("disclosure.regulations.in_force"): 2})
    assert explained(back)["regulations_level"]


def test_a_blank_and_a_zero_are_different_values() -> None:
    made = disagreeing()
    finding = finding_of(made, "row_total.granted")
    made = replace(made, notes=with_reason(made, finding, REASON, AT))
    assert explained(made)["row_total.granted"]
    without = {key: value for key, value in made.inputs.items() if key != cell("requests.granted.research")}
    made_blank = replace(made, inputs=without)
    assert not explained(made_blank)["row_total.granted"]


def test_a_reason_is_kept_with_its_time_and_replaces_the_former() -> None:
    made = disagreeing()
    finding = finding_of(made, "row_total.granted")
    made = replace(made, notes=with_reason(made, finding, f"  {REASON}\n", AT))
    (note,) = made.notes
    assert (note.text, note.at) == (REASON, "2022-01-20T10:00:00")
    again = with_reason(made, finding, "台账漏记一件，已经补记", AT)
    assert [note.text for note in again] == ["台账漏记一件，已经补记"]
    assert with_reason(made, finding, " ", AT) == ()


def test_a_reason_for_values_since_changed_is_offered_again() -> None:
    made = disagreeing()
    finding = finding_of(made, "row_total.granted")
    made = replace(made, notes=with_reason(made, finding, REASON, AT))
    changed = replace(made, stated={cell("requests.granted.total"): 1})
    assert not explained(changed)["row_total.granted"]
    assert former_reason(changed, finding_of(changed, "row_total.granted")) == REASON
    assert former_reason(changed, finding_of(changed, "regulations_level")) == ""


def test_a_reason_survives_the_file(tmp_path: object) -> None:
    path = tmp_path / "a.xxgk"  # type: ignore[operator]
    made = disagreeing()
    made = replace(made, notes=with_reason(made, finding_of(made, "row_total.granted"), REASON, AT))
    save(made, path, None)
    assert explained(load(path))["row_total.granted"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "无",
        "属实",
        "核实无误",
        "经核实，数据准确无误。",
        "已核对",
        "情况属实！",
        "同上",
        "1234567",
        "aaaa",
        "，。！",
        "哈哈哈哈哈",
    ],
)
def test_what_says_nothing_is_no_reason(text: str) -> None:
    assert refuse_reason(text) is not None
    finding = finding_of(disagreeing(), "row_total.granted")
    if text.strip():
        with pytest.raises(ValueError, match="请写明原因"):
            with_reason(disagreeing(), finding, text, AT)


@pytest.mark.parametrize("text", [REASON, "台账漏记四件", "年初统计口径调整", "2 件申请由市局转办，重复登记"])
def test_what_says_why_is_a_reason(text: str) -> None:
    assert refuse_reason(text) is None


def test_that_a_file_was_changed_outside_cannot_be_explained_away() -> None:
    made = replace(disagreeing(), modified_outside=True)
    finding = finding_of(made, "file.modified_outside")
    with pytest.raises(ValueError, match="不能用说明代替"):
        with_reason(made, finding, REASON, AT)
    note = Note(finding.code, (), (), REASON, "")
    assert not finding_of(replace(made, notes=(note,)), "file.modified_outside").is_explained


# ---------------------------------------------------------------- against last year


CARRIED = "requests.carried_in.natural_person"
LAST = cell("requests.carried_out.natural_person")


def held_against(last: int | None) -> Report:
    """Return a report with 3 carried in, last year's report saying otherwise."""
    inputs = balanced_inputs() | {CARRIED: 3}
    given = {key: value for key, value in values({str(LAST): last}).items() if value is not None}
    return report(inputs, previous=Previous("2021", 2022, given))


def carried_in(made: Report) -> Finding:
    return finding_of(made, "carried_in.natural_person")


def test_a_reason_for_a_difference_to_last_year_ends_when_last_years_figure_changes() -> None:
    made = held_against(5)
    made = replace(made, notes=with_reason(made, carried_in(made), REASON, AT))
    assert made.notes[0].previous == {LAST: 5}
    assert carried_in(made).is_explained
    other = replace(held_against(9), notes=made.notes)
    assert not carried_in(other).is_explained
    assert former_reason(other, carried_in(other)) == REASON
    assert carried_in(replace(held_against(5), notes=made.notes)).is_explained


def test_several_notes_for_one_finding_are_each_held_against_it() -> None:
    made = held_against(5)
    finding = carried_in(made)
    right = Note(finding.code, finding.cells, finding.values, REASON, "", previous={LAST: 5})
    others = [replace(right, values=(8,)), replace(right, previous={LAST: 6}), replace(right, text="属实")]
    assert carried_in(replace(made, notes=(others[0], right, *others[1:]))).note == REASON
    assert not carried_in(replace(made, notes=tuple(others))).is_explained


def test_a_blank_of_last_year_is_not_its_zero() -> None:
    zero, blank = held_against(0), held_against(None)
    zero = replace(zero, notes=with_reason(zero, carried_in(zero), REASON, AT))
    assert not carried_in(replace(blank, notes=zero.notes)).is_explained


def test_a_reason_kept_before_last_years_figures_were_noted_still_holds() -> None:
    made = held_against(5)
    finding = carried_in(made)
    old = Note(finding.code, finding.cells, finding.values, REASON, "")
    assert carried_in(replace(made, notes=(old,))).is_explained
    assert carried_in(replace(held_against(9), notes=(old,))).is_explained


def test_what_a_reason_says_of_last_year_is_in_the_file(tmp_path: Path) -> None:
    made = held_against(5)
    made = replace(made, notes=with_reason(made, carried_in(made), REASON, AT))
    path = tmp_path / "年报.xxgk"
    save(made, path, None)
    assert load(path) == made
    held = json.loads(path.read_text(encoding="utf-8"))["notes"][0]
    assert held["previous"] == {str(LAST): 5}


def test_a_reason_for_a_changed_scale_of_fees_ends_with_last_years_amount() -> None:
    fees = cell("disclosure.fees.amount")
    inputs = balanced_inputs() | {str(fees): Decimal("0.01")}

    def against(last: str) -> Report:
        return report(inputs, previous=Previous("2021", 2022, {fees: Decimal(last)}))

    made = against("100")
    made = replace(made, notes=with_reason(made, finding_of(made, "fees_scale"), REASON, AT))
    assert explained(made)["fees_scale"]
    assert explained(replace(against("100.00"), notes=made.notes))["fees_scale"]
    assert not explained(replace(against("200"), notes=made.notes))["fees_scale"]


@pytest.mark.parametrize(
    ("previous", "place"),
    [
        ([], "notes[1].previous"),
        ({"requests.carried_out": 1}, "notes[1].previous.requests.carried_out"),
        ({str(LAST): "5"}, f"notes[1].previous.{LAST}"),
        ({str(LAST): 5.0}, f"notes[1].previous.{LAST}"),
    ],
)
def test_a_note_whose_figures_of_last_year_are_not_understood_is_refused(
    previous: object, place: str
) -> None:
    made = held_against(5)
    data = to_json(replace(made, notes=with_reason(made, carried_in(made), REASON, AT)))
    data["notes"] = [{"code": "x", "text": "理由", "previous": previous}]  # type: ignore[dict-item]  # that is it
    with pytest.raises(MisplacedError) as refused:
        from_json(data)
    assert refused.value.place == place
