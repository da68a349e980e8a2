"""What differs between two reports: every place that an office fills in, with its old and new value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.cells import CellId, format_value
from model.forms import Form
from model.report import Address, Part, Report, get, same

_BEFORE = 10
"""Characters before a difference in a long text that are shown with it."""


@dataclass(frozen=True)
class Difference:
    """One place that differs; ``old`` and ``new`` are values, texts or None for blank."""

    address: Address
    label: str
    """What a person calls the place: 「一.新收·自然人」."""
    old: object
    new: object

    @property
    def place(self) -> str:
        """The place as the report file names it: ``inputs.requests.granted.natural_person``."""
        return ".".join(str(part) for part in (self.address.part.value, self.address.key) if part is not None)


def compare(form: Form, old: Report, new: Report) -> tuple[Difference, ...]:
    """Return the differences in the order of the form: cover data, texts, figures, stated totals."""
    return tuple(
        Difference(address, label, get(old, address), get(new, address))
        for address, label in _places(form)
        if not same(get(old, address), get(new, address))
    )


def show(value: object) -> str:
    """Return a value as a person reads it; blank as 空白."""
    if value is None or value == "":
        return "空白"
    return value if isinstance(value, str) else format_value(value)  # type: ignore[arg-type]  # else a value


def excerpts(old: str, new: str, most: int) -> tuple[str, str]:
    """Return two texts with ``most`` characters each, from a little before where they begin to differ."""
    if max(len(old), len(new)) <= most:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    start = max(0, place - _BEFORE)
    return _excerpt(old, start, most), _excerpt(new, start, most)


def _excerpt(text: str, start: int, most: int) -> str:
    end = start + most
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _places(form: Form) -> Iterator[tuple[Address, str]]:
    yield Address(Part.UNIT_NAME), "机关名称"
    yield Address(Part.UNIT_LEVEL), "机关层级"
    yield Address(Part.YEAR), "年份"
    for section in form.text_sections:
        yield Address(Part.TEXT, section.id), section.heading or section.short
    for cell in form.inputs:
        yield Address(Part.INPUT, cell), _label(form, cell)
    for cell in form.total_of:
        yield Address(Part.STATED, cell), f"{_label(form, cell)}（原表合计）"


def _label(form: Form, cell: CellId) -> str:
    return f"{form.table(cell.table).sheet}：{form.describe_cell(cell)}"
