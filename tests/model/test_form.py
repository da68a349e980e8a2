"""The form file against the official form, typed independently in official.py."""

from __future__ import annotations

from collections import Counter

import pytest

from model.catalogue import form_for_year, form_ids, load_form
from model.cells import CellId, Kind
from model.forms import Form, GridCell, Role, Severity, Table
from tests.model import official


def box_of(table: Table, text: str, role: Role) -> GridCell:
    found = [box for box in table.grid if box.text == text and box.role is role]
    assert len(found) == 1, (text, found)
    return found[0]


def place(box: GridCell) -> tuple[int, int, int, int]:
    return box.row, box.column, box.row_span, box.column_span


def number_rows(table: Table) -> dict[str, int]:
    return {box.cell.row: box.row for box in table.grid if box.cell is not None}


# ---------------------------------------------------------------- ids and wording


def test_the_form_in_force_is_the_latest_that_had_begun() -> None:
    assert "2021" in form_ids()
    assert form_for_year(2025) is load_form("2021")
    assert form_for_year(1990) is load_form("2021")
    with pytest.raises(KeyError):
        load_form("2018")


def test_sections_stand_in_printed_order_with_their_headings(form: Form) -> None:
    assert {section.id: section.heading for section in form.sections} == official.SECTIONS
    assert [section.id for section in form.sections] == list(official.SECTIONS)
    assert tuple(section.id for section in form.text_sections) == official.TEXT_SECTIONS
    assert [section.table for section in form.sections if section.table] == [
        "disclosure",
        "requests",
        "review",
    ]


def test_tables_bear_the_headings_of_their_sections(form: Form) -> None:
    for table in form.tables:
        assert table.heading == official.SECTIONS[table.id]
        assert form.table(table.id) is table


def test_the_form_has_exactly_the_official_cells_in_order(form: Form) -> None:
    assert [str(cell) for cell in form.cells] == official.cells()
    assert Counter(cell.table for cell in form.cells) == {"disclosure": 10, "requests": 175, "review": 15}


def test_the_form_computes_exactly_the_official_totals(form: Form) -> None:
    made = {str(total.cell): [str(term.cell) for term in total.terms] for total in form.totals}
    assert made == official.totals()
    assert len(made) == 34
    assert all(term.sign == 1 for total in form.totals for term in total.terms)


def test_inputs_are_all_other_cells(form: Form) -> None:
    assert [str(cell) for cell in form.inputs] == official.inputs()
    assert len(form.inputs) == 166
    assert {cell for cell in form.cells if form.is_total(cell)} == set(form.total_of)


def test_totals_come_in_an_order_in_which_they_can_be_computed(form: Form) -> None:
    known = set(form.inputs)
    for total in form.totals:
        assert {term.cell for term in total.terms} <= known
        known.add(total.cell)


def test_only_the_fees_are_money(form: Form) -> None:
    money = [str(cell) for cell in form.cells if form.kind(cell) is Kind.MONEY]
    assert money == ["disclosure.fees.amount"]


def test_row_labels_are_worded_as_printed(form: Form) -> None:
    labels = {(cell.table, cell.row): form.row(cell).label for cell in form.cells}
    expected = {("requests", row): label for row, label in official.REQUEST_ROWS.items()}
    expected |= {
        ("disclosure", row): label for _, rows, _ in official.DISCLOSURE_BANDS for row, label in rows.items()
    }
    expected["review", "cases"] = ""
    assert labels == expected


def test_column_labels_are_worded_as_printed(form: Form) -> None:
    labels = {str(cell): form.column(cell).label for cell in form.cells}
    for _, rows, columns in official.DISCLOSURE_BANDS:
        for row in rows:
            for column, label in columns.items():
                assert labels[f"disclosure.{row}.{column}"] == label
    for column, label in (official.APPLICANTS | {"total": "总计"}).items():
        assert labels[f"requests.granted.{column}"] == label
    for group in official.REVIEW_GROUPS:
        for outcome, label in (official.OUTCOMES | {"total": "总计"}).items():
            assert labels[f"review.cases.{group}_{outcome}"] == label


def test_levels_and_title_are_the_official_ones(form: Form) -> None:
    assert form.levels == official.LEVELS
    assert form.title == "政府信息公开工作年度报告"
    assert (form.id, form.first_year, form.basis) == ("2021", 2021, "国办公开办函〔2021〕30号")


