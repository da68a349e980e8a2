"""The commands that read one report file: check it, export it, write its 审核报告.

A report file is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from export.arguments import FAILED, FINDINGS, FINE, Parser, UsageError
from export.comparison_command import with_last_year
from export.console import say, say_error
from export.drafts import blocking, blocking_text, draft_mark, refuse_force_reason
from export.exporting import export_report
from export.face_choices import NotAChoice, typed_choice
from export.findings_text import as_json, as_lines, counts_line
from export.fonts import FaceChoice
from export.layout import Description, describe
from export.outline_cache import usual_cache
from export.pdf_notes import page_sentences
from export.targets import is_same_file
from model.catalogue import load_form
from model.checks import count, review
from model.errors import AppError, BadTarget, CannotRead
from model.finalising import kept_reason
from model.findings import Finding
from model.forms import Form, Severity
from model.leftovers import sweep
from model.report import Report


def check(arguments: Sequence[str]) -> int:
    """List the findings on a report; return 1 where there are 强制 ones."""
    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--previous")
    options = parser.parse(arguments)
    opened = _open(options.file, options.previous)
    if options.json:
        say(as_json(opened.findings))
    else:
        say(opened.report.title(opened.form))
        say(counts_line(opened.findings))
        _say_all(as_lines(opened.findings))
    return opened.exit_code


def export(arguments: Sequence[str]) -> int:
    """Write documents; return 1 where one bears the 草稿 mark, 2 where one was not written."""
    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("outputs", nargs="+", metavar="输出文件")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--reason")
    parser.add_argument("--face", action="append", default=[])
    options = parser.parse(arguments)
    paths = [Path(output) for output in options.outputs]
    faces = _faces(options.face)
    if faces and not _has_pdf(paths):
        raise UsageError("--face 只用于 PDF，而输出文件里没有 PDF")
    _require_reason(force=options.force, reason=options.reason)
    opened = _open(options.file)
    reason = options.reason or kept_reason(opened.report)
    mark = draft_mark(opened.findings, forced=bool(reason))
    _say_standing(opened.findings, mark, reason)

    def write(path: Path) -> _Written:
        done = export_report(opened.form, opened.report, path, draft=mark, moment=opened.moment, faces=faces)
        said = f"已导出{'' if done.draft is None else f'（{done.draft}）'}：{path}"
        return _Written(said, done.notes, FINE if done.is_final else FINDINGS)

    told = _say_pages(describe(opened.form, opened.report, draft=None), faces) if _has_pdf(paths) else ()
    return _write_each(opened.path, paths, write, told)


def audit(arguments: Sequence[str]) -> int:
    """Write the 审核报告; return 1 where there are 强制 findings, 2 where one was not written."""
    from export.audit_report import Audit, as_text, write_audit

    parser = Parser()
    parser.add_argument("file", metavar="年报文件")
    parser.add_argument("outputs", nargs="+", metavar="审核报告")
    parser.add_argument("--reason")
    options = parser.parse(arguments)
    paths = [Path(output) for output in options.outputs]
    _require_sound(options.reason)
    opened = _open(options.file)
    now = datetime.now().astimezone()
    made = Audit(opened.form, opened.report, opened.findings, now, (options.reason or "").strip())

    def write(path: Path) -> _Written:
        return _Written(f"已写出审核报告：{path}", write_audit(made, path), opened.exit_code)

    told = _say_pages(as_text(made), {}) if _has_pdf(paths) else ()
    return _write_each(opened.path, paths, write, told)


# ---------------------------------------------------------------- the report


@dataclass(frozen=True)
class _Opened:
    """A report as read from a file, with its findings."""

    path: Path
    form: Form
    report: Report
    findings: tuple[Finding, ...]
    moment: datetime
    """When the file was last saved."""

    @property
    def exit_code(self) -> int:
        return FINDINGS if count(self.findings, Severity.ERROR) else FINE


def _open(name: str, previous: str | None = None) -> _Opened:
    from model import storage

    path = Path(name)
    report = storage.load(path)
    if previous is not None:
        report = with_last_year(report, Path(previous))
    form = load_form(report.form)
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as failure:
        raise CannotRead(path, failure) from failure
    except (ValueError, OverflowError):  # its disk gives a time of no calendar
        moment = datetime.now(UTC)
    return _Opened(path, form, report, review(form, report), moment)


def _require_reason(*, force: bool, reason: str | None) -> None:
    if force and reason is None:
        raise UsageError("--force 要同时用 --reason 写明理由")
    if reason is not None and not force:
        raise UsageError("--reason 只能与 --force 一起使用")
    _require_sound(reason)


def _require_sound(reason: str | None) -> None:
    refusal = refuse_force_reason(reason) if reason is not None else None
    if refusal is not None:
        raise UsageError(refusal)


def _faces(words: Sequence[str]) -> FaceChoice:
    try:
        return typed_choice(words)
    except NotAChoice as failure:
        raise UsageError(str(failure)) from failure


def _has_pdf(paths: Iterable[Path]) -> bool:
    return any(path.suffix.lower() == ".pdf" for path in paths)


# ---------------------------------------------------------------- what is written and said


class _Written(NamedTuple):
    """What writing one document came to."""

    said: str
    notes: tuple[str, ...]
    """What the person should know of it."""
    exit_code: int


def _write_each(
    file: Path, paths: Sequence[Path], write: Callable[[Path], _Written], told: Sequence[str]
) -> int:
    """Write documents, each whatever becomes of the others; return the gravest exit code.

    ``told`` is what was said of their pages already.
    """
    codes = []
    for number, path in enumerate(paths):
        try:
            _refuse_conflict(file, path, paths[:number])
            sweep(path.parent)  # what a command that was killed left there
            written = write(path)
        except AppError as failure:
            say_error(str(failure))
            codes.append(FAILED)
            continue
        say(written.said)
        _say_all(f"  注意：{note}" for note in written.notes if note not in told)
        codes.append(written.exit_code)
    return max(codes)


def _refuse_conflict(file: Path, path: Path, earlier: Iterable[Path]) -> None:
    """Raise BadTarget for a target that would overwrite the report or a document just written."""
    if is_same_file(file, path):
        raise BadTarget(path, "这就是年报文件本身，不能覆盖")
    if any(is_same_file(other, path) for other in earlier):
        raise BadTarget(path, "前面已有同一个输出文件")


def _say_pages(description: Description, faces: FaceChoice) -> Sequence[str]:
    """Say before anything is written what will not be printed as it was written; return what was said."""
    from export.pdf import page_notes

    sentences = tuple(page_sentences(page_notes(description, choice=faces, cache=usual_cache())))
    _say_all(f"注意：{sentence}" for sentence in sentences)
    return sentences


def _say_standing(findings: Sequence[Finding], mark: str | None, reason: str) -> None:
    kept = blocking(findings)
    if not kept:
        return
    say(counts_line(findings))
    _say_all(as_lines(kept))
    forced = f"按理由不加草稿标记：{reason}"
    say(forced if mark is None else f"现有{blocking_text(kept)}，导出的文件带有“{mark}”标记。")


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
