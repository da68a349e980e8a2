"""What can still be read of a damaged report file, and a list of what was lost.

Each value is taken only where the strict reader would take it; nothing is guessed or mended. A text
that was cut off is given as far as it goes, and listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from model.catalogue import form_for_year, form_ids, load_form
from model.errors import FileError
from model.forms import Form
from model.loose_json import LOST_CHARACTER, Loose, Loss, parse_loosely
from model.report import Report
from model.report_file import FORMAT, KEYS, VERSION, MisplacedError, from_json
from model.storage import read_content
from model.strict_json import Json

_CELLS = ("inputs", "stated")
_MOST_LOSSES = 200
"""After so many the file is hardly a report, and naming more helps nobody."""


@dataclass(frozen=True)
class Salvaged:
    """A report made of what could be read; ``report.modified_outside`` is set where anything was lost."""

    report: Report
    lost: tuple[Loss, ...]
    values: int
    """How many cells, texts and cover data were read."""


def salvage(path: Path) -> Salvaged | None:
    """Return what can be read of a report file; None where that is nothing, or it is none of ours."""
    try:
        content = read_content(path)
    except FileError:  # nothing can be read: opening it has said so already
        return None
    return salvage_content(content)


def salvage_content(content: bytes) -> Salvaged | None:
    """Return what can be read of a report file's content; see :func:`salvage`."""
    loose = parse_loosely(content.decode("utf-8-sig", "replace"), KEYS)
    if not _may_be_ours(loose.value):
        return None
    form = _form_of(loose)
    report = _Collector(form, loose).collect()
    values = _count(report)
    if values == 0:
        return None
    lost = tuple(dict.fromkeys(loose.losses))
    is_doubtful = bool(lost) or report.modified_outside
    return Salvaged(replace(report, modified_outside=is_doubtful), lost, values)


def _may_be_ours(data: dict[str, Json]) -> bool:
    """Tell whether nothing speaks against a report of this version; what is lost does not."""
    version = data.get("version", VERSION)
    return data.get("format", FORMAT) == FORMAT and type(version) is int and 1 <= version <= VERSION


def _form_of(loose: Loose) -> Form:
    named = loose.value.get("form")
    if isinstance(named, str) and named in form_ids():
        return load_form(named)
    year = loose.value.get("year")
    form = form_for_year(year if type(year) is int else date.today().year)
    loose.losses.append(Loss("form", f"读不出是哪一版格式，按{form.name}读取，请核对"))
    return form


def _count(report: Report) -> int:
    """Return how many cells, texts and cover data a report holds."""
    cover = (report.year, report.unit_name or None, report.unit_level)
    return len(report.inputs) + len(report.stated) + len(report.texts) + 3 - cover.count(None)


def _nested(part: str, path: tuple[str, ...], value: Json) -> dict[str, Json]:
    """Return a file's content that holds nothing but ``value`` at one place."""
    for name in reversed(path):
        value = {name: value}
    return {part: value}


class _Collector:
    """Takes the parts of a report one by one, each as strictly as if it stood alone."""

    def __init__(self, form: Form, loose: Loose) -> None:
        self._data = loose.value
        self._loose = loose
        self._head: dict[str, Json] = {"format": FORMAT, "version": VERSION, "form": form.id}

    def collect(self) -> Report:
        """Return the report made of all that is understood."""
        whole: dict[str, Json] = dict(self._head)
        if self._takes("year", {"year": self._data.get("year")}):
            whole["year"] = self._data.get("year")
        whole["unit"] = self._take_each("unit", ("unit",))
        whole["texts"] = self._take_each("texts", ("texts",))
        for part in _CELLS:
            self._remove_partial(self._group(part), part)
            whole[part] = self._take_cells(part, (), self._group(part))
        for part in ("previous", "locks", "notes"):
            whole[part] = self._take_whole(part)
        for key in self._data.keys() - set(KEYS):
            self._lose(key, "不认识这一项")
        return self._with_checksum(whole)

    def _with_checksum(self, whole: dict[str, Json]) -> Report:
        """Read the result; where nothing at all was lost the checksum still has its say."""
        report = from_json(whole)
        if self._loose.losses or "checksum" not in self._data:
            return report
        try:
            return replace(report, modified_outside=from_json(self._data).modified_outside)
        except MisplacedError as failure:
            self._lose(failure.place, failure.reason)
            return report

    def _lose(self, place: str, reason: str) -> None:
        self._loose.losses.append(Loss(place, reason))

    def _takes(self, place: str, alone: dict[str, Json]) -> bool:
        """Tell whether the strict reader takes a part by itself; note the loss where it does not."""
        failure = self._refusal(alone)
        if failure is not None:
            self._lose(failure.place or place, failure.reason)
        return failure is None

    def _refusal(self, alone: dict[str, Json]) -> MisplacedError | None:
        try:
            from_json({**self._head, **alone})
        except MisplacedError as failure:
            return failure
        return None

    def _group(self, part: str) -> dict[str, Json]:
        """Return a part that should hold names and values; empty where it does not."""
        value = self._data.get(part)
        if value is not None and not isinstance(value, dict):
            self._lose(part, "这里应当是一组键值")
        return value if isinstance(value, dict) else {}

    def _take_each(self, part: str, place: tuple[str, ...]) -> Json:
        """Take the texts of a part one by one; what lost characters is taken and listed."""
        taken: dict[str, Json] = {}
        for key, value in self._group(part).items():
            at = ".".join((*place, key))
            if self._takes(at, {part: {key: value}}):
                taken[key] = value
                if isinstance(value, str) and LOST_CHARACTER in value:
                    self._lose(at, "有的字被改坏了")
        return taken

    def _take_cells(self, part: str, path: tuple[str, ...], value: Json) -> Json:
        """Take what stands at ``table.row.column`` or above it: whole if it can be, else piece by piece.

        None (blank) stands for what is not understood.
        """
        if value and len(self._loose.losses) >= _MOST_LOSSES:
            self._lose(part, "读不懂的地方太多，后面的没有再读")
            return None
        failure = self._refusal(_nested(part, path, value))
        if failure is None:
            return value
        if isinstance(value, dict) and len(path) < 3:
            failure = self._refusal(_nested(part, path, {}))
            if failure is None:
                return self._take_pieces(part, path, value)
        self._lose(failure.place, failure.reason)
        return None

    def _take_pieces(self, part: str, path: tuple[str, ...], value: dict[str, Json]) -> Json:
        taken = {name: self._take_cells(part, (*path, name), inner) for name, inner in value.items()}
        return {name: inner for name, inner in taken.items() if inner is not None} or None

    def _remove_partial(self, value: dict[str, Json], place: str) -> None:
        """Drop amounts that were cut off: 12.5 may have been 12.55."""
        for name, inner in tuple(value.items()):
            at = f"{place}.{name}"
            if isinstance(inner, dict):
                self._remove_partial(inner, at)
            elif at in self._loose.partial:
                del value[name]

    def _take_whole(self, part: str) -> Json:
        """Take a part only where all of it is there: half of it would say something else."""
        value = self._data.get(part)
        if value is None:
            return None
        if any(place == part or place.startswith((f"{part}.", f"{part}[")) for place in self._loose.partial):
            self._lose(part, "只剩一部分，没有采用")
            return None
        return value if self._takes(part, {part: value}) else None
