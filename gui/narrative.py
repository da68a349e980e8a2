"""The pages for running text: plain editors on paper, following the document's one history."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPalette,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gui.bridge import DocumentBridge
from gui.page_parts import FindingNote, body_label, heading_label, muted_label
from gui.scroller import Scroller, fill
from gui.style import GRID
from gui.text_input import DocumentField, TypingSteps, characters, difference, utf16_length
from model.document import Change
from model.findings import Finding
from model.forms import Section
from model.progress import Step
from model.report import Address, Part

ZOOM_STEP = 10
"""Percent by which one notch of the wheel zooms."""
_PARAGRAPH_END = "\u2029"
_TEXT_SIZE = 12.0
"""小四, in points at 100 %: running text is read at length."""
_LINE_CHARACTERS = 52
"""Widest line, in Chinese characters: longer ones are hard to read."""


class SectionEditor(DocumentField, QPlainTextEdit):
    """Edits the text of one section. The document holds the text; this shows it."""

    zoom_stepped = Signal(int)
    """The wheel was turned with Ctrl: 1 for larger, -1 for smaller."""

    def __init__(self, bridge: DocumentBridge, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document_held = bridge.document
        self.section = section
        self._text = bridge.document.report.texts.get(section, "")
        self._shown = self._text
        """What the document held, and what the editor showed, when last compared."""
        self._following = False
        self._steps = TypingSteps(bridge.document, self)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(2 * GRID)
        self.setPlainText(self._text)
        self._shown = self.plain_text()
        self.textChanged.connect(self._on_text_changed)
        bridge.changed.connect(self._on_document_changed)

    # ------------------------------------------------------------ the document

    def plain_text(self) -> str:
        """Return what is in the editor, without anything that is still being composed."""
        return self.document().toRawText().replace(_PARAGRAPH_END, "\n")

    def reveal(self) -> None:
        """Show the place that the last change touched, ready to go on typing."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureCursorVisible()

    def show_words(self, start: int, words: str) -> None:
        """Select some words that stand so many characters from the beginning, and bring them into view."""
        cursor = self.textCursor()
        begin = utf16_length(self.plain_text()[:start])
        cursor.setPosition(begin)
        cursor.setPosition(begin + utf16_length(words), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selected_words(self) -> tuple[int, str]:
        """Return how many characters stand before the selection, or before the cursor, and the selection."""
        cursor = self.textCursor()
        words = cursor.selectedText().replace(_PARAGRAPH_END, "\n")
        return characters(self.plain_text(), cursor.selectionStart()), words

    def _on_text_changed(self) -> None:
        new = self.plain_text()
        if self._following or new == self._shown:
            return
        _, gone, come = difference(self._shown, new)
        joins = self._steps.begin_edit(gone, come)
        self._shown = self._text = new
        self._document_held.set_text(self.section, new, merge=joins)
        self._steps.finish_edit(come, joined=joins)

    def _on_document_changed(self, change: Change) -> None:
        if Address(Part.TEXT, self.section) in change.addresses:
            self._follow()

    def _follow(self) -> None:
        """Bring the editor to the document's text, touching only what differs."""
        new = self._document_held.report.texts.get(self.section, "")
        if new == self._text:
            return
        start, gone, come = difference(self.plain_text(), new)
        begin = utf16_length(new[:start])
        cursor = self.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(begin + utf16_length(gone), QTextCursor.MoveMode.KeepAnchor)
        self._following = True
        cursor.insertText(come)
        self._following = False
        self.setTextCursor(cursor)
        self._text, self._shown = new, self.plain_text()

    # ------------------------------------------------------------ Qt

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_stepped.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only; a file that is dragged in is for the window."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text as one step of its own."""
        self._steps.end()
        self.insertPlainText(source.text().replace("\r\n", "\n").replace("\r", "\n"))
        self._steps.end()
        self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        """Ask for little: the page shares its height out."""
        return QSize(12 * GRID, 6 * GRID)

    def comfortable_width(self) -> int:
        """Return a width at which lines are easy to read."""
        characters = QFontMetricsF(self.font()).horizontalAdvance("国") * _LINE_CHARACTERS
        return int(characters) + 8 * GRID


class _Part(QWidget):
    """One section on a page: heading, help, editor, count of characters."""

    def __init__(self, bridge: DocumentBridge, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self.section = section
        self.editor = SectionEditor(bridge, section.id, self)
        self.editor.setAccessibleName(section.heading or section.short)
        self.editor.setAccessibleDescription(section.help)
        self._count = muted_label("", self)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.note = FindingNote(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(heading_label(section.heading or section.short, self))
        layout.addWidget(_help_label(section, self))
        layout.addWidget(self.note)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self._count)
        self.editor.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        count = len("".join(self.editor.plain_text().split()))
        self._count.setText(f"{count} 字" if count else "还没有写")


def _help_label(section: Section, parent: QWidget) -> QLabel:
    label = body_label(section.help, parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setToolTip(section.basis)
    label.setVisible(bool(section.help))
    return label


class TextPage(QWidget):
    """The page of a step that is about text."""

    zoom_requested = Signal(int)

    def __init__(self, bridge: DocumentBridge, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = {section.id: _Part(bridge, section, self) for section in step.sections}
        self._main = self._parts[step.id]
        self._zoom = 100
        room = QWidget()
        self._column = QWidget(room)
        inner = QVBoxLayout(self._column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * GRID)
        for part in self._parts.values():
            inner.addWidget(part, 3 if part is self._main else 1)
            part.editor.zoom_stepped.connect(self._on_zoom_stepped)
        outer = QVBoxLayout(room)
        outer.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        outer.addWidget(self._column)
        self._scroller = Scroller(room, self)
        fill(self, self._scroller)
        self.setFocusProxy(self._main.editor)
        self.set_zoom(100)

    def set_zoom(self, percent: int) -> None:
        """Show the text at a size."""
        self._zoom = percent
        for part in self._parts.values():
            font = part.editor.font()
            font.setPointSizeF(_TEXT_SIZE * percent / 100)
            part.editor.setFont(font)
        self._column.setMaximumWidth(self._main.editor.comfortable_width())

    def show_finding(self, finding: Finding | None) -> None:
        """Say above the text what a finding says of it; None takes that away."""
        for id_, part in self._parts.items():
            part.note.show_finding(finding if finding and finding.section == id_ else None)

    def reveal(self, change: Change) -> None:
        """Show the place that an undo or a redo changed."""
        for address in change.addresses:
            if address.part is Part.TEXT and address.key in self._parts:
                self._parts[str(address.key)].editor.reveal()

    def text_field(self, address: Address) -> SectionEditor:
        """Return the editor of a text of this page, in view."""
        editor = self._parts[str(address.key)].editor
        self._scroller.ensureWidgetVisible(editor)
        return editor

    def _on_zoom_stepped(self, direction: int) -> None:
        self.zoom_requested.emit(self._zoom + direction * ZOOM_STEP)
