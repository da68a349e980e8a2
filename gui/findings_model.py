"""The findings as list rows, numbered in their order: the numbers that the cells bear too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.cells import format_value
from model.findings import Finding

Index = QModelIndex | QPersistentModelIndex
FINDING = Qt.ItemDataRole.UserRole
NUMBER = Qt.ItemDataRole.UserRole + 1
FOLLOWERS = Qt.ItemDataRole.UserRole + 2
"""How many findings follow from this one."""


def same_place(one: Finding, other: Finding) -> bool:
    """Tell whether two findings are the same remark, whatever its numbers are by now."""
    return (one.code, one.cells, one.section) == (other.code, other.cells, other.section)


def difference_text(finding: Finding) -> str:
    """Return 相差 -4, or an empty text where a finding compares no numbers."""
    return "" if finding.difference is None else f"相差 {format_value(finding.difference)}"


def describe(number: int, finding: Finding) -> str:
    """Return a finding for somebody who hears it: number, severity, sentence."""
    state = ("，已说明" if finding.is_explained else "") + ("，由另一条引起" if finding.cause else "")
    return f"{number}，{finding.severity.label}{state}，{finding.message}"


class FindingsModel(QAbstractListModel):
    """All findings, the gravest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._followers: Counter[str] = Counter()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings as shown."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings, touching only rows that differ; a remark with other numbers keeps its row."""
        old, new = self._findings, tuple(findings)
        start = _same_at_start(old, new)
        end = _same_at_start(old[start:][::-1], new[start:][::-1])
        if len(old) > start + end:
            self.beginRemoveRows(QModelIndex(), start, len(old) - end - 1)
            self._findings = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        if len(new) > start + end:
            self.beginInsertRows(QModelIndex(), start, len(new) - end - 1)
            self._findings = new[: len(new) - end] + old[len(old) - end :]
            self.endInsertRows()
        before, self._findings = self._findings, new
        followers, self._followers = self._followers, Counter(one.cause for one in new if one.cause)
        changed = [row for row, (was, now) in enumerate(zip(before, new, strict=True)) if was != now]
        if followers != self._followers or len(new) != len(old):  # other words or numbers in any row
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))

    def followers(self, code: str) -> int:
        """Return how many findings follow from the one with a code."""
        return self._followers[code]

    def row_of(self, finding: Finding | None) -> int:
        """Return the row of a finding as it stands now, -1 where it is gone."""
        if finding is not None:
            for row, held in enumerate(self._findings):
                if same_place(held, finding):
                    return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of findings."""
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a finding's sentence, the whole of it in words, or the finding itself."""
        finding = self._findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe(index.row() + 1, finding)
        if role == NUMBER:
            return index.row() + 1
        if role == FOLLOWERS:
            return self.followers(finding.code)
        return finding if role == FINDING else None


def _same_at_start(one: Sequence[Finding], other: Sequence[Finding]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if not same_place(left, right):
            break
        count += 1
    return count
