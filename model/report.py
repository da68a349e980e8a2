"""A report: an immutable value with what an office states, and nothing that is computed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from model.cells import CellId, Value
from model.forms import Form

NOTHING: Mapping[CellId, Value] = MappingProxyType({})


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"))
"""Kinds of characters that print nothing: controls, marks of direction, halves of characters, spaces."""


@dataclass(frozen=True)
class Note:
    """A 出错说明: the reason given for a finding, valid while the cells hold these values in both years."""

    code: str
    cells: tuple[CellId, ...]
    values: tuple[Value, ...]
    text: str
    at: str
    extra: Mapping[str, object] = field(default_factory=dict)
    """Keys of the file that this version does not know; kept."""
    previous: Mapping[CellId, Value] | None = None
    """Last year's values that the finding was about; None where the note does not say."""


@dataclass(frozen=True)
class Previous:
    """Last year's figures, kept in this year's file so that findings are the same on every PC."""

    form: str
    year: int
    inputs: Mapping[CellId, Value]


@dataclass(frozen=True)
class Report:
    """One report. Mappings are never changed in place; blank inputs are absent from ``inputs``."""

    form: str
    year: int | None = None
    unit_name: str = ""
    unit_level: str | None = None
    inputs: Mapping[CellId, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[CellId, Value] = field(default_factory=dict)
    """Totals as a source printed them, until the person accepts the computed ones."""
    locks: Mapping[CellId, Mapping[str, object]] = field(default_factory=dict)
    """Cells taken from last year, with what the file says of each lock."""
    previous: Previous | None = None
    notes: tuple[Note, ...] = ()
    unit_extra: Mapping[str, object] = field(default_factory=dict)
    modified_outside: bool = field(default=False, compare=False)
    """The checksum in the file did not match what the file held."""

    @property
    def is_named(self) -> bool:
        """Tell whether the unit's name holds anything that can be seen."""
        return any(unicodedata.category(char) not in _UNSEEN for char in self.unit_name)

    def title(self, form: Form) -> str:
        """Return (机关名称)(年份)年政府信息公开工作年度报告, with 〔…〕 for what is missing."""
        return "".join(self.title_lines(form))

    def title_lines(self, form: Form) -> tuple[str, str]:
        """Return the title broken by meaning: the unit's name, then year and kind of document."""
        name = self.unit_name.strip() if self.is_named else "〔机关名称〕"
        return name, f"{self.year or '〔年份〕'}年{form.title}"


class Part(Enum):
    """The parts of a report that an edit may address; those with a key are mappings."""

    INPUT = "inputs"
    TEXT = "texts"
    STATED = "stated"
    LOCK = "locks"
    UNIT_NAME = "unit_name"
    UNIT_LEVEL = "unit_level"
    YEAR = "year"
    PREVIOUS = "previous"
    NOTES = "notes"


class Address(NamedTuple):
    """One place in a report: a part, and within a mapping its key (a cell or a section's id)."""

    part: Part
    key: CellId | str | None = None


def get(report: Report, address: Address) -> object:
    """Return what stands at an address; None (or an empty text) where nothing does."""
    held = getattr(report, address.part.value)
    if address.key is None:
        return held
    return held.get(address.key, "" if address.part is Part.TEXT else None)


def put(report: Report, new: Mapping[Address, object]) -> Report:
    """Return the report with new values at some addresses. None (or an empty text) removes a key."""
    fields: dict[str, object] = {}
    for address, value in new.items():
        name = address.part.value
        if address.key is None:
            fields[name] = value
            continue
        held = fields.setdefault(name, dict(getattr(report, name)))
        assert isinstance(held, dict)
        if value is None or value == "":
            held.pop(address.key, None)
        else:
            held[address.key] = value
    return replace(report, **fields)  # type: ignore[arg-type]  # names and types come from Part


def same(one: object, other: object) -> bool:
    """Tell whether two values are one and the same for the clerk: 12.50 is not 12.5, blank not 0."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one.as_tuple() == other.as_tuple()
    return one == other
