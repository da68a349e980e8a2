"""When a document is final and when a 草稿: the one place that decides it."""

from __future__ import annotations

from collections.abc import Iterable

from model.finalising import kept_reason
from model.findings import Finding
from model.forms import Severity
from model.reasons import says_anything
from model.report import Report

DRAFT_MARK = "草稿"
"""What stands on every page and every sheet of a document that is not final."""


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep documents from being final: 强制, and 核实 that nobody explained."""
    return tuple(finding for finding in findings if _blocks(finding))


def _blocks(finding: Finding) -> bool:
    unexplained = finding.severity is Severity.WARNING and not finding.is_explained
    return finding.severity is Severity.ERROR or unexplained


def draft_mark(findings: Iterable[Finding], *, forced: bool = False) -> str | None:
    """Return the mark for a report's documents, or None where they are final or forced to be."""
    return DRAFT_MARK if blocking(findings) and not forced else None


def mark_of(report: Report, findings: Iterable[Finding]) -> str | None:
    """Return the mark for a report's documents as it stands; a reason kept for these figures forces them."""
    return draft_mark(findings, forced=bool(kept_reason(report)))


def blocking_text(findings: Iterable[Finding]) -> str:
    """Return what keeps documents from being final: 强制错误 2、没有说明的核实 1; empty for nothing."""
    kept = blocking(findings)
    errors = sum(finding.severity is Severity.ERROR for finding in kept)
    counts = {"强制错误": errors, "没有说明的核实": len(kept) - errors}
    return "、".join(f"{name} {number}" for name, number in counts.items() if number)


def refuse_force_reason(text: str) -> str | None:
    """Return why a text is no reason for forcing a final document, in Chinese, or None if it may be one."""
    if not any(character.isalnum() for character in text):
        return "理由不能为空"
    return None if says_anything(text) else "“核实无误”“属实”一类的话不算理由"
