"""Check that the program is whole: every form, the samples, and every format written and read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import resources
from export.drafts import draft_mark
from export.exporting import FORMATS, Exported, export_report, suffixes
from export.findings_text import counts_line
from model import storage
from model.catalogue import form_ids, load_form
from model.checks import review
from model.places import REPORT_SUFFIX

_MOMENT = datetime(2022, 1, 20, tzinfo=UTC)


def run() -> Iterator[str]:
    """Yield a line in Chinese for each thing found in order; raise AppError for the first that is not."""
    for id_ in form_ids():
        form = load_form(id_)
        yield f"格式 {form.name}：{len(form.cells)} 格、{len(form.checks) + len(form.rules)} 条审核规则"
    for name in resources.names("samples", REPORT_SUFFIX):
        yield from _try_sample(name)


def _try_sample(name: str) -> Iterator[str]:
    report = storage.load(resources.path("samples", f"{name}{REPORT_SUFFIX}"))
    form = load_form(report.form)
    findings = review(form, report)
    yield f"示例 {name}：{counts_line(findings)}"
    with TemporaryDirectory(prefix="xxgk-") as folder:
        mark = draft_mark(findings, forced=False)
        for suffix in suffixes():
            target = Path(folder, f"{name}{suffix}")
            yield _describe(export_report(form, report, target, draft=mark, moment=_MOMENT))


def _describe(outcome: Exported) -> str:
    format_ = FORMATS[outcome.path.suffix]
    return f"{format_.name}：{outcome.path.stat().st_size} 字节，数字读回一致"
