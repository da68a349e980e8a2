"""定稿 and 更正: a report is frozen, and a later change asks first and is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui import dialogs
from gui.actions import Actions
from gui.bridge import DocumentBridge
from gui.settings import Settings
from gui.status_line import StatusLine
from model.document import Change
from model.finalising import (
    Final,
    Standing,
    changes_since_final,
    current_final,
    finals,
    kept_reason,
    standing,
    with_final,
    with_force,
    word_change,
)
from model.report import Address, Part

if TYPE_CHECKING:
    from gui.final_dialog import Signature

_MOST_TOLD = 12
"""Changes that a question names."""


class FinalCommands(QObject):
    """Carries out 定稿 for the report of a window, and watches over it."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        settings: Settings,
        status: StatusLine,
        finish_typing: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._status = status
        self._finish_typing = finish_typing
        self._bridge: DocumentBridge | None = None
        self._was = Standing.OPEN
        self._is_correcting = False
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        actions.connect_all({"finalise": self.finalise})
        status.standing_clicked.connect(self.show_standing)

    def follow(self, bridge: DocumentBridge | None) -> None:
        """Watch over this report from now on; None for no report."""
        self._bridge = bridge
        self._is_correcting = False
        self._asking.stop()
        if bridge is not None:
            bridge.changed.connect(self._on_document_changed)
        self._show()

    def finalise(self) -> None:
        """Ask who makes the report final, and note it as one undo step."""
        if self._bridge is None:
            return
        self._finish_typing()
        from export.drafts import blocking_text

        report = self._bridge.document.report
        if current_final(report) is not None:
            self.show_standing()
            return
        if self._bridge.document.is_read_only:
            self._status.show_message("这份年报是只读打开的，不能定稿")
            return
        told, name = self._changes(), "更正" if finals(report) else "定稿"
        kept = "" if kept_reason(report) else blocking_text(self._bridge.findings)
        signature = dialogs.ask_final(
            self._window, name, told, kept, self._settings.final_by, self._settings.final_is_signed
        )
        if signature is not None:
            self._note(name, signature)

    def show_standing(self) -> None:
        """Say who made the report final and when, and what was changed since."""
        if self._bridge is None:
            return
        made = finals(self._bridge.document.report)
        lines = [line for final in made for line in (_told(final), *_cut(list(final.changes)))]
        changes = self._changes()
        lines += ["定稿以后又有改动，还没有重新定稿：", *_cut(changes)] if changes else []
        dialogs.show_final(self._window, "\n".join(lines) or "这份年报还没有定稿。")

    # ------------------------------------------------------------ within

    def _note(self, name: str, signature: Signature) -> None:
        assert self._bridge is not None
        document, now = self._bridge.document, datetime.now().astimezone()
        report = document.report
        if signature.reason:
            report = replace(report, notes=with_force(report, signature.reason, now))
        self._settings.final_by, self._settings.final_is_signed = signature.who, signature.is_printed
        self._is_correcting = False
        notes = with_final(document.form, report, signature.who, now, is_signed=signature.is_printed)
        document.apply(name, {Address(Part.NOTES): notes})
        self._status.show_message(f"已{name}。导出的文件会印上{name}的时间和校验码；请保存年报文件。")

    def _changes(self) -> list[str]:
        assert self._bridge is not None
        document = self._bridge.document
        return [word_change(change) for change in changes_since_final(document.form, document.report)]

    def _on_document_changed(self, change: Change) -> None:
        del change
        before = self._was
        self._show()
        began = (before, self._was) == (Standing.FINAL, Standing.CHANGED)
        if began and not self._is_correcting:
            self._asking.start()

    def _ask(self) -> None:
        """Ask whether the change is to be a 更正, and take it back where it is not."""
        if self._bridge is None or self._was is not Standing.CHANGED:
            return
        document = self._bridge.document
        sentence = f"这份年报已{_told(finals(document.report)[-1])}。"
        if dialogs.ask_correction(self._window, sentence, "\n".join(_cut(self._changes()))):
            self._is_correcting = True
            return
        while standing(document.report) is Standing.CHANGED and document.undo() is not None:
            pass  # typing may have gone on by a step

    def _show(self) -> None:
        """Find out how the report stands, and say so."""
        self._was = standing(self._bridge.document.report) if self._bridge else Standing.OPEN
        self._status.show_standing("" if self._was is Standing.OPEN else self._was.value)


def _told(final: Final) -> str:
    return f"{final.name}：{final.full_words}"


def _cut(lines: list[str]) -> list[str]:
    shown = [f"　{line}" for line in lines[:_MOST_TOLD]]
    return shown + ([f"　等 {len(lines)} 处"] if len(lines) > _MOST_TOLD else [])