def test_every_row_and_every_text_section_has_help_and_a_legal_basis(form: Form) -> None:
    rows = [row for table in form.tables for block in table.blocks for row in block.rows]
    assert len(rows) == 6 + 25 + 1
    for thing in (*rows, *form.text_sections):
        assert thing.help.strip(), thing.id
        assert thing.basis.strip(), thing.id
    for rule in (*form.checks, *form.rules):
        assert rule.basis.strip(), rule.code
        assert rule.message.strip(), rule.code


def test_every_cell_has_a_name_of_its_own_for_messages(form: Form) -> None:
    names = Counter(form.describe_cell(cell) for cell in form.cells)
    assert {name: count for name, count in names.items() if count > 1} == {}
    assert (
        form.describe_cell(CellId("requests", "rejected_duplicate", "natural_person"))
        == "（五）不予处理 2.重复申请·自然人"
    )


# ---------------------------------------------------------------- codes


def test_there_are_exactly_the_40_official_identities(form: Form) -> None:
    errors = {
        check.code: ([str(t.cell) for t in check.left], [str(t.cell) for t in check.right])
        for check in form.checks
        if check.severity is Severity.ERROR
    }
    assert errors == official.identities()
    assert len(errors) == 40
    assert Counter(code.partition(".")[0] for code in errors) == {
        "balance": 6,
        "row_total": 24,
        "column_total": 6,
        "grand_total": 1,
        "group_total": 3,
    }


def test_identities_other_than_the_balance_look_at_stated_totals(form: Form) -> None:
    for check in form.checks:
        if check.severity is Severity.ERROR:
            assert check.stated == (not check.code.startswith("balance."))
            assert check.relation == "="
            assert all(term.sign == 1 and not term.of_previous for term in check.left + check.right)


def test_every_code_bears_the_official_severity(form: Form) -> None:
    severities = {rule.code: rule.severity for rule in (*form.checks, *form.rules)}
    expected = dict.fromkeys([*official.identities(), "unit.missing", "year.missing"], Severity.ERROR)
    hints = ["row_shift", "column_shift", "blank.disclosure", "blank.requests", "blank.review"]
    expected |= dict.fromkeys(hints, Severity.HINT)
    warnings = ["in_force_low.regulations", "in_force_low.normative_documents", "regulations_level"]
    expected |= dict.fromkeys([*warnings, "file.modified_outside"], Severity.WARNING)
    assert {code: severities.get(code) for code in expected} == expected
    others = {code for code, severity in severities.items() if severity is Severity.ERROR} - set(expected)
    assert others == set()


def test_severities_have_chinese_words() -> None:
    assert [severity.label for severity in Severity] == ["强制", "核实", "提示"]


# ---------------------------------------------------------------- the printed grid


@pytest.mark.parametrize("id_", ["disclosure", "requests", "review"])
def test_a_grid_covers_its_rectangle_exactly_once(form: Form, id_: str) -> None:
    table = form.table(id_)
    covered = Counter(
        (row, column)
        for box in table.grid
        for row in range(box.row, box.row + box.row_span)
        for column in range(box.column, box.column + box.column_span)
    )
    everywhere = {(row, column) for row in range(table.row_count) for column in range(len(table.widths))}
    assert covered == dict.fromkeys(everywhere, 1)


@pytest.mark.parametrize("id_", ["disclosure", "requests", "review"])
def test_a_grid_holds_every_cell_once_in_reading_order(form: Form, id_: str) -> None:
    table = form.table(id_)
    held = [box.cell for box in table.grid if box.cell is not None]
    assert tuple(held) == table.cells
    assert [(box.row, box.column) for box in table.grid] == sorted(
        (box.row, box.column) for box in table.grid
    )
    for box in table.grid:
        if box.cell is None:
            assert box.role not in (Role.INPUT, Role.TOTAL)
        else:
            assert (box.role is Role.TOTAL) == form.is_total(box.cell)
            assert box.text == ""


def test_the_disclosure_table_has_four_equal_columns_under_bands(form: Form) -> None:
    table = form.table("disclosure")
    assert len(table.widths) == 4
    assert len(set(table.widths)) == 1
    assert (table.label_columns, table.header_rows, table.row_count) == (1, 0, 4 + 4 + 6)
    row = 0
    for title, rows, columns in official.DISCLOSURE_BANDS:
        assert place(box_of(table, title, Role.BAND)) == (row, 0, 1, 4)
        span = 3 // len(columns)
        headers = [box for box in table.grid if box.row == row + 1]
        expected = [
            ("信息内容", 0, 1),
            *((label, 1 + n * span, span) for n, label in enumerate(columns.values())),
        ]
        assert [(box.text, box.column, box.column_span) for box in headers] == expected
        assert all(box.role is Role.HEADER and box.row_span == 1 for box in headers)
        for offset, label in enumerate(rows.values()):
            assert place(box_of(table, label, Role.LABEL)) == (row + 2 + offset, 0, 1, 1)
            numbers = [box for box in table.grid if box.row == row + 2 + offset and box.cell]
            assert [(box.column, box.column_span) for box in numbers] == [
                (1 + n * span, span) for n in range(len(columns))
            ]
        row += 2 + len(rows)


