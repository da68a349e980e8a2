"""出错说明: reasons given for findings, kept with the report as long as the figures stay the same."""

from __future__ import annotations

import re
from datetime import datetime

from model.findings import Finding
from model.report import Note, Report

LEAST = 4
"""Characters a reason must have beside phrases that say nothing."""

_EMPTY_PHRASES = (
    "核实|核对|复核|检查|确认|审核|无误|属实|情况|数据|数字|报告|没有|问题|正确|准确|真实|正常|已经|经过|"
    "已|经|确|系|是|为|的|了|无|对|均|都|以上|如上|同上|说明|解释|不详|其他|暂"
)
_WORD = re.compile(r"[^\W\d_]")


def refuse_reason(text: str) -> str | None:
    """Return why a text is no reason, in Chinese, or None where it says something.

    「核实无误」「属实」「无」 and their like are refused (they say that one looked, not what one saw).
    """
    said = _said(text)
    if len(said) >= LEAST and len(set(said)) > 1:
        return None
    return "请写明原因，例如“清理文件时废止了 3 件往年文件”；“核实无误”“属实”一类的话不算说明"


def says_anything(text: str) -> bool:
    """Tell whether a text holds more than phrases that say that one looked."""
    return bool(_said(text))


def _said(text: str) -> str:
    return "".join(_WORD.findall(re.sub(_EMPTY_PHRASES, "", text)))


def with_reason(report: Report, finding: Finding, text: str, at: datetime) -> tuple[Note, ...]:
    """Return the report's notes with a reason for a finding in the place of any former one.

    An empty text takes the reason away. Raise ValueError for a text that :func:`refuse_reason` refuses.
    """
    others = tuple(note for note in report.notes if (note.code, note.cells) != (finding.code, finding.cells))
    if not text.strip():
        return others
    refusal = refuse_reason(text) if finding.explainable else "这一条不能用说明代替，请核对后保存"
    if refusal is not None:
        raise ValueError(refusal)
    note = Note(
        finding.code,
        finding.cells,
        finding.values,
        text.strip(),
        at.isoformat(timespec="seconds"),
        previous=finding.previous or None,
    )
    return (*others, note)


def explains(note: Note, finding: Finding) -> bool:
    """Tell whether a note is about just this finding: its code, its cells and their values.

    A note of a former version of the program does not name last year's values; it holds whatever they are.
    """
    if (note.code, note.cells, note.values) != (finding.code, finding.cells, finding.values):
        return False
    return note.previous is None or note.previous == finding.previous


def former_reason(report: Report, finding: Finding) -> str:
    """Return the reason once given for a finding, also where the values have changed since."""
    for note in report.notes:
        if (note.code, note.cells) == (finding.code, finding.cells):
            return note.text
    return ""
