"""Findings as lines for people and as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from model.cells import Value
from model.checks import count
from model.findings import Finding
from model.forms import Severity


def counts_line(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity: 强制 2 · 核实 0 · 提示 3."""
    return " · ".join(f"{severity.label} {count(findings, severity)}" for severity in Severity)


def as_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield each finding on a line; below it its formula, what it follows from and its 出错说明."""
    for finding in findings:
        yield f"[{finding.severity.label}] {finding.code}：{finding.message}"
        if finding.formula:
            yield f"    {finding.formula}"
        if finding.cause:
            yield f"    由 {finding.cause} 引起，那一条改好，这一条也就没有了"
        if finding.is_explained:
            yield f"    说明：{finding.note}"


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as JSON: counts by severity, then each finding; amounts are strings.

    Only what follows from another finding has ``caused_by``, the code of that one.
    """
    counts = {severity.value: count(findings, severity) for severity in Severity}
    listed = [_as_object(finding) for finding in findings]
    return json.dumps({"counts": counts, "findings": listed}, ensure_ascii=False, indent=1)


def _as_object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "cells": [str(cell) for cell in finding.cells],
        "expected": _as_number(finding.expected),
        "actual": _as_number(finding.actual),
        "difference": _as_number(finding.difference),
        "explained": finding.is_explained,
        **({"caused_by": finding.cause} if finding.cause else {}),
    }


def _as_number(value: Value) -> int | str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value
