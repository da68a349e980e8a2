"""What a finding offers to put right at once: only what is sure, and takes the finding away."""

from __future__ import annotations

from model.catalogue import load_form
from model.cells import Value
from model.checks import review
from model.document import Document
from model.findings import Finding
from model.quick_fixes import Fix, fixes
from model.report import Previous, Report
from tests.model.builders import balanced_inputs, cell, computed, report, values

FORM = load_form("2021")


def finding_of(document: Document, code: str) -> Finding:
    return next(finding for finding in review(FORM, document.report) if finding.code == code)


def offered(document: Document, code: str) -> tuple[Fix, ...]:
    return fixes(FORM, document.report, document.sheet, finding_of(document, code))


def assert_mends(made: Report, code: str, text: str) -> Document:
    document = Document(FORM, made)
    (fix,) = offered(document, code)
    assert fix.text == text
    before = document.report
    document.apply(fix.label, fix.values)
    assert code not in {finding.code for finding in document.findings}
    document.undo()
    assert document.report == before
    document.redo()
    return document


def with_last_year(given: dict[str, Value], **last: int) -> Report:
    figures: dict[str, Value] = {f"requests.carried_out.{name}": value for name, value in last.items()}
    return report(given, previous=Previous("2021", 2022, values(figures)))


def test_a_printed_total_gives_way_to_the_computed_one() -> None:
    given = balanced_inputs()
    right = computed(given)["requests.granted.total"]
    made = report(given, {"requests.granted.total": right + 4})
    document = assert_mends(made, "row_total.granted", f"采用计算的合计 {right}")
    assert cell("requests.granted.total") not in document.report.stated


def test_what_was_carried_over_is_taken_from_last_year_also_into_a_locked_cell() -> None:
    given = balanced_inputs()
    made = with_last_year(given, business=9)
    document = assert_mends(made, "carried_in.business", "取上年数 9")
    assert document.report.inputs[cell("requests.carried_in.business")] == 9


def test_a_blank_that_the_printed_rule_determines_is_filled() -> None:
    given: dict[str, Value] = balanced_inputs()
    expected = given["requests.carried_out.research"]
    given["requests.carried_out.research"] = None
    assert_mends(report(given), "balance.research", f"填入推算的 {expected}")


def test_nothing_is_offered_where_the_error_may_lie_anywhere() -> None:
    given: dict[str, Value] = balanced_inputs()
    given["requests.carried_out.research"] = int(given["requests.carried_out.research"] or 0) + 1
    assert offered(Document(FORM, report(given)), "balance.research") == ()


def test_a_rule_that_leads_below_zero_offers_nothing() -> None:
    given: dict[str, Value] = balanced_inputs()
    given["requests.carried_out.research"] = None
    given["requests.received.research"] = 0
    assert offered(Document(FORM, report(given)), "balance.research") == ()


def test_last_year_s_figure_is_offered_only_where_it_mends_the_finding() -> None:
    given: dict[str, Value] = balanced_inputs()
    given["requests.received.business"] = int(given["requests.received.business"] or 0) + 3
    made = with_last_year(given, business=9)
    assert offered(Document(FORM, made), "balance.business") == ()


def test_a_remark_on_a_text_offers_nothing() -> None:
    document = Document(FORM, report({}, texts={}))
    assert all(
        fixes(FORM, document.report, document.sheet, finding) == ()
        for finding in review(FORM, document.report)
        if finding.equation is None
    )


def shifted(columns: tuple[str, ...]) -> Report:
    """Return a report in which 9 went into the row above, where some columns could have given it."""
    given = balanced_inputs()
    for row in ("rejected_petition", "rejected_duplicate"):
        for column in FORM.table("requests").blocks[0].columns[:-1]:
            given[f"requests.{row}.{column.id}"] = 0
    for column in columns:
        given[f"requests.rejected_petition.{column}"] = 9
    right = computed(given)
    names = [f"requests.{row}.total" for row in ("rejected_petition", "rejected_duplicate")]
    return report(given, {names[0]: right[names[0]] - 9, names[1]: right[names[1]] + 9})


def test_a_figure_that_slipped_into_another_row_is_moved_where_only_one_can_have() -> None:
    document = Document(FORM, shifted(("business",)))
    (fix,) = offered(document, "row_shift")
    assert offered(document, "row_total.rejected_duplicate")[0] == fix
    assert fix.text == "把商业企业的 9 移到“（五）不予处理 2.重复申请”行"
    before = {code for code in (f.code for f in document.findings) if code.startswith("row_total")}
    assert before == {"row_total.rejected_petition", "row_total.rejected_duplicate"}
    document.apply(fix.label, fix.values)
    assert not {f.code for f in document.findings if f.code.startswith(("row_", "blank"))}


def test_two_columns_that_could_have_given_it_leave_the_move_to_the_person() -> None:
    assert offered(Document(FORM, shifted(("business", "welfare"))), "row_shift") == ()
