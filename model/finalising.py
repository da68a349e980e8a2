"""定稿, 更正 and forced final documents: what was decided about a report, by whom and when.

A 定稿 freezes what documents show of a report: the mark of its figures and texts tells any later change,
and a copy of them tells which. A report that is made final again after a change is a 更正. All of it
is kept as notes with codes of our own, which version 1 of the file holds already.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from model.forms import Form
from model.report import Note, Part, Report
from model.report_file import MisplacedError, from_json, to_json

if TYPE_CHECKING:
    from model.comparison import Difference

FINAL = "report.final"
FORCED = "export.forced"
LONGEST_NAME = 20
"""Characters of a printed name: it shares the foot of a page with time, mark and page number."""


class Standing(Enum):
    """How a report stands with its 定稿."""

    OPEN = "未定稿"
    FINAL = "已定稿"
    CHANGED = "更正中"


class Final(NamedTuple):
    """One 定稿 or 更正."""

    number: int
    """0 for the 定稿, 1 for the first 更正 and so on."""
    at: str
    """When, as ISO 8601 with zone."""
    who: str
    figures: str
    """The mark of all that documents showed: ``sha256:…``."""
    changes: tuple[str, ...]
    """What a 更正 changed, in words."""
    is_signed: bool = False
    """Whether documents for the public name who made it."""

    @property
    def name(self) -> str:
        """What it is called: 定稿, 更正, 第 2 次更正."""
        if not self.number:
            return "定稿"
        return "更正" if self.number == 1 else f"第 {self.number} 次更正"

    @property
    def short_mark(self) -> str:
        """The first characters of the mark, for print."""
        return self.figures.removeprefix("sha256:")[:12].upper()

    @property
    def date(self) -> str:
        """The day and the minute as a person reads them."""
        return self.at[:16].replace("T", " ")

    @property
    def public_words(self) -> str:
        """What documents say of it, with the name only where wanted: 2024-01-20 10:30　张三　校验码 0F12…."""
        name = [self._name_to_print] if self.is_signed else []
        return "　".join([self.date, *name, f"校验码 {self.short_mark}"])

    @property
    def _name_to_print(self) -> str:
        return self.who if len(self.who) <= LONGEST_NAME else f"{self.who[: LONGEST_NAME - 1]}…"

    @property
    def full_words(self) -> str:
        """What the office itself is told of it: 2024-01-20 10:30，张三，校验码 0F12…."""
        return f"{self.date}，{self.who}，校验码 {self.short_mark}"


def figures_mark(report: Report) -> str:
    """Return the mark of all that documents show of a report; notes, locks and last year do not count."""
    return str(to_json(_shown(report))["checksum"])


def finals(report: Report) -> tuple[Final, ...]:
    """Return the 定稿 of a report and each 更正, in order."""
    notes = (note for note in report.notes if note.code == FINAL)
    return tuple(_final(number, note) for number, note in enumerate(notes))


def standing(report: Report) -> Standing:
    """Tell whether a report is final, and whether it has been changed since."""
    made = finals(report)
    if not made:
        return Standing.OPEN
    return Standing.FINAL if made[-1].figures == figures_mark(report) else Standing.CHANGED


def current_final(report: Report) -> Final | None:
    """Return the 定稿 or 更正 that the report still is; None where it is open or changed since."""
    made = finals(report)
    return made[-1] if made and made[-1].figures == figures_mark(report) else None


def changes_since_final(form: Form, report: Report) -> tuple[Difference, ...]:
    """Return what differs from the last 定稿; nothing where there is none, or no copy of it."""
    from model.comparison import compare

    kept = [note for note in report.notes if note.code == FINAL]
    former = _content(kept[-1]) if kept else None
    return compare(form, former, _shown(report)) if former and former.form == report.form else ()


def word_change(change: Difference) -> str:
    """Return a change in one line: 表三：一、本年新收·自然人：63 改为 64."""
    from model.comparison import show

    if change.address.part is Part.TEXT:
        return f"{change.label}：文字有改动"
    return f"{change.label}：{show(change.old)} 改为 {show(change.new)}"


def with_final(
    form: Form, report: Report, who: str, at: datetime, *, is_signed: bool = True
) -> tuple[Note, ...]:
    """Return the report's notes with a 定稿 of its present figures; after changes it is a 更正.

    ``is_signed`` has documents for the public name who made it.

    Raise ValueError for a blank name and where the report is final as it stands.
    """
    if not who.strip():
        raise ValueError("no name")
    if current_final(report):
        raise ValueError("already final")
    changes = [word_change(change) for change in changes_since_final(form, report)]
    notes = tuple(_without_content(note) for note in report.notes)
    text = "更正" if finals(report) else "定稿"
    extra: Mapping[str, object] = {
        "who": who.strip(),
        "signed": is_signed,
        "figures": figures_mark(report),
        **({"changes": changes} if changes else {}),
        "content": to_json(_shown(report)),
    }
    return (*notes, Note(FINAL, (), (), text, at.isoformat(timespec="seconds"), extra))


def with_force(report: Report, reason: str, at: datetime) -> tuple[Note, ...]:
    """Return the report's notes with the reason for which its documents were forced to be final.

    The same reason for the same figures is kept once.
    """
    figures = figures_mark(report)
    others = tuple(note for note in report.notes if not _is_force(note, reason, figures))
    note = Note(FORCED, (), (), reason.strip(), at.isoformat(timespec="seconds"), {"figures": figures})
    return (*others, note)


def forced_reasons(report: Report) -> tuple[Note, ...]:
    """Return the reasons for forced documents that are kept with a report, in order."""
    return tuple(note for note in report.notes if note.code == FORCED)


def kept_reason(report: Report) -> str:
    """Return the reason that was given for forcing documents of just these figures; empty for none."""
    reasons = forced_reasons(report)
    if not reasons:
        return ""
    figures = figures_mark(report)
    return next((note.text for note in reversed(reasons) if note.extra.get("figures") == figures), "")


# ---------------------------------------------------------------- within


def _shown(report: Report) -> Report:
    """Return just what documents show."""
    return Report(
        form=report.form,
        year=report.year,
        unit_name=report.unit_name,
        unit_level=report.unit_level,
        inputs=report.inputs,
        texts=report.texts,
    )


def _final(number: int, note: Note) -> Final:
    changes = note.extra.get("changes")
    listed = tuple(str(change) for change in changes) if isinstance(changes, list) else ()
    who, figures = note.extra.get("who", ""), note.extra.get("figures", "")
    is_signed = note.extra.get("signed") is True
    return Final(number, note.at, str(who), str(figures), listed, is_signed)


def _content(note: Note) -> Report | None:
    """Return the copy that a 定稿 keeps; None where somebody else wrote something else there."""
    content = note.extra.get("content")
    if not isinstance(content, dict):
        return None
    try:
        return from_json(content)
    except MisplacedError:
        return None


def _without_content(note: Note) -> Note:
    """Return a former 定稿 without its copy: what changed since stands in the one after it."""
    if note.code != FINAL:
        return note
    kept = {key: value for key, value in note.extra.items() if key != "content"}
    return Note(note.code, note.cells, note.values, note.text, note.at, kept)


def _is_force(note: Note, reason: str, figures: str) -> bool:
    same = note.text == reason.strip() and note.extra.get("figures") == figures
    return note.code == FORCED and same
