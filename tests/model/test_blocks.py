"""Blocks of cells as other programs put them on the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.blocks import Block, read_html, read_text, write_html, write_text

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\t\n"'), max_size=6)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1", (("1",),)),
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ("1\t2\n3\t4", (("1", "2"), ("3", "4"))),
        ("1\r2\r", (("1",), ("2",))),
        ("\t\t5", (("", "", "5"),)),
        ("1\n\n", (("1",), ("",))),
        ("1\t2\n3", (("1", "2"), ("3",))),
        ('"a\tb"\t"say ""so"""\r\n"two\r\nlines"\t2', (("a\tb", 'say "so"'), ("two\r\nlines", "2"))),
        ('"12', (('"12',),)),
        ('5"', (('5"',),)),
        ("", (("",),)),
    ],
)
def test_tabbed_text_is_read_as_sheet_programs_write_it(text: str, block: Block) -> None:
    assert read_text(text) == block


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_as_text_is_read_back(rows: list[list[str]]) -> None:
    assert read_text(write_text(rows)) == tuple(tuple(row) for row in rows)


PLAIN = st.text(st.sampled_from("一二12 <>&\"'件"), max_size=5)


@given(st.lists(st.lists(PLAIN, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_as_html_is_read_back_but_for_spaces(rows: list[list[str]]) -> None:
    expected = tuple(tuple(" ".join(text.split(" ")).strip() for text in row) for row in rows)
    found = read_html(write_html(rows))
    assert found is not None
    assert [[text.split() for text in row] for row in found] == [
        [text.split() for text in row] for row in expected
    ]


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<table><tr><td>1<td>2<tr><td>3</table>", (("1", "2"), ("3",))),
        (
            "<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>",
            (("a", "1"), ("", "2")),
        ),
        ("<table><tr><th colspan='3'>a</th><td>1</td></tr></table>", (("a", "", "", "1"),)),
        ("<table><tr><td>1,<b>234</b>&nbsp;</td><td>&lt;5&gt;</td></tr></table>", (("1,234", "<5>"),)),
        ("<table><tr><td>一<br>二</td><td><p>三</p><p>四</p></td></tr></table>", (("一\n二", "三\n四"),)),
        ("<style>td{}</style><table><tr><td>1 <i>2</i></td></tr></table>", (("1 2",),)),
        ("<table><tr><td colspan=x rowspan=0>1</td><td>2</td></tr></table>", (("1", "2"),)),
        ("<head><meta charset=utf-8><style>td{}</style><body><table><tr><td>1</table>", (("1",),)),
        ("<table><tr><td>68<sup>1</sup></td><td>5</td></tr></table>", (("68 1", "5"),)),
    ],
)
def test_html_tables_are_read_with_their_merged_cells_in_place(html: str, block: Block) -> None:
    assert read_html(html) == block


WIDTHS = "<tr height=0 style='DISPLAY: none'><td width=72></td><td width=72></td></tr>"


@pytest.mark.parametrize(
    ("rows", "block"),
    [
        (f"<tr><td>1</td><td>2</td></tr><![if supportMisalignedColumns]>{WIDTHS}<![endif]>", (("1", "2"),)),
        (f"<tr><td>1</td><td>2</td></tr>{WIDTHS}<tr><td>3</td></tr>", (("1", "2"), ("", ""), ("3",))),
        ("<tr><td>1</td></tr><tr style='display:none'><td>2</td></tr>", (("1",), ("2",))),
        ("<tr><td>1</td></tr><tr><td></td></tr>", (("1",), ("",))),
    ],
)
def test_only_a_blank_row_at_the_end_that_is_not_shown_is_no_row(rows: str, block: Block) -> None:
    assert read_html(f"<table>{rows}</table>") == block


@pytest.mark.parametrize(
    "html", ["", "<p>68</p>", "<table></table>", "<table><tr><td>1</table><table></table>"]
)
def test_html_without_just_one_table_is_no_block(html: str) -> None:
    assert read_html(html) is None


def test_a_merged_cell_of_absurd_extent_stays_harmless() -> None:
    block = read_html("<table><tr><td colspan=99999999 rowspan=1>1</td><td>2</td></tr></table>")
    assert block is not None
    assert len(block[0]) == 201
