"""填报说明: everything the form says about filling it in, as entries to read and to search. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model.forms import Block, Form, Row, Section
from model.pasting import normalise


@dataclass(frozen=True)
class Entry:
    """What belongs into one section or one row, in our own words, and the clause it comes from."""

    section: str
    row: str
    """The row's id; empty for a section."""
    title: str
    group: str
    """The labels above a row: its band and its groups; empty where there are none."""
    help: str
    basis: str

    @property
    def is_section(self) -> bool:
        """Tell whether the entry heads a section."""
        return not self.row


def entries(form: Form) -> tuple[Entry, ...]:
    """Return the guide in the order of the form: each section, and below a table's its rows."""
    return tuple(entry for section in form.sections for entry in _of_section(form, section))


def matching(guide: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """Return the entries that hold every word of a text; all of them for an empty one."""
    words = [normalise(word) for word in text.split()]
    return tuple(entry for entry in guide if all(word in _searched(entry) for word in words))


def _searched(entry: Entry) -> str:
    return normalise(f"{entry.title} {entry.group} {entry.help} {entry.basis}")


def _of_section(form: Form, section: Section) -> Iterator[Entry]:
    yield Entry(section.id, "", section.heading or section.short, "", section.help, section.basis)
    if section.table is not None:
        for block in form.table(section.table).blocks:
            for row in block.rows:
                yield _of_row(section, block, row)


def _of_row(section: Section, block: Block, row: Row) -> Entry:
    above = [block.title or "", *(group.label for group in row.groups)]
    group = "　".join(label for label in above if label)
    return Entry(section.id, row.id, row.label, group, row.help, row.basis)
