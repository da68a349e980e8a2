"""Paints a finding in the list: mark and number, sentence, code and difference."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from gui.findings_model import FINDING, FOLLOWERS, NUMBER, Index, difference_text
from gui.marks import mark_colour, paint_pencil, paint_shape
from gui.rows import paint_ground, row_state
from gui.style import GRID, Colours, colours_of
from model.findings import Finding
from model.forms import Severity

_MARGIN = GRID + GRID // 2
_BADGE = 28
"""Width of the column for mark and number."""
_INDENT = 2 * GRID
"""By how much a finding stands in that follows from another."""
_MOST_KEPT = 1000
"""Measured heights kept, for the sentences hardly change from one edit to the next."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class FindingDelegate(QStyledItemDelegate):
    """Paints findings as wide as the list is, breaking their sentences."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, int, str], int] = {}

    def sizeHint(self, option: Any, index: Index) -> QSize:  # the stubs lack the option's fields
        """Return the height that the sentence needs at the list's width."""
        width = self._view.viewport().width()
        indent = _INDENT if index.data(FINDING).cause else 0
        key = (index.data(), width - indent, option.font.key())
        if key not in self._heights:
            self._heights[key] = self._measure(option.font, str(index.data()), width, indent)
        return QSize(width, self._heights[key])

    def _measure(self, font: QFont, sentence: str, width: int, indent: int) -> int:
        if len(self._heights) > _MOST_KEPT:
            self._heights.clear()
        box = QRect(0, 0, width - 2 * _MARGIN - _BADGE - indent, 10_000)
        lines = QFontMetrics(font).boundingRect(box, int(_WRAP), sentence).height()
        return lines + QFontMetrics(_small(font)).height() + 2 * GRID + GRID // 2

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint one finding."""
        finding: Finding = index.data(FINDING)
        colours = colours_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        paint_ground(painter, rect, row_state(self._view, index), colours)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        rect = rect.adjusted(_MARGIN, GRID, -_MARGIN, -GRID)
        if finding.cause:
            rect = rect.adjusted(_INDENT, 0, 0, 0)
        _paint_badge(painter, rect, finding, index.data(NUMBER), option, colours)
        text = rect.adjusted(_BADGE, 0, 0, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(colours.text))
        painter.drawText(text, int(_WRAP | Qt.AlignmentFlag.AlignTop), finding.message)
        _paint_second_line(painter, text, finding, index.data(FOLLOWERS), option.font, colours)
        painter.restore()


def _paint_badge(
    painter: QPainter, rect: QRect, finding: Finding, number: int, option: Any, colours: Colours
) -> None:
    """Paint the mark, a pencil where the finding is explained, with the number under it."""
    line = option.fontMetrics.height()
    box = QRectF(rect.left() - 1, rect.top() + (line - 18) / 2, 18, 18)
    if finding.is_explained:
        paint_pencil(painter, box, colours)
    else:
        paint_shape(painter, box, finding.severity, colours)
    painter.setFont(_small(option.font))
    painter.setPen(_number_colour(finding, colours))
    below = QRectF(rect.left() - 5, rect.top() + line + 1, 26, line)
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(number))


def _number_colour(finding: Finding, colours: Colours) -> QColor:
    if finding.is_explained:
        return QColor(colours.explained)
    if finding.severity is Severity.WARNING:
        return QColor(colours.warning_text)
    return mark_colour(finding.severity, colours)


def _paint_second_line(
    painter: QPainter, rect: QRect, finding: Finding, followers: int, font: QFont, colours: Colours
) -> None:
    small = _small(font)
    metrics = QFontMetrics(small)
    base = QPointF(rect.left(), rect.bottom() - metrics.descent())
    painter.setFont(small)
    folded = f"连带 {followers} 条" if followers else ""
    words = [difference_text(finding), "已说明" if finding.is_explained else "", folded]
    shown = " · ".join(word for word in words if word)
    painter.setPen(QColor(colours.explained if finding.is_explained else colours.text))
    painter.drawText(base, shown)
    used = metrics.horizontalAdvance(shown) + 2 * GRID if shown else 0
    code = metrics.elidedText(finding.code, Qt.TextElideMode.ElideRight, rect.width() - used)
    painter.setPen(QColor(colours.muted))
    painter.drawText(QPointF(rect.right() - metrics.horizontalAdvance(code), base.y()), code)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.86)
    return small
