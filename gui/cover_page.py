"""The page for the cover data: unit, its level, the year, and the title they make."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from gui.bridge import DocumentBridge
from gui.page_parts import FindingNote, Paper, body_label, heading_label
from gui.scroller import Scroller, fill
from gui.style import GRID
from gui.text_input import DocumentLineEdit, TypingSteps, difference
from model.document import Change
from model.findings import Finding
from model.report import Address, Part

_WIDTH = 640
_NAME = Address(Part.UNIT_NAME)
_LEVEL = Address(Part.UNIT_LEVEL)
_YEAR = Address(Part.YEAR)


class _Choice(QComboBox):
    """A list to choose from that a turn of the wheel over the page does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class CoverPage(QWidget):
    """Cover data in three plain fields."""

    zoom_requested = Signal(int)

    def __init__(self, bridge: DocumentBridge, years: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = bridge.document
        self._steps = TypingSteps(bridge.document, self)
        self._name = DocumentLineEdit(self._steps, self)
        self._level = _Choice(self)
        self._year = _Choice(self)
        self._note = FindingNote(self)
        self._title = _Title(self)
        self._fill_choices(years)
        self._lay_out()
        self._follow()
        self._name.textEdited.connect(self._on_name_edited)
        self._level.activated.connect(self._on_level_chosen)
        self._year.activated.connect(self._on_year_chosen)
        bridge.changed.connect(self._on_document_changed)

    def set_zoom(self, percent: int) -> None:
        """Take no notice: these fields are large as they are."""

    def show_finding(self, finding: Finding | None) -> None:
        """Say what a finding says of the cover data, and go to the first field that is empty."""
        self._note.show_finding(finding)
        if finding is not None:
            self._first_gap().setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, change: Change) -> None:
        """Go to the field that an undo or a redo changed."""
        fields = {_NAME: self._name, _LEVEL: self._level, _YEAR: self._year}
        for address, field in fields.items():
            if address in change.addresses:
                field.setFocus(Qt.FocusReason.OtherFocusReason)

    def text_field(self, _address: Address) -> DocumentLineEdit:
        """Return the one field here that holds words."""
        return self._name

    # ------------------------------------------------------------ within

    def _first_gap(self) -> QWidget:
        report = self._document.report
        return self._year if report.is_named and report.year is None else self._name

    def _fill_choices(self, years: Sequence[int]) -> None:
        for level in self._document.form.levels:
            self._level.addItem(level, level)
        self._level.setPlaceholderText("请选择")
        for year in years:
            self._year.addItem(f"{year} 年", year)
        self._year.setPlaceholderText("请选择")

    def _lay_out(self) -> None:
        self._name.setTextMargins(GRID // 2, 0, GRID // 2, 0)
        self._name.setPlaceholderText("例如：南湖新区管理委员会")
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fields = {"机关名称(&N)": self._name, "机关层级(&L)": self._level, "报告年份(&Y)": self._year}
        for label, field in fields.items():
            field.setFont(_enlarged(self.font(), 1.15))
            field.setMinimumHeight(4 * GRID + GRID // 2)
            field.setAccessibleName(label.partition("(")[0])
            form.addRow(label, field)
        room = QWidget()
        column = QWidget(room)
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * GRID)
        inner.addWidget(heading_label("单位信息", column))
        inner.addWidget(_help("机关名称写全称，与印章一致。报告标题由名称和年份组成，印在文件首页。", column))
        inner.addWidget(self._note)
        inner.addLayout(form)
        inner.addSpacing(GRID)
        inner.addWidget(self._title)
        inner.addStretch(1)
        outer = QVBoxLayout(room)
        outer.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        outer.addWidget(column)
        fill(self, Scroller(room, self))
        self.setFocusProxy(self._name)

    def _follow(self) -> None:
        """Show what the document has, leaving alone what shows it already."""
        report = self._document.report
        if self._name.text() != report.unit_name:
            self._name.setText(report.unit_name)
        _choose(self._level, report.unit_level, report.unit_level or "")
        _choose(self._year, report.year, f"{report.year} 年")
        self._title.show_lines(report.title_lines(self._document.form))

    def _on_document_changed(self, change: Change) -> None:
        if {_NAME, _LEVEL, _YEAR} & change.addresses:
            self._follow()

    def _on_name_edited(self, text: str) -> None:
        _, gone, come = difference(self._document.report.unit_name, text)
        joins = self._steps.begin_edit(gone, come)
        self._document.apply("修改机关名称", {_NAME: text}, merge="unit_name" if joins else "")
        self._steps.finish_edit(come, joined=joins)

    def _on_level_chosen(self) -> None:
        self._document.apply("选择机关层级", {_LEVEL: self._level.currentData()})

    def _on_year_chosen(self) -> None:
        self._document.apply("选择报告年份", {_YEAR: self._year.currentData()})


class _Title(Paper):
    """The head of the document's first page, as the cover data make it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = [QLabel(self), QLabel(self)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 4 * GRID, 3 * GRID, 4 * GRID)
        layout.setSpacing(GRID)
        for label in self._lines:
            label.setFont(_enlarged(self.font(), 1.5))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the lines of a title."""
        for label, line in zip(self._lines, lines, strict=True):
            label.setText(line)
        self.setAccessibleName("报告标题：" + "".join(lines))


def _help(text: str, parent: QWidget) -> QLabel:
    label = body_label(text, parent)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _enlarged(font: QFont, factor: float) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * factor)
    return larger


def _choose(field: QComboBox, value: object, text: str) -> None:
    """Show a value in a list, adding one that it does not offer; None shows the placeholder."""
    if value is not None and field.findData(value) < 0:
        field.addItem(text, value)
    field.setCurrentIndex(field.findData(value) if value is not None else -1)
