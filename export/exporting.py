"""Export a report: the one way for window and command line.

A document is written to a temp file beside its target, read back, compared with the report number by
number and only then put in its place. Document libraries are loaded when a document is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

from export.characters import name_characters
from export.fonts import FaceChoice
from export.layout import Description, describe
from export.outline_cache import usual_cache
from export.pdf_notes import file_sentences
from export.targets import check_target
from model.atomic import write_atomically
from model.cells import CellId, Value
from model.engine import Sheet, evaluate
from model.errors import CannotReadBack, ExportCancelled, WrittenDiffers
from model.forms import Form
from model.report import Report


@dataclass(frozen=True)
class Format:
    """A kind of document: how it is written and how its numbers are read back.

    ``write`` gets the description, a path to fill, the moment the document speaks of and the faces that
    the person prefers; it returns what the person should know, in Chinese. ``read_numbers`` returns every
    number of a form that it finds; it raises Unreadable where it can make nothing of the file.
    """

    suffix: str
    name: str
    write: Callable[[Description, Path, datetime, FaceChoice], tuple[str, ...]]
    read_numbers: Callable[[Path, Form], Mapping[CellId, Value]]


@dataclass(frozen=True)
class Exported:
    """A document that was written, and what the person should know of it."""

    path: Path
    draft: str | None
    """The mark it bears; None where it is final."""
    notes: tuple[str, ...]

    @property
    def is_final(self) -> bool:
        """Tell whether it is a final document."""
        return self.draft is None


class Watch:
    """Follows an export, and may end it; this one does neither. Called in the thread that exports."""

    def step(self, text: str) -> None:
        """Take note of what is done now, in Chinese."""

    def is_cancelled(self) -> bool:
        """Tell whether the person wants to stop."""
        return False


def export_report(  # noqa: PLR0913 - the last two are seldom given
    form: Form,
    report: Report,
    path: Path,
    *,
    draft: str | None,
    moment: datetime,
    watch: Watch | None = None,
    faces: FaceChoice | None = None,
) -> Exported:
    """Write one document, its format chosen by suffix; ``draft`` is the mark it bears or None.

    ``moment`` is the time it speaks of, with its zone: the same report, mark and moment give the same
    bytes. ``faces`` are those the person prefers, for PDF. Raise BadTarget, CannotWrite, CannotReadBack,
    WrittenDiffers or ExportCancelled; what stood at ``path`` is then untouched.
    """
    watch = watch or Watch()
    check_target(path, suffixes())
    format_ = FORMATS[path.suffix.lower()]
    description = describe(form, report, draft=draft)
    sheet = evaluate(form, report.inputs)
    notes: list[str] = []

    def write(temporary: Path) -> None:
        _take_step(watch, f"正在生成 {format_.name}")
        notes.extend(format_.write(description, temporary, moment, faces or {}))
        _take_step(watch, f"正在核对 {format_.name} 中的数字")
        _verify(form, format_, temporary, path, sheet)
        _take_step(watch, f"正在写入“{path.name}”")

    write_atomically(path, write)
    return Exported(path, draft, (*_dropped(description), *notes))


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the formats there are, in the order in which they are offered."""
    return tuple(FORMATS)


def _take_step(watch: Watch, text: str) -> None:
    if watch.is_cancelled():
        raise ExportCancelled
    watch.step(text)


def _verify(form: Form, format_: Format, written: Path, target: Path, sheet: Sheet) -> None:
    """Raise unless the document holds the numbers of the report: WrittenDiffers, which names the cells."""
    found = _read_back(format_, written, target, form)
    wrong = tuple(cell for cell in form.cells if cell not in found or found[cell] != sheet[cell])
    if wrong:
        raise WrittenDiffers(target, tuple(form.describe_cell(cell) for cell in wrong))


def _read_back(format_: Format, written: Path, target: Path, form: Form) -> Mapping[CellId, Value]:
    try:
        return format_.read_numbers(written, form)
    except Unreadable as failure:
        raise CannotReadBack(target, str(failure)) from failure


class Unreadable(Exception):
    """A written document of which its reader can make nothing: a fault of ours; the cause is chained."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}：{cause}")


def _dropped(description: Description) -> Iterator[str]:
    if description.dropped:
        yield f"文字中有文件不能容纳的控制字符，已略去：{name_characters(description.dropped)}。"


def _write_excel(
    description: Description, path: Path, moment: datetime, _faces: FaceChoice
) -> tuple[str, ...]:
    from export.excel import write_excel

    return write_excel(description, path, moment)


def _read_excel(path: Path, _form: Form) -> Mapping[CellId, Value]:
    from export.excel_reading import read_excel_numbers

    try:
        return read_excel_numbers(path)
    except (BadZipFile, KeyError, ValueError) as failure:
        raise Unreadable(failure) from failure


def _write_pdf(description: Description, path: Path, moment: datetime, faces: FaceChoice) -> tuple[str, ...]:
    from export.pdf import write_pdf

    written = write_pdf(description, path, saved=moment, choice=faces, cache=usual_cache())
    return tuple(file_sentences(written))


def _read_pdf(path: Path, _form: Form) -> Mapping[CellId, Value]:
    from pypdfium2 import PdfiumError

    from export.pdf_reading import read_pdf_numbers

    try:
        return read_pdf_numbers(path)
    except (PdfiumError, ValueError) as failure:
        raise Unreadable(failure) from failure


def _write_word(
    description: Description, path: Path, moment: datetime, _faces: FaceChoice
) -> tuple[str, ...]:
    from export.word import write_word

    return write_word(description, path, moment)


def _read_word(path: Path, form: Form) -> Mapping[CellId, Value]:
    from xml.etree.ElementTree import ParseError

    from export.word_numbers import read_word_numbers

    try:
        return read_word_numbers(path, form.cells)
    except (BadZipFile, KeyError, ParseError, ValueError) as failure:
        raise Unreadable(failure) from failure


def _write_html(
    description: Description, path: Path, moment: datetime, _faces: FaceChoice
) -> tuple[str, ...]:
    from export.html import write_html

    return write_html(description, path, moment)


def _read_html(path: Path, _form: Form) -> Mapping[CellId, Value]:
    from export.html_reading import read_html_numbers

    try:
        return read_html_numbers(path)
    except ValueError as failure:
        raise Unreadable(failure) from failure


FORMATS: Mapping[str, Format] = {
    format_.suffix: format_
    for format_ in (
        Format(".pdf", "PDF 文件", _write_pdf, _read_pdf),
        Format(".xlsx", "Excel 工作簿", _write_excel, _read_excel),
        Format(".docx", "Word 文档", _write_word, _read_word),
        Format(".html", "网页文件", _write_html, _read_html),
    )
}
"""Every format by its suffix, in the order in which they are offered."""
