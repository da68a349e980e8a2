"""定稿, 更正 and forced documents, kept as notes that version 1 of the file holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.catalogue import load_form
from model.document import Document
from model.finalising import (
    FINAL,
    FORCED,
    Standing,
    changes_since_final,
    current_final,
    figures_mark,
    finals,
    forced_reasons,
    standing,
    with_final,
    with_force,
    word_change,
)
from model.report import Address, Note, Part, Report
from model.storage import load, save
from tests.model.builders import balanced_inputs, cell, report

FORM = load_form("2021")
AT = datetime(2024, 1, 20, 10, 30, 15, 123456, tzinfo=UTC)
CELL = cell("requests.received.natural_person")


def final(made: Report, who: str = "张三") -> Report:
    return replace(made, notes=with_final(FORM, made, who, AT))


def changed(made: Report, **more: object) -> Report:
    inputs = {**made.inputs, CELL: 70}
    return replace(made, inputs=inputs, **more)  # type: ignore[arg-type]


def test_a_report_is_open_until_it_is_final() -> None:
    assert standing(report()) is Standing.OPEN
    assert finals(report()) == ()
    assert current_final(report()) is None
    assert changes_since_final(FORM, changed(report())) == ()


def test_a_final_report_says_who_when_and_by_which_figures() -> None:
    made = final(report(), " 张三 ")
    found = current_final(made)
    assert standing(made) is Standing.FINAL
    assert found is not None
    assert (found.name, found.who, found.at, found.date) == (
        "定稿",
        "张三",
        "2024-01-20T10:30:15+00:00",
        "2024-01-20 10:30",
    )
    assert found.figures == figures_mark(report())
    assert found.figures.upper().startswith(f"SHA256:{found.short_mark}")
    assert len(found.short_mark) == 12


@pytest.mark.parametrize(
    "change",
    [
        {"unit_name": "别的机关"},
        {"unit_level": "省级"},
        {"year": 2024},
        {"texts": {"overview": "别的"}},
        {"inputs": {CELL: 70}},
    ],
)
def test_whatever_documents_show_changes_the_mark(change: dict[str, object]) -> None:
    made = final(report())
    assert standing(replace(made, **change)) is Standing.CHANGED  # type: ignore[arg-type]


def test_what_documents_do_not_show_changes_nothing() -> None:
    made = final(report())
    more = replace(
        made,
        notes=(*made.notes, Note("blank.requests", (), (), "没有发生此类申请", "")),
        stated={cell("requests.granted.total"): 1},
        locks={CELL: {"reason": "x"}},
        unit_extra={"code": "430600"},
    )
    assert standing(more) is Standing.FINAL
    assert changes_since_final(FORM, more) == ()


def test_a_change_is_told_and_taking_it_back_makes_the_report_final_again() -> None:
    made = final(report())
    more = changed(made, texts={**made.texts, "other": "另有说明"}, unit_level=None)
    told = [word_change(change) for change in changes_since_final(FORM, more)]
    assert told[0] == "机关层级：县级 改为 空白"
    assert told[1].endswith("：文字有改动")
    assert told[2].endswith(f"{made.inputs[CELL]} 改为 70")
    assert len(told) == 3
    assert standing(replace(more, inputs=made.inputs, texts=made.texts, unit_level="县级")) is Standing.FINAL


def test_a_final_after_a_change_is_a_correction_that_lists_it() -> None:
    first = final(report())
    second = final(changed(first), "李四")
    third = final(replace(second, year=2022), "王五")
    assert standing(third) is Standing.FINAL
    assert [(made.name, made.who, len(made.changes)) for made in finals(third)] == [
        ("定稿", "张三", 0),
        ("更正", "李四", 1),
        ("第 2 次更正", "王五", 1),
    ]
    assert finals(third)[1].changes[0].endswith("改为 70")
    kept = [note for note in third.notes if note.code == FINAL]
    assert ["content" in note.extra for note in kept] == [False, False, True]


def test_no_name_and_no_change_make_no_final() -> None:
    with pytest.raises(ValueError, match="no name"):
        with_final(FORM, report(), "  ", AT)
    with pytest.raises(ValueError, match="already final"):
        with_final(FORM, final(report()), "张三", AT)


def test_it_is_kept_by_the_file_and_is_one_step_of_the_history(tmp_path: Path) -> None:
    document = Document(FORM, report())
    document.apply("定稿", {Address(Part.NOTES): with_final(FORM, document.report, "张三", AT)})
    path = tmp_path / "甲.xxgk"
    save(document.report, path, None)
    assert load(path) == document.report
    assert standing(load(path)) is Standing.FINAL
    document.undo()
    assert standing(document.report) is Standing.OPEN


@pytest.mark.parametrize(
    "content", [None, "x", {}, {"form": "2021", "inputs": {"nothing": {}}}, {"form": "1999"}]
)
def test_a_copy_that_somebody_spoilt_tells_no_changes(content: object) -> None:
    made = final(report())
    spoilt = replace(made.notes[-1], extra={**made.notes[-1].extra, "content": content, "changes": 5})
    broken = changed(replace(made, notes=(spoilt,)))
    assert standing(broken) is Standing.CHANGED
    assert [change for change in changes_since_final(FORM, broken) if change.old is not None] == []
    assert finals(broken)[0].changes == ()


def test_a_final_without_facts_is_one_that_was_changed() -> None:
    made = replace(report(), notes=(Note(FINAL, (), (), "定稿", ""),))
    assert standing(made) is Standing.CHANGED
    assert finals(made)[0].who == ""


def test_reasons_for_forcing_are_kept_with_the_figures_they_were_given_for() -> None:
    once = replace(report(), notes=with_force(report(), " 原件如此 ", AT))
    twice = replace(once, notes=with_force(once, "原件如此", AT))
    later = replace(changed(twice), notes=with_force(changed(twice), "原件如此", AT))
    assert [note.text for note in forced_reasons(once)] == ["原件如此"]
    assert len(forced_reasons(twice)) == 1
    assert len({str(note.extra["figures"]) for note in forced_reasons(later)}) == 2
    assert {note.code for note in later.notes} == {FORCED}
    assert standing(later) is Standing.OPEN


def test_the_mark_needs_no_complete_report() -> None:
    assert figures_mark(Report("2021")) != figures_mark(report(balanced_inputs()))
