"""Bring a report from a backup, a recovery copy or a damaged file back into a document: as one edit.

Nothing is written: the person sees what changed, may undo it, and saves when content.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.catalogue import load_form
from model.comparison import Difference, compare
from model.document import Change, Document
from model.report import Address, Part, Report, get, same

_MAPPINGS = (Part.INPUT, Part.TEXT, Part.STATED, Part.LOCK)
_WHOLE = (Part.UNIT_NAME, Part.UNIT_LEVEL, Part.YEAR, Part.PREVIOUS, Part.NOTES)


@dataclass(frozen=True)
class Differences:
    """What differs between two reports, counted for a line and listed for a look."""

    items: tuple[Difference, ...]

    @property
    def cells(self) -> int:
        """How many cells of the tables differ, stated totals included."""
        return sum(item.address.part in (Part.INPUT, Part.STATED) for item in self.items)

    @property
    def texts(self) -> int:
        """How many sections of text differ."""
        return sum(item.address.part is Part.TEXT for item in self.items)

    @property
    def summary(self) -> str:
        """One phrase: 3 个单元格、1 段文字、单位信息."""
        cover = len(self.items) - self.cells - self.texts
        parts = [f"{self.cells} 个单元格"] * bool(self.cells) + [f"{self.texts} 段文字"] * bool(self.texts)
        return "、".join(parts + ["单位信息"] * bool(cover)) or "没有不同"


def differences(old: Report | None, new: Report) -> Differences:
    """Return what differs; an ``old`` that is missing or of another edition counts as blank."""
    if old is None or old.form != new.form:
        old = Report(form=new.form)
    return Differences(compare(load_form(new.form), old, new))


def patch(old: Report, new: Report) -> dict[Address, object]:
    """Return the edit that turns one report into another of the same edition."""
    addresses = [Address(part) for part in _WHOLE]
    for part in _MAPPINGS:
        keys = {**getattr(old, part.value), **getattr(new, part.value)}
        addresses += [Address(part, key) for key in keys]
    wanted = {address: get(new, address) for address in addresses}
    return {address: value for address, value in wanted.items() if not same(get(old, address), value)}


def restore(document: Document, report: Report, label: str = "恢复") -> Change | None:
    """Make a document hold another report of its edition, as one undo step; None where it does already.

    Raise ValueError where the editions differ: the report then needs a document of its own.
    """
    if report.form != document.form.id:
        raise ValueError(f"report of {report.form} for a document of {document.form.id}")
    wanted = patch(document.report, report)
    if wanted and report.modified_outside:
        document.doubt()
    return document.apply(label, wanted)


def open_as_edit(report: Report, saved: Report | None, path: Path | None) -> Document:
    """Return a document of ``path`` in which the report is one edit of what is saved.

    So it counts as changed, and undo shows what the file holds; where there is no such file (``saved``
    is None) or it is of another edition, what a blank report holds.
    """
    if saved is None or saved.form != report.form:
        saved = Report(report.form, unit_extra=report.unit_extra, modified_outside=report.modified_outside)
    document = Document(load_form(report.form), saved, path)
    restore(document, report)
    return document
