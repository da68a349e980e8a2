"""Whether the documents will be final or a 草稿, and the reason where the person forces them to be final."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from export.drafts import DRAFT_MARK, blocking_text, draft_mark, refuse_force_reason
from gui.page_parts import body_label, tint
from gui.style import GRID, colours_of
from model.findings import Finding


class ForceBox(QWidget):
    """Says what the findings make of the documents; offers to force them where they would be a draft.

    ``reason`` is one that was given before for the same figures, empty for none.
    """

    def __init__(self, findings: Sequence[Finding], reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._findings = findings
        self._standing = body_label(_standing(findings, forced=False), self)
        self._force = QCheckBox("仍作为正式稿导出，理由写进年报文件和审核报告(&F)", self)
        self._reason = QLineEdit(reason, self)
        self._problem = body_label("", self)
        self._lay_out()
        self._force.toggled.connect(self._on_force_toggled)
        self._force.setChecked(bool(reason) and draft_mark(findings) is not None)

    @property
    def standing(self) -> str:
        """What the findings make of the documents."""
        return self._standing.text()

    @property
    def problem(self) -> str:
        """What is wrong with the reason; empty where nothing is."""
        return self._problem.text()

    @property
    def reason(self) -> str:
        """The reason for final documents; empty where nothing is forced."""
        return self._reason.text().strip() if self._force.isChecked() else ""

    def mark(self) -> str | None:
        """Return the mark for the documents, None for final ones."""
        return draft_mark(self._findings, forced=self._force.isChecked())

    def is_complete(self) -> bool:
        """Tell whether nothing is forced without a reason; say what is missing and go there."""
        refusal = refuse_force_reason(self._reason.text()) if self._force.isChecked() else None
        self._problem.setText(f"{refusal}，请写明为什么可以作为正式稿。" if refusal else "")
        self._problem.setVisible(refusal is not None)
        if refusal is not None:
            self._reason.setFocus()
        return refusal is None

    # ------------------------------------------------------------ within

    def _lay_out(self) -> None:
        colours = colours_of(self.palette())
        is_draft = draft_mark(self._findings) is not None
        tint(self._standing, colours.warning_text if is_draft else colours.done)
        tint(self._problem, colours.error)
        self._reason.setPlaceholderText("例如：原公开文本即如此，经办公室主任同意照原样导出")
        self._reason.setAccessibleName("作为正式稿的理由")
        self._force.setVisible(is_draft)
        self._reason.hide()
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for part in (self._standing, self._force, self._reason, self._problem):
            layout.addWidget(part)

    def _on_force_toggled(self, forced: bool) -> None:
        self._standing.setText(_standing(self._findings, forced=forced))
        self._reason.setVisible(forced)
        self._problem.hide()
        if forced:
            self._reason.setFocus()


def _standing(findings: Sequence[Finding], *, forced: bool) -> str:
    kept = blocking_text(findings)
    if not kept:
        return "没有强制错误，核实都已说明：导出的是正式稿。"
    if forced:
        return f"现有{kept}：按下面的理由仍导出正式稿。"
    return f"现有{kept}：导出的文件带“{DRAFT_MARK}”标记。"
