"""Draws a report's pages off the GUI thread whenever typing rests, and their pictures as they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from export.drafts import mark_of
from gui.background import Background
from gui.bridge import DocumentBridge
from gui.preview_view import Wanted
from gui.settings import Settings
from model.document import Change
from model.errors import AppError

if TYPE_CHECKING:
    from export.preview import Pages, Picture

REST = 80
"""Milliseconds without an edit after which the pages are drawn anew."""
_LAST_WORK = 5.0
"""Seconds to wait for what is being drawn when the preview is closed."""


class PreviewSource(QObject):
    """The pages of one report as it stands, always the newest that there was time for."""

    drawn = Signal()
    """There are other pages."""
    picture_made = Signal(object, object)
    """What was wanted, and its QImage."""
    failed = Signal(str)

    def __init__(self, bridge: DocumentBridge, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._settings = settings
        self._work = Background("preview", self)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._draw)
        self._is_drawing = self._is_rendering = self._is_old = self._is_settled = False
        self._ask: Callable[[], Wanted | None] = _nothing
        self.mark: str | None = None
        self.pages: Pages | None = None
        bridge.changed.connect(self._on_document_changed)
        bridge.findings_changed.connect(self._on_findings_changed)

    def start(self, ask: Callable[[], Wanted | None]) -> None:
        """Draw for the first time; ``ask`` tells which picture is wanted most."""
        self._ask = ask
        self._draw()

    def redraw(self) -> None:
        """Draw the pages anew although the report is as it was."""
        self._rest.start()

    def close(self) -> None:
        """Draw no more."""
        self._rest.stop()
        self._ask = _nothing
        self._bridge.changed.disconnect(self._on_document_changed)
        self._bridge.findings_changed.disconnect(self._on_findings_changed)
        self._settle()
        self._work.finish(_LAST_WORK)
        if self.pages is not None:
            self.pages.close()

    def make_pictures(self) -> None:
        """Make the pictures that are wanted, one after the other."""
        wanted, pages = self._ask(), self.pages
        if wanted is None or pages is None or self._is_rendering or self._is_drawing:
            return
        self._is_rendering = True
        self._work.run(
            lambda: _image(pages.render(*wanted)),
            lambda picture: self._on_rendered(pages, wanted, picture),
        )

    # ------------------------------------------------------------ within

    def _draw(self) -> None:
        """Draw the pages, or draw them once more when what is being drawn is done."""
        if self._is_drawing:
            self._is_old = True
            return
        self._is_drawing, self._is_old = True, False
        document, mark = self._bridge.document, self._present_mark()
        form, report, faces = document.form, document.report, self._settings.faces

        def work() -> Pages:
            from export.face_choices import kept_choice
            from export.preview import draw_pages

            return draw_pages(form, report, mark, kept_choice(faces))

        self._work.run(work, lambda pages: self._on_drawn(pages, mark))

    def _present_mark(self) -> str | None:
        return mark_of(self._bridge.document.report, self._bridge.findings)

    def _on_drawn(self, outcome: Pages | AppError, mark: str | None) -> None:
        self._is_drawing = False
        if isinstance(outcome, AppError):
            self.failed.emit(str(outcome))
            return
        former, self.pages, self.mark = self.pages, outcome, mark
        self.drawn.emit()
        self.make_pictures()
        if former is not None:
            self._work.run(former.close, _take_no_notice)
        if self._is_old:
            self._draw()

    def _on_rendered(self, pages: Pages, wanted: Wanted, picture: QImage | AppError) -> None:
        self._is_rendering = False
        if pages is self.pages and isinstance(picture, QImage):
            self.picture_made.emit(wanted, picture)
        self.make_pictures()
        if not self._is_settled and not self._is_rendering:
            self._is_settled = True
            self._settle()

    def _settle(self) -> None:
        """Do in the background what can wait until the first pages are shown."""
        faces = self._settings.faces

        def work() -> None:
            from export.face_choices import kept_choice
            from export.preview import settle_pages

            settle_pages(kept_choice(faces))

        self._work.run(work, _take_no_notice)

    def _on_document_changed(self, change: Change) -> None:
        if change.addresses:
            self._rest.start()

    def _on_findings_changed(self) -> None:
        if self._present_mark() != self.mark:
            self._rest.start()


def _image(picture: Picture) -> QImage:
    made = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return made.copy()  # Qt does not keep the bytes


def _nothing() -> Wanted | None:
    return None


def _take_no_notice(outcome: object) -> None:
    del outcome
