"""Finds and replaces in the texts of a report and in the unit's name, from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from gui.bridge import DocumentBridge
from gui.narrative import SectionEditor
from gui.text_bar import TextBar
from gui.text_input import DocumentLineEdit, TypingSteps
from model.document import Change
from model.report import Address, Part
from model.text_search import Hit, find, places, replace_all, replace_one

if TYPE_CHECKING:
    from gui.workspace import Workspace


class TextSearch(QObject):
    """Answers the bar: goes to what is found, and puts what replaces it into the document."""

    def __init__(self, bridge: DocumentBridge, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._document = bridge.document
        self._workspace = workspace
        self._places = places(bridge.document.form)
        self._at = Hit(self._places[0], 0)
        """From where the search goes on."""
        self._shown: Hit | None = None
        """The find that is selected in its text."""
        self.bar = TextBar(TypingSteps(bridge.document, self), workspace)
        self.bar.wanted.connect(self._on_wanted)
        self.bar.closed.connect(self._on_closed)
        self.bar.replace_wanted.connect(self._on_replace_wanted)
        self.bar.replace_all_wanted.connect(self._on_replace_all_wanted)
        bridge.changed.connect(self._on_document_changed)

    def open(self, *, replacing: bool) -> None:
        """Show the bar, with what is selected in a text as what is looked for."""
        if replacing and self._refuses():
            return
        selected = self._begin_at_focus()
        self.bar.show_replacing(replacing)
        self.bar.open()
        if selected and selected != self.bar.field.text():
            self.bar.field.setText(selected)
            self.bar.field.selectAll()
        elif selected:
            self._on_wanted(selected, 0)
        else:
            self._show_count()
        if replacing and self._workspace.table_page() is not None:
            self._say("替换只用于文字；表里的数不替换。")

    # ------------------------------------------------------------ within

    def _begin_at_focus(self) -> str:
        """Search from the cursor on, or from the page that is shown; return a selected word or phrase."""
        focused = QApplication.focusWidget()
        if focused is not None and self.bar.isAncestorOf(focused):
            return ""
        self._shown = None
        if isinstance(focused, SectionEditor):
            place = Address(Part.TEXT, focused.section)
        elif isinstance(focused, DocumentLineEdit):
            place = Address(Part.UNIT_NAME)
        else:
            ahead = [place for place in self._places if not self._workspace.comes_before(place)]
            self._at = Hit((ahead or self._places)[0], 0)
            return ""
        start, selected = focused.selected_words()
        self._at = Hit(place, start)
        return "" if "\n" in selected else selected

    def _hits(self) -> tuple[Hit, ...]:
        return find(self._document.form, self._document.report, self.bar.field.text())

    def _order(self, hit: Hit) -> tuple[int, int]:
        return self._places.index(hit.address), hit.start

    def _on_wanted(self, _text: str, step: int) -> None:
        """Select the find that comes next, going round from the end to the beginning."""
        hits, here = self._hits(), self._order(self._at)
        if not hits:
            self._shown = None
            self.bar.show_result(0, 0)
            return
        past = step > 0 and self._shown is not None
        ahead = [hit for hit in hits if self._order(hit) > here or (self._order(hit) == here and not past)]
        behind = [hit for hit in hits if self._order(hit) < here]
        self._show((behind[-1:] or hits[-1:])[0] if step < 0 else (ahead[:1] or hits[:1])[0])

    def _show(self, hit: Hit) -> None:
        self._at = self._shown = hit
        self._workspace.text_field(hit.address).show_words(hit.start, self.bar.field.text())
        self._show_count()

    def _show_count(self) -> None:
        hits = self._hits()
        if self._shown not in hits:
            self._shown = None
        if hits and self._shown is None:
            self.bar.tell(f"共 {len(hits)} 处")
        else:
            self.bar.show_result(hits.index(self._shown) + 1 if self._shown else 0, len(hits))

    # ------------------------------------------------------------ replacing

    def _refuses(self) -> bool:
        """Tell whether nothing may be replaced here, and say so."""
        if self._document.is_read_only:
            self._say("这份年报是只读打开的，不能替换。")
        return self._document.is_read_only

    def _has_nothing_to_do(self) -> bool:
        """Tell whether nothing is to be replaced, and say why."""
        wanted = self.bar.field.text()
        if wanted and self._refuses():
            return True
        if wanted and not self._hits():
            self._say(f"没有找到“{wanted}”，没有替换。")
            return True
        if wanted and wanted == self.bar.by.text():
            self._say("查找的和替换成的一样，没有改动。")
            return True
        return not wanted

    def _on_replace_wanted(self) -> None:
        if self._has_nothing_to_do():
            return
        wanted, by, hit = self.bar.field.text(), self.bar.by.text(), self._shown
        if hit is None or hit not in self._hits():
            self._on_wanted(wanted, 0)
            return
        new = replace_one(self._document.report, hit, wanted, by)
        self._document.apply("替换", {hit.address: new})
        self._at, self._shown = hit._replace(start=hit.start + len(by)), None
        if self._hits():
            self._on_wanted(wanted, 1)
        else:
            self.bar.tell("都已替换")

    def _on_replace_all_wanted(self) -> None:
        if self._has_nothing_to_do():
            return
        document = self._document
        done = replace_all(document.form, document.report, self.bar.field.text(), self.bar.by.text())
        document.apply("全部替换", done.new)
        self.bar.tell("都已替换")
        self._say(f"{done.line}。可以撤销。")

    def _say(self, sentence: str) -> None:
        self._workspace.message_reported.emit(sentence)

    # ------------------------------------------------------------ what happens

    def _on_document_changed(self, change: Change) -> None:
        if not self.bar.isHidden() and change.addresses & set(self._places):
            self._show_count()

    def _on_closed(self) -> None:
        """Give the focus back to where one was, or to what was found."""
        if self._workspace.step_of_address(self._at.address) == self._workspace.current:
            self._workspace.text_field(self._at.address).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._workspace.focus_page()
