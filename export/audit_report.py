"""The 审核报告: what the checks found, the reasons given, and whether the documents are final.

As a PDF it is running text, as a workbook a table; both are drawn by the pens of the report itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from export.characters import clean
from export.drafts import DRAFT_MARK, blocking_text
from export.fonts import FaceChoice
from export.layout import Block, Description, Heading, Paragraph, ParagraphStyle, Role, TableBlock, TableCell
from export.targets import allowed_name, check_target
from model import workbook_marks as marks
from model.atomic import write_atomically
from model.checks import count
from model.finalising import (
    changes_since_final,
    current_final,
    figures_mark,
    finals,
    forced_reasons,
    word_change,
)
from model.findings import Finding
from model.forms import Form, Severity
from model.report import Report

SUFFIXES = (".pdf", ".xlsx")
TITLE = "政府信息公开工作年度报告审核报告"
_NUMERALS = "一二三四五六七八九"
_COLUMNS = {"序号": 6, "级别": 7, "问题": 40, "数字": 36, "出错说明": 28, "编号": 20}
"""Columns of the table of findings, with their widths as proportions."""
_NOTHING = "没有发现问题。"


@dataclass(frozen=True)
class Audit:
    """A report as it was checked."""

    form: Form
    report: Report
    findings: tuple[Finding, ...]
    moment: datetime
    """When it was checked, with its zone."""
    reason: str = ""
    """Why the documents are final all the same, where that was said just now."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason for forced documents, with the time where it is known."""
        kept = [f"{note.at[:16].replace('T', ' ')}　{note.text}" for note in forced_reasons(self.report)]
        given_now = [self.reason] if self.reason else []
        known = {note.text for note in forced_reasons(self.report)}
        return (*kept, *(reason for reason in given_now if reason not in known))


def write_audit(audit: Audit, path: Path, faces: FaceChoice | None = None) -> tuple[str, ...]:
    """Write a 审核报告, its format chosen by suffix, and return what the person should know of it.

    ``faces`` are those the person prefers, for PDF. Raise BadTarget or CannotWrite; what stood at ``path``
    is then untouched.
    """
    check_target(path, SUFFIXES)
    notes: list[str] = []

    def write(temporary: Path) -> None:
        from export.exporting import FORMATS

        suffix = path.suffix.lower()
        description = as_text(audit) if suffix == ".pdf" else as_table(audit)
        notes.extend(FORMATS[suffix].write(description, temporary, audit.moment, faces or {}))

    write_atomically(path, write)
    return tuple(notes)


def audit_name(form: Form, report: Report, suffix: str) -> str:
    """Return the usual name of a 审核报告: 岳阳市南湖新区管委会2021年政府信息公开工作年度报告审核报告.pdf."""
    unit, rest = report.title_lines(form)
    return allowed_name(unit, f"{rest}审核报告", suffix)


# ---------------------------------------------------------------- as text


def as_text(audit: Audit) -> Description:
    """Return the 审核报告 as headings and paragraphs."""
    return _description(audit, tuple(_text_blocks(audit)))


def _text_blocks(audit: Audit) -> Iterator[Block]:
    yield Heading("verdict", "一、审核结论")
    for label, text in _facts(audit):
        yield _paragraph("verdict", f"{label}：{text}")
    parts = [severity for severity in Severity if count(audit.findings, severity)]
    for number, severity in enumerate(parts, 1):
        found = [finding for finding in audit.findings if finding.severity is severity]
        yield Heading(severity.value, f"{_NUMERALS[number]}、{severity.label}（{len(found)}）")
        for place, finding in enumerate(found, 1):
            yield from _finding_paragraphs(place, finding)
    if not parts:
        yield _paragraph("verdict", _NOTHING)


def _finding_paragraphs(number: int, finding: Finding) -> Iterator[Paragraph]:
    section = finding.severity.value
    yield _paragraph(section, f"{number}.{finding.message}")
    if finding.formula:
        yield _paragraph(section, finding.formula)
    if finding.is_explained:
        yield _paragraph(section, f"出错说明：{finding.note}")


def _paragraph(section: str, text: str) -> Paragraph:
    return Paragraph(section, ParagraphStyle.BODY, clean(" ".join(text.splitlines())).text)


# ---------------------------------------------------------------- as a table


def as_table(audit: Audit) -> Description:
    """Return the 审核报告 as facts and a table of the findings."""
    rows: list[Sequence[str]] = [tuple(_COLUMNS), *_rows(audit.findings)]
    cells = tuple(
        TableCell(row, column, 1, 1, Role.LABEL if row else Role.BAND, clean(text).text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    table = TableBlock("findings", tuple(_COLUMNS.values()), len(rows), 1, cells, label_columns=2)
    return _description(audit, (Heading("findings", "审核结果"), table))


def _rows(findings: Sequence[Finding]) -> Iterator[tuple[str, ...]]:
    for number, finding in enumerate(findings, 1):
        yield (
            str(number),
            finding.severity.label,
            finding.message,
            finding.formula,
            finding.note,
            finding.code,
        )
    if not findings:
        yield ("", "", _NOTHING, "", "", "")


# ---------------------------------------------------------------- both


def _description(audit: Audit, blocks: tuple[Block, ...]) -> Description:
    unit = (
        clean("".join(audit.report.unit_name.splitlines()).strip()).text
        or audit.report.title_lines(audit.form)[0]
    )
    lines = (unit, f"{audit.report.year or '〔年份〕'}年{TITLE}")
    names: Mapping[str, str] = {block.id: block.text for block in blocks if isinstance(block, Heading)}
    return Description(
        title="".join(lines),
        title_lines=lines,
        unit=unit,
        year=audit.report.year,
        form=audit.form.id,
        draft=None,
        blocks=blocks,
        section_names=names,
        sheet_names=names,
        cover=tuple(_facts(audit)),
    )


def _facts(audit: Audit) -> Iterator[tuple[str, str]]:
    yield "审核时间", f"{audit.moment.astimezone():%Y-%m-%d %H:%M}"
    yield marks.FORM_LABEL, f"{audit.form.name}（{audit.form.basis}）"
    yield "审核结果", _counts(audit.findings)
    yield "审核结论", _verdict(audit)
    for reason in audit.reasons:
        yield "作为正式稿的理由", clean(reason).text
    for made in finals(audit.report):
        changed = f"，改动：{'；'.join(made.changes)}" if made.changes else ""
        yield made.name, clean(f"{made.full_words}{changed}").text
    if finals(audit.report) and current_final(audit.report) is None:
        changes = [word_change(change) for change in changes_since_final(audit.form, audit.report)]
        listed = f"，改动：{'；'.join(changes)}" if changes else ""
        yield "现状", clean(f"定稿以后又有改动，还没有重新定稿{listed}").text
    yield "数据校验码", figures_mark(audit.report).removeprefix("sha256:")[:12].upper()


def _counts(findings: Sequence[Finding]) -> str:
    parts = [f"{severity.label} {count(findings, severity)}" for severity in Severity]
    explained = sum(finding.is_explained for finding in findings if finding.severity is Severity.WARNING)
    parts[1] += f"（已说明 {explained}）" if explained else ""
    return "，".join(parts)


def _verdict(audit: Audit) -> str:
    kept = blocking_text(audit.findings)
    if not kept:
        return "没有强制错误，核实都已说明，可以作为正式稿"
    if audit.reasons:
        return f"有{kept}，按所写的理由作为正式稿"
    return f"有{kept}，导出的文件带“{DRAFT_MARK}”标记"
