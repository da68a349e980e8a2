"""The print preview: the pages of the PDF beside the window in which the report is filled in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QSpinBox,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import DocumentBridge
from gui.icons import SIZE, Icons
from gui.page_parts import body_label, tint
from gui.preview_source import PreviewSource
from gui.preview_view import Fit, PagesView
from gui.settings import ZOOMS, Settings
from gui.style import GRID, colours_of

_SIZE = QSize(820, 860)
_FIRST = "正在生成页面…"


class PreviewWindow(QMainWindow):
    """Follows the report while it is open."""

    print_requested = Signal()
    closed = Signal()

    def __init__(self, bridge: DocumentBridge, settings: Settings, name: str) -> None:
        super().__init__()  # no parent: it must not lie over the window in which one types
        self._settings = settings
        self.source = PreviewSource(bridge, settings, self)
        self.view = PagesView(self)
        self._state = QLabel(_FIRST, self)
        self._remarks = body_label("", self)
        self._number = QSpinBox(self)
        self._size = QComboBox(self)
        self.setWindowTitle(f"打印预览 - {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lay_out()
        self._connect()
        self._restore()
        self.source.start(self.view.next_wanted)

    @property
    def state(self) -> str:
        """What is said of the pages."""
        return self._state.text()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said of characters and faces that the pages lack."""
        return tuple(self._remarks.text().splitlines())

    # ------------------------------------------------------------ within

    def _connect(self) -> None:
        self.source.drawn.connect(self._on_drawn)
        self.source.failed.connect(self._state.setText)
        self.source.picture_made.connect(self.view.put_picture)
        self.view.pictures_wanted.connect(self.source.make_pictures)
        self.view.page_changed.connect(self._on_page_changed)
        self.view.zoom_changed.connect(self._show_zoom)
        self._number.valueChanged.connect(self._on_number_chosen)
        self._size.activated.connect(self._on_size_chosen)

    def _on_drawn(self) -> None:
        pages, mark = self.source.pages, self.source.mark
        assert pages is not None
        self.view.set_pages(pages.sizes)
        self._number.setRange(1, len(pages))
        self._number.setSuffix(f" / {len(pages)} 页")
        self._state.setText(f"{mark}：审核通过后没有这个标记" if mark else "正式稿")
        colours = colours_of(self.palette())
        tint(self._state, colours.warning_text if mark else colours.done)
        tint(self._remarks, colours.warning_text)
        self._remarks.setText("\n".join(pages.remarks))
        self._remarks.setVisible(bool(pages.remarks))

    def _on_page_changed(self, page: int) -> None:
        if self._number.value() != page + 1:
            self._number.setValue(page + 1)

    def _on_number_chosen(self, number: int) -> None:
        if number - 1 != self.view.page:
            self.view.go_to(number - 1)

    def _on_size_chosen(self) -> None:
        chosen = self._size.currentData()
        if isinstance(chosen, Fit):
            self.view.set_fit(chosen)
        else:
            self.view.set_percent(int(chosen))

    def _show_zoom(self) -> None:
        fit = self.view.fit
        self._size.setCurrentIndex(self._size.findData(fit if fit is not Fit.ZOOM else self.view.percent))
        if self._size.currentIndex() < 0:
            self._size.setPlaceholderText(f"{self.view.percent}%")

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._remarks)
        layout.addWidget(self.view, 1)
        self._remarks.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._remarks.hide()
        self.setCentralWidget(centre)
        self.addToolBar(self._bar())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    def _bar(self) -> QToolBar:
        bar = QToolBar("预览", self)
        bar.setMovable(False)
        bar.setIconSize(QSize(SIZE, SIZE))
        self._add(bar, "打印…", ("Ctrl+P",), self.print_requested.emit, "print")
        bar.addSeparator()
        self._add(bar, "上一页", ("PgUp",), lambda: self.view.go_to(self.view.page - 1), "previous")
        bar.addWidget(self._number)
        self._add(bar, "下一页", ("PgDown",), lambda: self.view.go_to(self.view.page + 1), "next")
        bar.addSeparator()
        self._add(bar, "缩小", ("Ctrl+-",), lambda: self.view.zoom_by(-1), "zoom_out")
        bar.addWidget(self._size)
        self._add(bar, "放大", ("Ctrl++", "Ctrl+="), lambda: self.view.zoom_by(1), "zoom_in")
        bar.addWidget(_spacer(bar))
        bar.addWidget(self._state)
        bar.addWidget(_gap(bar))
        self._fill_sizes()
        close = QAction("关闭", self)
        close.setShortcuts([QKeySequence("Esc"), QKeySequence("Ctrl+W")])
        close.triggered.connect(self.close)
        self.addAction(close)
        return bar

    def _fill_sizes(self) -> None:
        for fit in (Fit.WIDTH, Fit.PAGE):
            self._size.addItem(fit.value, fit)
        for zoom in ZOOMS:
            self._size.addItem(f"{zoom}%", zoom)
        self._size.setAccessibleName("显示比例")
        self._number.setAccessibleName("页码")
        self._number.setKeyboardTracking(False)

    def _add(self, bar: QToolBar, text: str, keys: tuple[str, ...], do: object, icon: str) -> None:
        action = bar.addAction(Icons(colours_of(self.palette())).get(icon), text)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{text.rstrip('…')}（{keys[0]}）")
        action.triggered.connect(do)
        button = bar.widgetForAction(action)
        if icon == "print" and isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(QSize(room.width() - 8 * GRID, room.height() - 8 * GRID)))
        self.restoreGeometry(self._settings.preview_geometry)

    # ------------------------------------------------------------ Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        """Draw no more, and remember how the window stood."""
        self.source.close()
        self._settings.preview_geometry = self.saveGeometry()
        self.closed.emit()
        super().closeEvent(event)


def _spacer(parent: QWidget) -> QWidget:
    spacer = QWidget(parent)
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spacer


def _gap(parent: QWidget) -> QWidget:
    gap = QWidget(parent)
    gap.setFixedWidth(GRID)
    return gap
