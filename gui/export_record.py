"""Which documents were exported from a report, and whether they still show what it says. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from model.report import Report
from model.storage import encode


def digest(report: Report) -> str:
    """Return a mark of what documents show of a report: equal marks, equal documents."""
    shown = replace(
        report, stated={}, locks={}, previous=None, notes=(), unit_extra={}, modified_outside=False
    )
    import hashlib  # costs every start 4 ms at the top

    return hashlib.sha256(encode(shown)).hexdigest()[:32]


class ExportRecord:
    """The documents exported from one report, each with the mark of the report at that time."""

    def __init__(self, documents: Mapping[str, str] | None = None) -> None:
        self._documents = dict(documents or {})

    @property
    def documents(self) -> Mapping[str, str]:
        """Path of each document to the mark of the report when it was written."""
        return dict(self._documents)

    def note(self, document: Path, report: Report) -> None:
        """Note that a document was written just now from a report."""
        self._documents[str(document)] = digest(report)

    def outdated(self, report: Report) -> tuple[Path, ...]:
        """Return the documents, still there, that show something else than the report says now."""
        if not self._documents:
            return ()
        now = digest(report)
        return tuple(
            Path(name) for name, then in self._documents.items() if then != now and Path(name).exists()
        )
