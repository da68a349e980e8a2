"""A source as real offices publish it: table 三 with one row （六）其他处理 instead of three."""

from __future__ import annotations

from model.catalogue import load_form
from model.copying import whole_table_rows
from model.document import Document
from model.report import Report

FORM = load_form("2021")


def merged_rows_text(source: Report) -> str:
    """Return table 三 with labels as tabbed text, its three rows of （六） in one under the group's name."""
    table = FORM.table("requests")
    rows = list(whole_table_rows(table, Document(FORM, source).sheet))[table.header_rows :]
    lines = ["\t".join(row) for row in rows]
    kept = [line for line in lines if "1.申请人无正当理由" not in line and "2.申请人逾期未按" not in line]
    return "\r\n".join(line.replace("\t3.其他\t", "（六）其他处理\t\t") for line in kept)
