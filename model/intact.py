"""Whether a document is still what it should be after a fault of the program."""

from __future__ import annotations

from model.checks import review_cells
from model.document import Document
from model.engine import evaluate
from model.report_file import from_json, to_json


def is_intact(document: Document) -> bool:
    """Tell whether a document's parts agree and its report could be saved and read again.

    What is far from intact may raise any exception.
    """
    form, report = document.form, document.report
    sheet = evaluate(form, report.inputs)
    return (
        dict(sheet) == dict(document.sheet)
        and review_cells(form, report, sheet) == document.findings
        and to_json(from_json(to_json(report))) == to_json(report)
    )
