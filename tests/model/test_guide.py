"""填报说明: every section and row of the form, searchable."""

from __future__ import annotations

from model.catalogue import load_form
from model.guide import entries, matching

FORM = load_form("2021")
GUIDE = entries(FORM)


def test_every_section_and_every_row_has_its_entry() -> None:
    rows = [row.id for table in FORM.tables for block in table.blocks for row in block.rows]
    assert [entry.row for entry in GUIDE if not entry.is_section].sort() == rows.sort()
    assert [entry.section for entry in GUIDE if entry.is_section] == [section.id for section in FORM.sections]


def test_a_row_stands_under_its_band_and_groups() -> None:
    entry = next(entry for entry in GUIDE if entry.row == "rejected_duplicate")
    assert entry.group == "三、本年度办理结果　（五）不予处理"
    assert next(entry for entry in GUIDE if entry.row == "licences").group == "第二十条第（五）项"


def test_a_search_finds_titles_help_and_basis() -> None:
    assert [entry.row for entry in matching(GUIDE, "撤回")] == ["other_other"]
    assert {entry.row for entry in matching(GUIDE, "第十四条 秘密")} == {"refused_state_secret"}
    assert matching(GUIDE, "没有这样的话") == ()


def test_an_empty_search_shows_everything() -> None:
    assert matching(GUIDE, " ") == GUIDE


def test_half_width_brackets_find_full_width_ones() -> None:
    assert matching(GUIDE, "(五)不予处理") == matching(GUIDE, "（五）不予处理") != ()
