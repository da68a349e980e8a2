"""The steps of the report at the left: where one is, how far each is and what is open in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from gui.buttons import PrimaryButton
from gui.marks import paint_mark
from gui.rows import paint_ground, row_state
from gui.style import GRID, Colours, colours_of
from gui.viewport import own_viewport
from model.forms import Severity
from model.progress import Progress, State

Index = QModelIndex | QPersistentModelIndex
NEXT = "下一步：{step}"
_NARROWEST = 23 * GRID
_PROGRESS = Qt.ItemDataRole.UserRole
_ROW = 6 * GRID


class StepsModel(QAbstractListModel):
    """The steps as list rows."""

    def __init__(self, progress: Sequence[Progress], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress = tuple(progress)

    @property
    def progress(self) -> tuple[Progress, ...]:
        """The state of every step, as last told."""
        return self._progress

    def update(self, progress: Sequence[Progress]) -> None:
        """Show new states; the steps themselves stay the same."""
        for row, (old, new) in enumerate(zip(self._progress, progress, strict=True)):
            if old != new:
                self._progress = (*self._progress[:row], new, *self._progress[row + 1 :])
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of steps."""
        return 0 if parent.isValid() else len(self._progress)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a step's title, its state in words, or the whole of it."""
        item = self._progress[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.step.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return describe(item)
        return item if role == _PROGRESS else None


def describe(item: Progress) -> str:
    """Return a step and its state in words: 「三 依申请公开，填写中，强制 2」."""
    parts = [item.step.title, item.state.value]
    if item.errors:
        parts.append(f"{Severity.ERROR.label} {item.errors}")
    if item.warnings:
        parts.append(f"{Severity.WARNING.label} {item.warnings}")
    return "，".join(parts)


class StepDelegate(QStyledItemDelegate):
    """Paints a step: state mark, title, state word and the counts of what is open."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Return the height for two lines of text."""
        del index
        return QSize(_NARROWEST, max(_ROW, option.fontMetrics.height() * 2 + GRID + GRID // 2))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint one step."""
        item: Progress = index.data(_PROGRESS)
        colours = colours_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = row_state(self._view, index)
        paint_ground(painter, option.rect, state, colours)
        if state.chosen:
            edge = QRect(option.rect.left(), option.rect.top(), 4, option.rect.height())
            painter.fillRect(edge, QColor(colours.accent))
        rect = option.rect.adjusted(2 * GRID, 0, -GRID, 0)
        mark = QRectF(rect.left(), rect.center().y() - 7.5, 16, 16)
        _paint_state(painter, mark, item.state, colours)
        text = rect.adjusted(16 + GRID + GRID // 2, 0, 0, 0)
        font = QFont(option.font)
        font.setBold(state.chosen)
        painter.setFont(font)
        below = _paint_words(painter, text, item, colours)
        painter.setFont(option.font)
        _paint_counts(painter, QPointF(text.right(), below), item, colours)
        painter.restore()


def _paint_state(painter: QPainter, box: QRectF, state: State, colours: Colours) -> None:
    """Paint a ring for 未填, half a disc for 填写中, a disc with a tick for 完成."""
    tint = QColor(
        {State.EMPTY: colours.frame, State.STARTED: colours.accent, State.DONE: colours.done}[state]
    )
    ring = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(tint, 1.6))
    painter.setBrush(tint if state is State.DONE else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if state is State.STARTED:
        painter.setBrush(tint)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    if state is State.DONE:
        painter.setPen(
            QPen(QColor(colours.panel), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        )
        x, y = box.center().x(), box.center().y()
        painter.drawPolyline(
            [QPointF(x - 3.4, y + 0.2), QPointF(x - 0.9, y + 2.8), QPointF(x + 3.6, y - 2.6)]
        )


def _paint_counts(painter: QPainter, middle_right: QPointF, item: Progress, colours: Colours) -> None:
    """Paint the counts, ending at a point."""
    for severity, count in ((Severity.WARNING, item.warnings), (Severity.ERROR, item.errors)):
        if count:
            width = paint_mark(painter, middle_right, severity, str(count), colours)
            middle_right -= QPointF(width + GRID // 2, 0)


def _paint_words(painter: QPainter, rect: QRect, item: Progress, colours: Colours) -> float:
    """Paint the title in the painter's font, the state below it in a smaller one; return the latter's middle.

    The counts stand beside the state: beside the title they would cut it.
    """
    font = QFont(painter.font())
    metrics = QFontMetrics(font)
    top = rect.center().y() - metrics.height() + 1
    painter.setPen(QColor(colours.text))
    title = metrics.elidedText(item.step.title, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(QPointF(rect.left(), top + metrics.ascent()), title)
    font.setBold(False)
    font.setPointSizeF(font.pointSizeF() * 0.86)
    painter.setFont(font)
    painter.setPen(QColor(colours.muted))
    baseline = top + metrics.height() + metrics.ascent()
    painter.drawText(QPointF(rect.left(), baseline), item.state.value)
    return baseline - QFontMetrics(font).capHeight() / 2


class StepsPanel(QFrame):
    """The list of steps with the one obvious next thing to do below it."""

    step_chosen = Signal(str)
    step_entered = Signal()
    """The chosen step was clicked, or Enter pressed on it: the person wants to work there."""
    next_requested = Signal()

    def __init__(self, progress: Sequence[Progress], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StepsModel(progress, self)
        self.view = QListView(self)
        own_viewport(self.view).setAutoFillBackground(False)
        self.view.setModel(self.model)
        self.view.setItemDelegate(StepDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName("填报步骤")
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._next = PrimaryButton("", self)
        self._next.clicked.connect(self.next_requested)
        self._lay_out()
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.view.clicked.connect(self.step_entered)
        self.view.activated.connect(self.step_entered)

    def _lay_out(self) -> None:
        self.setFixedWidth(max(_NARROWEST, self._widest_offer() + 2 * GRID))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(GRID, GRID, GRID, GRID)
        foot.addWidget(self._next)
        layout.addLayout(foot)

    def _widest_offer(self) -> int:
        """Return the width of the button when it names the longest step."""
        widths: list[int] = []
        for item in self.model.progress:
            self._next.setText(NEXT.format(step=item.step.title))
            widths.append(self._next.sizeHint().width())
        return max(widths)

    def update_progress(self, progress: Sequence[Progress]) -> None:
        """Show new states."""
        self.model.update(progress)

    def set_current(self, step: str) -> None:
        """Mark the step whose page is shown."""
        for row, item in enumerate(self.model.progress):
            if item.step.id == step:
                chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.view.selectionModel().setCurrentIndex(self.model.index(row), chosen)

    def offer_next(self, text: str, explanation: str) -> None:
        """Say on the button what to do next; an empty text hides it."""
        self._next.setVisible(bool(text))
        self._next.setText(text)
        self._next.setToolTip(explanation)

    def _on_selection_changed(self, selected: QItemSelection) -> None:
        for index in selected.indexes():
            self.step_chosen.emit(self.model.progress[index.row()].step.id)
