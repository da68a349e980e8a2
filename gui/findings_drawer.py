"""The chosen finding opened: its numbers, what can be done at once, the 出错说明, the clause behind it.

Edits the document: a reason or a quick fix is one undo step.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.buttons import PlainButton
from gui.page_parts import body_label, muted_label, tint
from gui.style import GRID, colours_of
from model.digit_slips import likely_cause
from model.document import Document
from model.findings import Finding
from model.forms import Severity
from model.quick_fixes import Fix, fixes
from model.reasons import former_reason, refuse_reason, with_reason
from model.report import Address, Part

_REASON_LINES = 3
_ASKS = "写明原因，回车保存"
_OUTDATED = "数字有变动，原来的说明要核对后重新保存。"


def takes_reason(finding: Finding) -> bool:
    """Tell whether a finding may be answered with a 出错说明."""
    return finding.severity is Severity.WARNING and finding.explainable


class ReasonEditor(QPlainTextEdit):
    """Where a reason is written: Enter keeps it, Shift+Enter breaks the line, Esc gives it up."""

    finished = Signal()
    left = Signal()
    given_up = Signal()
    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("出错说明")
        self.setPlaceholderText(_ASKS)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def sizeHint(self) -> QSize:
        """Ask for a few lines."""
        return QSize(200, _REASON_LINES * self.fontMetrics().lineSpacing() + 2 * GRID)

    minimumSizeHint = sizeHint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Esc as answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _breaks_line(event):
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the person is here."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person went elsewhere."""
        super().focusOutEvent(event)
        self.focus_changed.emit()
        self.left.emit()


