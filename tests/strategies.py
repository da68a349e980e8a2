"""Hypothesis strategies for reports, as far as a report file can hold them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from model.catalogue import load_form
from model.cells import CellId, Kind, Value
from model.report import Note, Previous, Report

_FORM = load_form("2021")

counts = st.one_of(st.integers(0, 30), st.integers(0, 999_999_999), st.sampled_from([0, 999_999_999]))


@st.composite
def amounts(draw: st.DrawFn) -> Decimal:
    """Amounts as a file holds them: up to 12 digits, up to 6 decimals, zeros behind kept."""
    whole = draw(st.integers(0, 999_999_999_999))
    decimals = draw(st.text("0123456789", max_size=6))
    return Decimal(f"{whole}.{decimals}" if decimals else str(whole))


def values(cell: CellId) -> st.SearchStrategy[Value]:
    """Values that a cell can hold, blank apart."""
    return amounts() if _FORM.kind(cell) is Kind.MONEY else counts


@st.composite
def mappings_of_values(draw: st.DrawFn, cells: tuple[CellId, ...], *, most: int = 40) -> dict[CellId, Value]:
    """Values for some of the cells, in the order of the form."""
    places = draw(st.sets(st.integers(0, len(cells) - 1), max_size=most))
    return {cells[place]: draw(values(cells[place])) for place in sorted(places)}


characters = st.one_of(
    st.characters(exclude_categories=("Cs",)),
    st.sampled_from("\x00\x07\x1b\x7f\u200b\u2028\ufeff\ufffe\U0001f600<b>&\"'\\/镕喆堃㎡=\r\n\t"),
    st.sampled_from("\ud800\udbff"),
)
"""Any character, also control characters and lone high surrogates."""
texts = st.one_of(st.text(characters, max_size=40), st.sampled_from(["", " ", "总体情况", "=1+1"]))
keys = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8)
json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**25), 10**25),
        st.floats(allow_nan=False, allow_infinity=False),
        texts,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=6,
)


def extras(*known: str) -> st.SearchStrategy[dict[str, object]]:
    """Keys that this version does not know, and that it keeps."""
    return st.dictionaries(keys.filter(lambda key: key not in known), json_values, max_size=3)


_noted = st.lists(st.sampled_from(_FORM.cells), max_size=3, unique=True).flatmap(
    lambda cells: st.fixed_dictionaries({cell: st.none() | values(cell) for cell in cells})
)
"""Last year's values that a note names."""


@st.composite
def notes(draw: st.DrawFn) -> Note:
    """Reasons given for findings."""
    cells = tuple(draw(st.lists(st.sampled_from(_FORM.cells), max_size=4)))
    return Note(
        code=draw(st.sampled_from(["row_total.granted", "other.fees", "某码"])),
        cells=cells,
        values=tuple(draw(st.one_of(st.none(), values(cell))) for cell in cells),
        text=draw(texts),
        at=draw(st.sampled_from(["", "2022-01-20T10:00:00"])),
        extra=draw(extras("code", "cells", "values", "text", "at", "previous")),
        previous=draw(st.none() | _noted),
    )


years = st.integers(1900, 9999)
previous_years = st.builds(Previous, st.just("2021"), years, mappings_of_values(_FORM.inputs))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports with everything that a file can hold."""
    text_ids = [section.id for section in _FORM.text_sections]
    written = draw(st.dictionaries(st.sampled_from(text_ids), texts.filter(bool)))
    locked = draw(st.lists(st.sampled_from(_FORM.inputs), unique=True, max_size=4))
    return Report(
        form="2021",
        year=draw(st.none() | years),
        unit_name=draw(texts),
        unit_level=draw(st.none() | st.sampled_from(_FORM.levels)),
        inputs=draw(mappings_of_values(_FORM.inputs)),
        texts={id_: written[id_] for id_ in text_ids if id_ in written},
        stated=draw(mappings_of_values(tuple(_FORM.total_of))),
        locks={cell: draw(extras()) for cell in _FORM.cells if cell in locked},
        previous=draw(st.none() | previous_years),
        notes=tuple(draw(st.lists(notes(), max_size=3))),
        unit_extra=draw(extras("name", "level")),
    )
