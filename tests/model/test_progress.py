"""How far a report is: steps, their states, and what to do next."""

from __future__ import annotations

import pytest

from model.findings import Finding
from model.forms import Form, Severity
from model.progress import COVER, Progress, State, next_step, progress_of, step_of, steps_of
from model.report import Report

LONG = "a" * 50


def states(form: Form, report: Report, *findings: Finding) -> dict[str, Progress]:
    return {item.step.id: item for item in progress_of(steps_of(form), report, findings)}


def finding(severity: Severity, **places: object) -> Finding:
    return Finding("code", severity, "", "", **places)  # type: ignore[arg-type]


def test_the_steps_are_the_cover_data_and_each_section_with_a_heading(form: Form) -> None:
    headed = [section.id for section in form.sections if section.heading]
    assert [step.id for step in steps_of(form)] == [COVER, *headed]


def test_a_text_without_a_heading_is_written_in_the_step_after_it(form: Form) -> None:
    first_text = next(step for step in steps_of(form) if step.is_text)
    assert [section.id for section in first_text.sections] == ["introduction", "overview"]
    assert step_of(steps_of(form), finding(Severity.HINT, section="introduction")) is not None
    found = step_of(steps_of(form), finding(Severity.HINT, section="introduction"))
    assert found.id == first_text.id


def test_together_the_steps_ask_for_every_input(form: Form) -> None:
    assert [cell for step in steps_of(form) for cell in step.inputs] == list(form.inputs)


def test_the_year_alone_does_not_begin_the_cover_data(form: Form) -> None:
    assert states(form, Report(form.id, 2021))[COVER].state is State.EMPTY
    assert states(form, Report(form.id, 2021, "a"))[COVER].state is State.STARTED
    assert states(form, Report(form.id, None, "a", "县级"))[COVER].state is State.STARTED
    assert states(form, Report(form.id, 2021, "a", "县级"))[COVER].state is State.DONE


def test_a_table_is_done_only_when_every_input_is_filled(form: Form) -> None:
    for step in steps_of(form):
        if step.table:
            filled = dict.fromkeys(step.inputs, 0)
            assert states(form, Report(form.id, inputs=filled))[step.id].state is State.DONE
            assert states(form, Report(form.id))[step.id].state is State.EMPTY
            filled.pop(step.inputs[0])
            assert states(form, Report(form.id, inputs=filled))[step.id].state is State.STARTED


@pytest.mark.parametrize(("section", "least"), [("overview", 50), ("problems", 50), ("other", 1)])
def test_a_text_is_done_when_it_is_long_enough_to_say_what_is_asked(
    form: Form, section: str, least: int
) -> None:
    written = {length: Report(form.id, texts={section: "a \n" * length}) for length in (least - 1, least)}
    assert states(form, written[least - 1])[section].state is (State.STARTED if least > 1 else State.EMPTY)
    assert states(form, written[least])[section].state is State.DONE


def test_a_text_of_white_space_is_empty(form: Form) -> None:
    assert states(form, Report(form.id, texts={"other": " \n"}))["other"].state is State.EMPTY
    assert states(form, Report(form.id, texts={"other": "a"}))["other"].state is State.DONE


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_what_is_open_keeps_a_step_from_being_done(form: Form, severity: Severity) -> None:
    report = Report(form.id, texts={"other": "a"})
    assert states(form, report, finding(severity, section="other"))["other"].state is State.STARTED


def test_hints_and_what_is_explained_do_not(form: Form) -> None:
    report = Report(form.id, texts={"other": "a"})
    explained = finding(Severity.WARNING, section="other", note="原因")
    item = states(form, report, explained, finding(Severity.HINT, section="other"))["other"]
    assert (item.state, item.errors, item.warnings) == (State.DONE, 0, 0)


def test_findings_count_where_they_are_mended(form: Form) -> None:
    cells = form.table("review").cells[:2]
    found = states(
        form,
        Report(form.id),
        finding(Severity.ERROR, left=cells),
        finding(Severity.WARNING, left=cells[:1]),
        finding(Severity.ERROR, section=COVER),
    )
    assert (found["review"].errors, found["review"].warnings) == (1, 1)
    assert found[COVER].errors == 1


def test_the_next_step_is_the_first_unfinished_one_onwards_going_round(form: Form) -> None:
    report = Report(form.id, 2021, "a", "县级", texts={"overview": LONG, "problems": LONG})
    progress = progress_of(steps_of(form), report, ())
    following = {current: next_step(progress, current) for current in ("", COVER, "disclosure", "other")}
    assert {current: step.id for current, step in following.items() if step} == {
        "": "disclosure",
        COVER: "disclosure",
        "disclosure": "requests",
        "other": "disclosure",
    }


def test_with_everything_done_there_is_no_next_step(form: Form) -> None:
    texts = {section.id: LONG for section in form.text_sections}
    report = Report(form.id, 2021, "a", "县级", inputs=dict.fromkeys(form.inputs, 0), texts=texts)
    assert next_step(progress_of(steps_of(form), report, ()), COVER) is None
