"""Which findings follow from another one, so that one correction takes them all away. Pure.

A finding follows from a cause where one and the same correction of one input that both contain mends
both, or where the corrections of all causes that it shares inputs with add up to its difference. The
cause is the finding with fewer inputs, where one has to look less far; it is never less grave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from model.cells import CellId
from model.engine import Sheet
from model.findings import Finding
from model.forms import Check, Form, Severity

_GRAVEST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


class _Imbalance(NamedTuple):
    """A finding of a check with ``=``: how its difference (right minus left) depends on the inputs."""

    finding: Finding
    check: Check
    difference: int | Decimal
    weights: Mapping[CellId, int]

    @property
    def rank(self) -> tuple[int, int]:
        return _GRAVEST_FIRST[self.finding.severity], len(self.weights)


def link(form: Form, sheet: Sheet, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in their order, those that follow from another one with its code as ``cause``."""
    imbalances = sorted(_imbalances(form, findings), key=lambda imbalance: imbalance.rank)
    if len(imbalances) < 2:
        return tuple(findings)
    roots: list[_Imbalance] = []
    causes: dict[str, str] = {}
    for imbalance in imbalances:
        cause = _cause_of(form, imbalance, roots, sheet)
        if cause is None:
            roots.append(imbalance)
        else:
            causes[imbalance.finding.code] = cause
    return tuple(
        replace(finding, cause=causes[finding.code]) if finding.code in causes else finding
        for finding in findings
    )


def fold(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with each one that follows from another right behind that one."""
    followers: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.cause:
            followers.setdefault(finding.cause, []).append(finding)
    if not followers:
        return tuple(findings)
    roots = (finding for finding in findings if not finding.cause)
    return tuple(chain.from_iterable((root, *followers.get(root.code, ())) for root in roots))


def _imbalances(form: Form, findings: Iterable[Finding]) -> Iterable[_Imbalance]:
    for finding in findings:
        if finding.equation is not None and finding.equation.check.relation == "=":
            difference = finding.equation.actual - finding.equation.expected
            check = finding.equation.check
            yield _Imbalance(finding, check, difference, form.weights(check))


def _cause_of(form: Form, imbalance: _Imbalance, roots: Iterable[_Imbalance], sheet: Sheet) -> str | None:
    """Return the code of the root that accounts for an imbalance, the first of those that do together."""
    shared_inputs = form.shared_inputs(imbalance.check)
    shared: list[tuple[str, int | Decimal]] = []
    for root in roots:
        inputs = shared_inputs.get(root.check.code)
        if inputs is None or len(root.weights) > len(imbalance.weights):
            continue
        effects = _effects(root, inputs, sheet)
        if -imbalance.difference in effects:
            return root.finding.code
        shared += [(root.finding.code, effect) for effect in effects[:1]]
    together = sum((effect for _, effect in shared), start=Decimal(0))
    return shared[0][0] if len(shared) > 1 and together == -imbalance.difference else None


def _effects(
    root: _Imbalance, inputs: Iterable[tuple[CellId, int, int]], sheet: Sheet
) -> list[int | Decimal]:
    """Return by how much mending one of some inputs of a root can change another's difference, each once."""
    effects: dict[int | Decimal, None] = {}
    for cell, weight, other_weight in inputs:
        correction = -root.difference * weight  # right where the weight is 1 or -1
        if (sheet[cell] or 0) + correction >= 0:
            effects[correction * other_weight] = None
    return list(effects)