def _breaks_line(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class _Field(QWidget):
    """A frame round an editor, in the accent's colour while that has the keyboard."""

    def __init__(self, editor: ReasonEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        editor.setFrameShape(QFrame.Shape.NoFrame)
        editor.focus_changed.connect(self.update)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(editor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame."""
        del event
        colours, focused = colours_of(self.palette()), self._editor.hasFocus()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours.accent if focused else colours.frame), 2 if focused else 1))
        inset = 1.0 if focused else 0.5
        painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


class FindingDrawer(QFrame):
    """Everything about one finding that does not fit into its row of the list."""

    answered = Signal()
    """A reason was kept or given up, a fix was chosen: the keyboard may go back to the list."""
    unfolding_wanted = Signal(object)
    """Show or hide the findings that follow from this one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._finding: Finding | None = None
        self._drafts: dict[tuple[object, ...], str] = {}
        """Reasons that are not kept yet, by the place of their finding."""
        self._texts = {title: _selectable(self) for title in ("算式", "可能的原因", "说明", "依据")}
        self._titles = {title: muted_label(title, self) for title in self._texts}
        self._fixes = QVBoxLayout()
        self._buttons: list[QPushButton] = []
        self._known: tuple[Fix, ...] = ()
        self._followers = QToolButton(self)
        self.reason = ReasonEditor(self)
        self._remark = body_label("", self)
        self._keep = PlainButton("保存说明", self)
        self._reason_part = self._make_reason_part()
        self._lay_out()
        self._connect()
        self.setVisible(False)

    def follow(self, document: Document | None) -> None:
        """Work on another document from now on."""
        self._document = document
        self._drafts.clear()

    def show_finding(self, finding: Finding | None, followers: int = 0) -> None:
        """Open a finding; None closes the drawer. ``followers`` findings are folded under it."""
        same = finding is not None and _place(finding) == _place(self._finding)
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self._show_texts(finding)
        self._show_followers(followers)
        self._show_fixes(finding)
        self._show_reason(finding, same=same)

    def apply_first_fix(self) -> bool:
        """Do the first of what can be done at once; tell whether there is anything."""
        if self._document is None or not self._known:
            return False
        self._document.apply(self._known[0].label, self._known[0].values)
        return True

    def finish_typing(self) -> None:
        """Keep a reason that is still being written, if it is one."""
        if self._draft_changed() and refuse_reason(self.reason.toPlainText()) is None:
            self._keep_reason()

    # ------------------------------------------------------------ what is shown

    def _show_texts(self, finding: Finding) -> None:
        note = "" if takes_reason(finding) else finding.note
        likely = self._likely_cause(finding)
        contents = {"算式": finding.formula, "可能的原因": likely, "说明": note, "依据": finding.basis}
        for title, text in contents.items():
            self._texts[title].setText(text)
            self._texts[title].setVisible(bool(text))
            self._titles[title].setVisible(bool(text))

    def _likely_cause(self, finding: Finding) -> str:
        document = self._document
        if document is None:
            return ""
        return likely_cause(document.form, document.report, document.sheet, finding)

    def _show_followers(self, count: int) -> None:
        self._followers.setVisible(count > 0)
        self._followers.setText(f"连带 {count} 条，改好会一并消除")

    def _show_fixes(self, finding: Finding) -> None:
        known: tuple[Fix, ...] = ()
        if self._document is not None and self._is_open():
            document = self._document
            known = fixes(document.form, document.report, document.sheet, finding)
        room = self.width() - 6 * GRID if self.width() > 20 * GRID else 28 * GRID
        texts = [_broken(fix.text, self.fontMetrics(), room) for fix in known]
        if known == self._known and texts == [button.text() for button in self._buttons]:
            return
        self._known = known
        for button in self._buttons:
            self._fixes.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._make_button(fix, text) for fix, text in zip(known, texts, strict=True)]

    def _make_button(self, fix: Fix, text: str) -> QPushButton:
        button = PlainButton(text, self)
        button.setAccessibleName(fix.text)
        button.setToolTip(f"{fix.text}，可以撤销" + ("（Ctrl+.）" if fix is self._known[0] else ""))
        button.clicked.connect(partial(self._on_fix_clicked, fix))
        self._fixes.addWidget(button)
        button.show()
        return button

    def _show_reason(self, finding: Finding, *, same: bool) -> None:
        self._reason_part.setVisible(takes_reason(finding))
        self.reason.setReadOnly(not self._is_open())
        if (same and self.reason.hasFocus()) or not takes_reason(finding):
            return
        wanted = self._drafts.get(_place(finding), self._kept(finding))
        if not same or self.reason.toPlainText() != wanted:
            self.reason.setPlainText(wanted)
        self._say_standing()

    def _say_standing(self) -> None:
        """Say what is wrong with the reason as it stands, or that it is of former numbers."""
        finding = self._finding
        assert finding is not None
        outdated = bool(self._kept(finding)) and not finding.is_explained
        self._say(_OUTDATED if outdated else "", is_error=False)
        self._keep.setEnabled(self._is_open() and (outdated or self._draft_changed()))

    def _say(self, text: str, *, is_error: bool) -> None:
        colours = colours_of(self.palette())
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        tint(self._remark, colours.error if is_error else colours.warning_text)

    # ------------------------------------------------------------ the reason

    def _is_open(self) -> bool:
        """Tell whether there is a report that may be changed."""
        return self._document is not None and not self._document.is_read_only

    def _kept(self, finding: Finding) -> str:
        return former_reason(self._document.report, finding) if self._document else ""

    def _draft_changed(self) -> bool:
        finding = self._finding
        if finding is None or not takes_reason(finding):
            return False
        return self.reason.toPlainText().strip() != self._kept(finding)

    def _keep_reason(self) -> bool:
        """Keep the reason in the document, or say why it is none; tell whether it is kept."""
        finding, document, text = self._finding, self._document, self.reason.toPlainText()
        if finding is None or document is None:
            return False
        refusal = refuse_reason(text) if text.strip() else None
        if refusal is not None:
            self._say(refusal, is_error=True)
            return False
        self._drafts.pop(_place(finding), None)
        notes = with_reason(document.report, finding, text, datetime.now())
        document.apply("出错说明", {Address(Part.NOTES): notes})
        self._say_standing()
        return True

    def _on_reason_changed(self) -> None:
        if self._finding is not None and takes_reason(self._finding):
            self._keep.setEnabled(self._draft_changed() or not self._finding.is_explained)
            if self._draft_changed():
                self._drafts[_place(self._finding)] = self.reason.toPlainText()
            else:
                self._drafts.pop(_place(self._finding), None)

    def _on_reason_finished(self) -> None:
        if self._keep_reason():
            self.answered.emit()

    def _on_reason_given_up(self) -> None:
        if self._finding is not None:
            self._drafts.pop(_place(self._finding), None)
            self.reason.setPlainText(self._kept(self._finding))
            self._say_standing()
        self.answered.emit()

    def _on_fix_clicked(self, fix: Fix) -> None:
        if self._document:
            self._document.apply(fix.label, fix.values)
        self.answered.emit()

    # ------------------------------------------------------------ building

    def _connect(self) -> None:
        self.reason.textChanged.connect(self._on_reason_changed)
        self.reason.finished.connect(self._on_reason_finished)
        self.reason.left.connect(self.finish_typing)
        self.reason.given_up.connect(self._on_reason_given_up)
        self._keep.clicked.connect(self._on_reason_finished)
        self._followers.clicked.connect(lambda: self.unfolding_wanted.emit(self._finding))

    def _make_reason_part(self) -> QWidget:
        part = QWidget(self)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        row = QHBoxLayout()
        label = muted_label("出错说明(&X)", part)
        label.setBuddy(self.reason)
        row.addWidget(label, 1)
        row.addWidget(self._keep)
        layout.addLayout(row)
        layout.addWidget(_Field(self.reason, part))
        layout.addWidget(self._remark)
        return part

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.backgroundRole().Button)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._followers.setAutoRaise(True)
        self._followers.setToolTip("展开或收起由此引起的各条")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID + GRID // 2, GRID, GRID + GRID // 2, GRID + GRID // 2)
        layout.setSpacing(2)
        self._add_text(layout, "算式")
        self._add_text(layout, "可能的原因")
        layout.addLayout(self._fixes)
        layout.addWidget(self._followers)
        layout.addWidget(self._reason_part)
        self._add_text(layout, "说明")
        self._add_text(layout, "依据")

    def _add_text(self, layout: QVBoxLayout, title: str) -> None:
        layout.addWidget(self._titles[title])
        layout.addWidget(self._texts[title])
        layout.addSpacing(GRID // 2)


def _place(finding: Finding | None) -> tuple[object, ...]:
    return () if finding is None else (finding.code, finding.cells, finding.section)


def _broken(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a button's text in lines no wider than its room, for buttons do not break theirs."""
    lines = [""]
    for character in text:
        if metrics.horizontalAdvance(lines[-1] + character) > room:
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)


def _selectable(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