def test_the_requests_table_has_the_official_headers(form: Form) -> None:
    table = form.table("requests")
    assert table.widths == official.REQUEST_WIDTHS
    assert sum(table.widths) == 9741
    assert (table.label_columns, table.header_rows, table.row_count) == (3, 3, 28)
    assert place(box_of(table, official.CORNER, Role.HEADER)) == (0, 0, 3, 3)
    assert place(box_of(table, "申请人情况", Role.HEADER)) == (0, 3, 1, 7)
    assert place(box_of(table, "自然人", Role.HEADER)) == (1, 3, 2, 1)
    assert place(box_of(table, "法人或其他组织", Role.HEADER)) == (1, 4, 1, 5)
    assert place(box_of(table, "总计", Role.HEADER)) == (1, 9, 2, 1)
    for number, column in enumerate(official.ORGANISATIONS):
        assert place(box_of(table, official.APPLICANTS[column], Role.HEADER)) == (2, 4 + number, 1, 1)
    assert len([box for box in table.grid if box.role is Role.HEADER]) == 1 + 4 + 5


def test_the_requests_table_merges_its_row_labels_as_printed(form: Form) -> None:
    table = form.table("requests")
    rows = number_rows(table)
    assert rows == {row: 3 + number for number, row in enumerate(official.REQUEST_ROWS)}
    assert place(box_of(table, official.RESULTS, Role.LABEL)) == (5, 0, 22, 1)
    grouped: set[str] = set()
    for label, prefix in official.RESULT_GROUPS.items():
        members = [row for row in official.REQUEST_ROWS if row.startswith(prefix)]
        grouped.update(members)
        assert place(box_of(table, label, Role.LABEL)) == (rows[members[0]], 1, len(members), 1)
    for row, label in official.REQUEST_ROWS.items():
        column, span = (2, 1) if row in grouped else (0, 3) if rows[row] in (3, 4, 27) else (1, 2)
        assert place(box_of(table, label, Role.LABEL)) == (rows[row], column, 1, span)
    assert {
        label: len([r for r in official.REQUEST_ROWS if r.startswith(p)])
        for label, p in official.RESULT_GROUPS.items()
    } == {
        "（三）不予公开": 8,
        "（四）无法提供": 3,
        "（五）不予处理": 5,
        "（六）其他处理": 3,
    }


def test_the_review_table_has_the_official_headers(form: Form) -> None:
    table = form.table("review")
    assert len(table.widths) == 15
    assert len(set(table.widths)) == 1
    assert (table.label_columns, table.header_rows, table.row_count) == (0, 3, 4)
    assert place(box_of(table, "行政复议", Role.HEADER)) == (0, 0, 1, 5)
    assert place(box_of(table, "行政诉讼", Role.HEADER)) == (0, 5, 1, 10)
    assert place(box_of(table, "未经复议直接起诉", Role.HEADER)) == (1, 5, 1, 5)
    assert place(box_of(table, "复议后起诉", Role.HEADER)) == (1, 10, 1, 5)
    labels = [*official.OUTCOMES.values(), "总计"]
    upper = [box for box in table.grid if box.row == 1 and box.column < 5]
    assert [(box.text, *place(box)) for box in upper] == [
        (label, 1, n, 2, 1) for n, label in enumerate(labels)
    ]
    lower = [box for box in table.grid if box.row == 2]
    assert [(box.text, *place(box)) for box in lower] == [
        (label, 2, 5 + n, 1, 1) for n, label in enumerate(labels * 2)
    ]
    assert [place(box) for box in table.grid if box.row == 3] == [(3, n, 1, 1) for n in range(15)]


def test_asking_for_what_the_form_does_not_have_is_an_error(form: Form) -> None:
    nowhere = CellId("requests", "granted", "nobody")
    assert not form.has(nowhere)
    for ask in (form.kind, form.row, form.column):
        with pytest.raises(KeyError):
            ask(nowhere if ask != form.row else CellId("requests", "nothing", "total"))
    for ask_id in (form.table, form.section):
        with pytest.raises(KeyError):
            ask_id("nothing")
