"""Finds words that are cut off, shortened or laid over each other, by measuring what is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)

from gui.find_bar import FindBar
from gui.notice_bar import NoticeBar
from gui.page_parts import ElidedLabel

_SLACK = 1
"""Pixels that rounding may cost."""
_LEAST_LINE = "国" * 8
"""A line of running text holds this, or it is a column of crumbs."""
_FLOATING = (FindBar, NoticeBar)
"""Lie over the page on purpose."""


def complaints(shown: QWidget) -> list[str]:
    """Return what is wrong with the words of a window, a sentence each."""
    return [*_cut(shown), *_outside(shown), *_overlapping(shown)]


def shortened(shown: QWidget) -> list[str]:
    """Return the lines that end with … for want of room."""
    labels = [part for part in shown.findChildren(ElidedLabel) if part.isVisible() and part.text()]
    return [part.text() for part in labels if _width_of(part) > part.contentsRect().width() + _SLACK]


def words_of(part: QWidget) -> str:
    """Return the words that a widget shows itself."""
    if isinstance(part, QLineEdit):
        return part.text() or part.placeholderText()
    if isinstance(part, QComboBox):
        return part.currentText() or part.placeholderText()
    return part.text() if isinstance(part, QLabel | QAbstractButton) else ""


def _name(part: QWidget) -> str:
    return f"{type(part).__name__} {words_of(part)[:30]!r}"


def _with_words(shown: QWidget) -> list[QWidget]:
    """Return what shows words, fields of spin boxes as part of these."""
    return [
        part
        for part in shown.findChildren(QWidget)
        if part.isVisible()
        and isinstance(part, QLabel | QAbstractButton | QComboBox | QLineEdit)
        and part.window() is shown.window()
        and words_of(part)
    ]


def _width_of(part: QWidget) -> int:
    """Return how wide the longest line of a widget's words is."""
    text = words_of(part).replace("&", "")
    return max((part.fontMetrics().horizontalAdvance(line) for line in text.split("\n")), default=0)


def _cut(shown: QWidget) -> Iterator[str]:
    for part in _with_words(shown):
        if isinstance(part, ElidedLabel):
            if part.height() < part.fontMetrics().height() - _SLACK:
                yield f"{_name(part)}: {part.height()} high"
        elif isinstance(part, QLabel):
            yield from _cut_label(part)
        elif isinstance(part, QLineEdit):
            inside = isinstance(part.parentWidget(), QAbstractSpinBox)
            room = part.contentsRect().width() - (0 if inside else 4)
            if _width_of(part) > room + _SLACK and not part.text():
                yield f"{_name(part)}: {_width_of(part)} in {room}"
            if part.contentsRect().height() < part.fontMetrics().height() - _SLACK:
                yield f"{_name(part)}: {part.height()} high"
        else:
            wanted = part.minimumSizeHint() if isinstance(part, QComboBox) else part.sizeHint()
            if part.width() < min(wanted.width(), _width_of(part) + 8) - _SLACK:
                yield f"{_name(part)}: {part.width()} wide of {wanted.width()}"
            if part.height() < part.fontMetrics().height() * (words_of(part).count("\n") + 1):
                yield f"{_name(part)}: {part.height()} high"
    yield from _cut_headers(shown)


def _cut_label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if wanted > label.height() + _SLACK:
            yield f"{_name(label)}: {label.height()} high of {wanted}"
        if room.width() < label.fontMetrics().horizontalAdvance(_LEAST_LINE) and len(label.text()) > len(
            _LEAST_LINE
        ):
            yield f"{_name(label)}: column of {room.width()}"
    elif _width_of(label) > room.width() + _SLACK:
        yield f"{_name(label)}: {_width_of(label)} in {room.width()}"
    if label.height() < label.fontMetrics().height() - _SLACK:
        yield f"{_name(label)}: {label.height()} high"


def _cut_headers(shown: QWidget) -> Iterator[str]:
    for table in shown.findChildren(QTableWidget):
        header: QHeaderView = table.horizontalHeader()
        for section in range(header.count()):
            item = table.horizontalHeaderItem(section)
            needed = header.fontMetrics().horizontalAdvance(item.text() if item else "")
            if table.isVisible() and needed > header.sectionSize(section):
                yield f"header {item.text()}: {needed} in {header.sectionSize(section)}"


def _scrolled(part: QWidget | None) -> bool:
    while part is not None and not isinstance(part, QAbstractScrollArea):
        part = part.parentWidget()
    return part is not None


def _outside(shown: QWidget) -> Iterator[str]:
    """Yield what stands partly outside what contains it, where one cannot scroll to it."""
    for part in _with_words(shown):
        if _scrolled(part.parentWidget()):
            continue
        holder = part.parentWidget()
        while holder is not None:
            place = QRect(part.mapTo(holder, QPoint(0, 0)), part.size())
            if not holder.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
                yield f"{_name(part)}: outside {type(holder).__name__}"
                break
            if holder.isWindow():
                break
            holder = holder.parentWidget()


def _overlapping(shown: QWidget) -> Iterator[str]:
    """Yield pairs of words that lie over each other."""
    parts = [part for part in _with_words(shown) if not _floats(part)]
    places = {part: _place_of_words(part, shown) for part in parts}
    for one, other in combinations(parts, 2):
        related = one.isAncestorOf(other) or other.isAncestorOf(one)
        if not related and _scrolled(one) == _scrolled(other):
            common = places[one] & places[other]
            if common.width() > 2 and common.height() > 2:
                yield f"{_name(one)} over {_name(other)}"


def _floats(part: QWidget | None) -> bool:
    while part is not None:
        if isinstance(part, _FLOATING):
            return True
        part = part.parentWidget()
    return False


def _place_of_words(part: QWidget, shown: QWidget) -> QRect:
    """Return where on a window a widget's words are: a label may be wider than these."""
    place = QRect(part.mapTo(shown, QPoint(0, 0)), part.size())
    if isinstance(part, QLabel) and not part.wordWrap():
        width = min(place.width(), _width_of(part))
        if part.alignment() & Qt.AlignmentFlag.AlignRight:
            place.setLeft(place.right() - width)
        elif not part.alignment() & Qt.AlignmentFlag.AlignHCenter:
            place.setWidth(width)
    return place
