"""When a document is final and when a 草稿: the one place that decides it."""

from __future__ import annotations

from collections.abc import Iterable

from model.findings import Finding
from model.forms import Severity

DRAFT_MARK = "草稿"
"""What stands on every page and every sheet of a document that is not final."""


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep a report's documents from being final."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def draft_mark(findings: Iterable[Finding], *, forced: bool = False) -> str | None:
    """Return the mark for a report's documents, or None where they are final or forced to be."""
    return DRAFT_MARK if blocking(findings) and not forced else None


def refuse_force_reason(text: str) -> str | None:
    """Return why a text is no reason for forcing a final document, in Chinese, or None if it may be one."""
    return None if any(character.isalnum() for character in text) else "理由不能为空"
