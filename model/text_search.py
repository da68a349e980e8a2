"""Find and replace in what a report says in words: the unit's name and the texts. Literal; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.forms import Form
from model.report import Address, Part, Report, get


class Hit(NamedTuple):
    """Where a text that is looked for stands; the characters are counted from 0."""

    address: Address
    start: int


class Replacement(NamedTuple):
    """What replacing everywhere comes to: the new values, and how often in which place."""

    new: Mapping[Address, str]
    counts: Mapping[str, int]
    """By the name of the place, in the order of the report; only places where something is replaced."""

    @property
    def line(self) -> str:
        """Say it in one line."""
        places = "，".join(f"{name} {count}" for name, count in self.counts.items())
        return f"替换 {sum(self.counts.values())} 处：{places}"


def places(form: Form) -> tuple[Address, ...]:
    """Return the places that hold words, in the order of the report."""
    return (Address(Part.UNIT_NAME), *(Address(Part.TEXT, section.id) for section in form.text_sections))


def words(report: Report, address: Address) -> str:
    """Return what stands at a place that holds words."""
    held = get(report, address)
    assert isinstance(held, str)
    return held


def find(form: Form, report: Report, wanted: str) -> tuple[Hit, ...]:
    """Return where a text stands, in the order of the report; nothing for an empty one."""
    return tuple(
        Hit(place, start) for place in places(form) for start in _starts(words(report, place), wanted)
    )


def replace_one(report: Report, hit: Hit, wanted: str, by: str) -> str:
    """Return the text at a hit's place with another text there."""
    held = words(report, hit.address)
    return held[: hit.start] + by + held[hit.start + len(wanted) :]


def replace_all(form: Form, report: Report, wanted: str, by: str) -> Replacement:
    """Return what is new when every find is replaced; a text found overlapping itself is taken once."""
    new: dict[Address, str] = {}
    counts: dict[str, int] = {}
    for place in places(form):
        held = words(report, place)
        count = held.count(wanted) if wanted else 0
        if count:
            new[place] = held.replace(wanted, by)
            counts[_name(form, place)] = count
    return Replacement(new, counts)


def _starts(held: str, wanted: str) -> Iterator[int]:
    start = held.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = held.find(wanted, start + len(wanted))


def _name(form: Form, place: Address) -> str:
    """Return the name of a place as one writes it, with a 、 between number and title."""
    if place.part is Part.UNIT_NAME:
        return "机关名称"
    return form.section(str(place.key)).short.replace(" ", "、", 1)
