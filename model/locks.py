"""Cells taken from last year: locked until the clerk unlocks them with a reason, which the file keeps."""

from __future__ import annotations

from model.cells import CellId
from model.document import Change, Document
from model.report import Address, Part, Report

_REASON = "reason"


def is_locked(report: Report, cell: CellId) -> bool:
    """Tell whether typing, paste, fill and clear must leave a cell alone."""
    lock = report.locks.get(cell)
    return lock is not None and not lock.get(_REASON)


def unlock(document: Document, cell: CellId, reason: str) -> Change | None:
    """Open a locked cell for editing and keep the reason; return None where it was not locked.

    Raise ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a reason is needed")
    if not is_locked(document.report, cell):
        return None
    lock = {**document.report.locks[cell], _REASON: reason.strip()}
    return document.apply("解除锁定", {Address(Part.LOCK, cell): lock})
