"""How the Word document names its numbers."""

from __future__ import annotations

from export.word_numbers import bookmark_name
from model.cells import CellId


def test_ids_that_differ_by_a_point_and_an_underline_have_bookmarks_of_their_own() -> None:
    digest = bookmark_name(CellId("a_b", "c", "d")).rpartition("_")[2]
    cells = [
        CellId("a_b", "c", "d"),
        CellId("a", "b_c", "d"),
        CellId("a", "b", "c_d"),
        CellId("a", "b", "c"),
        CellId("a_b_c_d", digest, "x"),
        CellId("t" * 40, "r", "c"),
        CellId("t" * 40, "r", "d"),
    ]
    assert len({bookmark_name(cell).casefold() for cell in cells}) == len(cells)
