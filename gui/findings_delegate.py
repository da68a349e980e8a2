"""Paints a finding in the list: mark and number, sentence, code and difference."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from gui.findings_model import FINDING, FOLLOWERS, NUMBER, FindingsModel, Index, difference_text
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

    def __init__(self, view: QListView, model: FindingsModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._heights: dict[tuple[object, ...], int] = {}
        self._measured_in = QFont()

    def sizeHint(self, option: Any, index: Index) -> QSize:  # the stubs lack the option's fields
        """Return the height that the sentence needs at the list's width; asked of every row at each edit."""
        width, font = self._view.viewport().width(), option.font
        finding = self._model.findings[index.row()]
        followers = self._model.followers(finding.code)
        if font != self._measured_in or len(self._heights) > _MOST_KEPT:
            self._heights.clear()
            self._measured_in = QFont(font)
        kind = (finding.code, bool(finding.cause), finding.is_explained, followers)
        key = (finding.message, finding.difference, kind, width)
        if key not in self._heights:
            self._heights[key] = _height(finding, followers, font, width)
        return QSize(width, self._heights[key])

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
        _Foot(finding, index.data(FOLLOWERS), option.font).paint(painter, text, colours)
        painter.restore()


def _height(finding: Finding, followers: int, font: QFont, width: int) -> int:
    room = width - 2 * _MARGIN - _BADGE - (_INDENT if finding.cause else 0)
    foot = _Foot(finding, followers, font)
    box = QRect(0, 0, room, 10_000)
    sentence = QFontMetrics(font).boundingRect(box, int(_WRAP), finding.message)
    return sentence.height() + foot.lines(room) * foot.metrics.height() + 2 * GRID + GRID // 2


class _Foot:
    """What stands below a sentence: the difference and what else there is to say, and the code.

    The code stands at the right of the words, on a line of its own where it has no room there, and on two
    lines where it is wider than the list.
    """

    def __init__(self, finding: Finding, followers: int, font: QFont) -> None:
        self._finding = finding
        self._font = _small(font)
        self.metrics = QFontMetrics(self._font)
        folded = f"连带 {followers} 条" if followers else ""
        words = [difference_text(finding), "已说明" if finding.is_explained else "", folded]
        self.words = " · ".join(word for word in words if word)

    def lines(self, room: int) -> int:
        """Return how many lines it takes."""
        code = self._code(room)
        beside = self._width(self.words) + 2 * GRID + self._width(code[0]) <= room
        return len(code) if beside or not self.words else len(code) + 1

    def paint(self, painter: QPainter, rect: QRect, colours: Colours) -> None:
        """Paint it at the foot of a row."""
        base, height = rect.bottom() - self.metrics.descent(), self.metrics.height()
        painter.setFont(self._font)
        painter.setPen(QColor(colours.explained if self._finding.is_explained else colours.text))
        first = base - (self.lines(rect.width()) - 1) * height
        painter.drawText(QPointF(rect.left(), first), self.words)
        painter.setPen(QColor(colours.muted))
        for below, part in enumerate(reversed(self._code(rect.width()))):
            painter.drawText(QPointF(rect.right() - self._width(part), base - below * height), part)

    def _code(self, room: int) -> list[str]:
        """Return the lines that the code takes: it is broken behind its kind where it must be."""
        kind, point, place = self._finding.code.partition(".")
        whole = not place or self._width(self._finding.code) <= room
        return [self._finding.code] if whole else [kind + point, place]

    def _width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text)


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


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.86)
    return small
