"""Shows pages one below the other, as large as wanted, and says which pictures it needs. Knows no PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.settings import ZOOMS
from gui.style import GRID, colours_of

_MARGIN = 2 * GRID
_INCH = 72.0
_SCREEN = 96.0
"""Pixels an inch that 100 % means."""
_LEAST, _MOST = 20, 400


class Fit(Enum):
    """What decides the size of the pages."""

    WIDTH = "适合宽度"
    PAGE = "整页"
    ZOOM = "比例"


class Wanted(NamedTuple):
    """A picture of a page in device pixels."""

    page: int
    width: int
    height: int


class PagesView(QAbstractScrollArea):
    """Pages to scroll, with the pictures that came so far; a page without one is white paper."""

    pictures_wanted = Signal()
    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: Sequence[tuple[float, float]] = ()
        self._boxes: list[QRect] = []
        self._pictures: dict[int, QImage] = {}
        self._sharp: set[int] = set()
        """Pages whose picture is of the present pages and not of those before an edit."""
        self._fit = Fit.WIDTH
        self._percent = 100
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setAccessibleName("打印预览的页面")

    # ------------------------------------------------------------ pages

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page that is read now, counted from 0."""
        return self._page

    @property
    def pictures(self) -> Mapping[int, QImage]:
        """The pictures there are, by page."""
        return dict(self._pictures)

    def set_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show other pages, their sizes in points; the old pictures stay until new ones come."""
        self._sizes = sizes
        self._sharp.clear()
        self._pictures = {page: picture for page, picture in self._pictures.items() if page < len(sizes)}
        self._place()
        self._on_scrolled()

    def put_picture(self, wanted: Wanted, picture: QImage) -> None:
        """Show a page's picture that has come."""
        if wanted.page >= len(self._boxes):
            return
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[wanted.page] = picture
        self._sharp.add(wanted.page)
        self.viewport().update()

    def next_wanted(self) -> Wanted | None:
        """Return the picture that is wanted most: of a page in view, else of its neighbours."""
        visible = [page for page, box in enumerate(self._boxes) if self._in_view(box)]
        near = range(min(visible, default=0) - 1, max(visible, default=-1) + 2)
        for page in (*visible, *(page for page in near if 0 <= page < len(self._boxes))):
            wanted = self._wanted(page)
            picture = self._pictures.get(page)
            size = QSize(wanted.width, wanted.height)
            if page not in self._sharp or picture is None or picture.size() != size:
                return wanted
        return None

    def go_to(self, page: int) -> None:
        """Show the top of a page."""
        if self._boxes:
            box = self._boxes[min(max(page, 0), len(self._boxes) - 1)]
            self.verticalScrollBar().setValue(box.top() - _MARGIN)

    # ------------------------------------------------------------ size

    @property
    def fit(self) -> Fit:
        """What decides the size of the pages."""
        return self._fit

    @property
    def percent(self) -> int:
        """How large the pages are; 100 is as on paper."""
        return self._percent

    def set_fit(self, fit: Fit) -> None:
        """Keep the pages as large as there is room."""
        self._fit = fit
        self._resize()

    def set_percent(self, percent: int) -> None:
        """Show the pages in one size."""
        self._fit, self._percent = Fit.ZOOM, min(max(percent, _LEAST), _MOST)
        self._resize()

    def zoom_by(self, offset: int) -> None:
        """Go to the next larger or smaller step."""
        steps = [step for step in ZOOMS if (step > self._percent if offset > 0 else step < self._percent)]
        if steps:
            self.set_percent(steps[0] if offset > 0 else steps[-1])

    def _resize(self) -> None:
        """Place the pages anew, with the place that is read staying where it is."""
        page, depth = self._page, self._depth_in_page()
        self._place()
        if self._boxes:
            box = self._boxes[page]
            self.verticalScrollBar().setValue(round(box.top() + depth * box.height()))
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum() // 2)
        self.zoom_changed.emit()
        self._on_scrolled()

    def _depth_in_page(self) -> float:
        if not self._boxes:
            return 0.0
        box = self._boxes[self._page]
        return (self.verticalScrollBar().value() - box.top()) / max(box.height(), 1)

    def _scale(self) -> float:
        """Return pixels a point."""
        width = max((size[0] for size in self._sizes), default=1.0)
        height = max((size[1] for size in self._sizes), default=1.0)
        room = self.viewport().size()
        if self._fit is Fit.ZOOM:
            return self._percent / 100 * _SCREEN / _INCH
        across = (room.width() - 2 * _MARGIN) / width
        scale = across if self._fit is Fit.WIDTH else min(across, (room.height() - 2 * _MARGIN) / height)
        return max(scale, _LEAST / 100 * _SCREEN / _INCH)

    def _place(self) -> None:
        scale = self._scale()
        self._percent = round(100 * scale * _INCH / _SCREEN)
        widest = max((round(width * scale) for width, _ in self._sizes), default=0)
        room, top = self.viewport().width(), _MARGIN
        across = max(widest + 2 * _MARGIN, room)
        self._boxes = []
        for width, height in self._sizes:
            box = QRect(
                (across - round(width * scale)) // 2, top, round(width * scale), round(height * scale)
            )
            self._boxes.append(box)
            top = box.bottom() + 1 + _MARGIN
        self._set_range(QSize(across, top))
        self._page = min(self._page, max(len(self._boxes) - 1, 0))
        self.viewport().update()

    def _set_range(self, whole: QSize) -> None:
        room = self.viewport().size()
        self.horizontalScrollBar().setRange(0, max(0, whole.width() - room.width()))
        self.verticalScrollBar().setRange(0, max(0, whole.height() - room.height()))
        self.horizontalScrollBar().setPageStep(room.width())
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(5 * GRID)

    # ------------------------------------------------------------ within

    def _wanted(self, page: int) -> Wanted:
        ratio, box = self.devicePixelRatioF(), self._boxes[page]
        return Wanted(page, round(box.width() * ratio), round(box.height() * ratio))

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _in_view(self, box: QRect) -> bool:
        top = self.verticalScrollBar().value()
        return box.bottom() >= top and box.top() <= top + self.viewport().height()

    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        before = [page for page, box in enumerate(self._boxes) if box.top() - _MARGIN <= middle]
        page = before[-1] if before else 0
        if page != self._page:
            self._page = page
        self.page_changed.emit(page)
        self.pictures_wanted.emit()

    # ------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view."""
        del event
        colours = colours_of(self.palette())
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, box in enumerate(self._boxes):
            if self._in_view(box):
                target = QRectF(box).translated(-self._offset())
                painter.fillRect(target, Qt.GlobalColor.white)  # paper, in any scheme
                if page in self._pictures:
                    painter.drawImage(target, self._pictures[page])
                painter.setPen(QColor(colours.line))
                painter.drawRect(target.adjusted(-1, -1, 0, 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._resize()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the pages."""
        bar = self.verticalScrollBar()
        places = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Space: bar.value() + bar.pageStep(),
        }
        key = Qt.Key(event.key())
        if key in places:
            bar.setValue(places[key])
        else:
            super().keyPressEvent(event)
