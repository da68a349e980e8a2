"""What a screen reader is told: every control by name, every cell by row, column, value and state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from gui import status_line
from gui.main_window import MainWindow
from gui.status_line import verdict
from model.cells import CellId
from model.report import Address, Part
from tests.gui.places import PLACES, Tour
from tests.gui.window_driver import document, workspace

_CHINESE = re.compile("[\u4e00-\u9fff]")
_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
_WHOLE = (QAbstractSpinBox, QComboBox, QLineEdit, QTableView)


def interface_of(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def heard(widget: QWidget) -> str:
    """Return the name by which a screen reader calls a control."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # Qt's interface gives the chosen text on Linux, this one on Windows
    return interface_of(widget).text(QAccessible.Text.Name)


def controls(shown: QWidget) -> Iterator[QWidget]:
    """Yield what can be pressed, chosen from or written in; the parts of a control go with it."""
    for part in shown.findChildren(QWidget):
        inner = isinstance(part.parentWidget(), _WHOLE)
        if (
            part.isVisible()
            and not inner
            and isinstance(part, _CONTROLS)
            and not part.objectName().startswith("qt_")
        ):
            yield part
    if isinstance(shown, _CONTROLS):
        yield shown


def shown_as(widget: QWidget) -> str:
    return f"{type(widget).__name__}({heard(widget)!r}) in {type(widget.parentWidget()).__name__}"


def test_every_control_everywhere_is_named_in_chinese(window: MainWindow, tmp_path: Path) -> None:
    nameless: dict[str, list[str]] = {}

    def look(shown: QWidget, place: str) -> None:
        found = [shown_as(part) for part in controls(shown) if not _CHINESE.search(heard(part))]
        if found:
            nameless[place] = found

    tour = Tour(window, tmp_path)
    for place in PLACES:
        tour.visit(place, lambda shown, place=place: look(shown, place))
    assert nameless == {}


def test_every_label_with_a_letter_leads_to_a_control(window: MainWindow, tmp_path: Path) -> None:
    lost: dict[str, list[str]] = {}

    def look(shown: QWidget, place: str) -> None:
        labels = [part for part in shown.findChildren(QLabel) if part.isVisible()]
        found = [part.text() for part in labels if "(&" in part.text() and part.buddy() is None]
        if found:
            lost[place] = found

    tour = Tour(window, tmp_path)
    for place in PLACES:
        tour.visit(place, lambda shown, place=place: look(shown, place))
    assert lost == {}


# ---------------------------------------------------------------- tables


def children(widget: QWidget) -> list[QAccessibleInterface]:
    interface = interface_of(widget)
    return [interface.child(number) for number in range(interface.childCount())]


@pytest.fixture
def sample(window: MainWindow, tmp_path: Path) -> MainWindow:
    """Have the sample open with last year's figures, one of them wrong and explained."""
    Tour(window, tmp_path).report()
    return window


def table_of(window: MainWindow, step: str) -> QWidget:
    workspace(window).go_to(step)
    page = workspace(window).table_page()
    assert page is not None
    return page.focusProxy()


@pytest.mark.parametrize("step", ["disclosure", "requests", "review"])
def test_every_box_of_a_table_says_row_column_and_value(sample: MainWindow, step: str) -> None:
    view = table_of(sample, step)
    named = QAccessible.Text.Name
    heard_by_role: dict[QAccessible.Role, list[str]] = {}
    for child in children(view):
        heard_by_role.setdefault(child.role(), []).append(child.text(named))
    for role in (QAccessible.Role.Cell, QAccessible.Role.RowHeader, QAccessible.Role.ColumnHeader):
        assert all(heard_by_role[role]), role
    model = view.model()
    form = document(sample).form
    for cell in form.table(step).cells:
        text = str(model.index_of(cell).data(Qt.ItemDataRole.AccessibleTextRole))
        for part in (form.row(cell).name, form.column(cell).name, model.state(cell).text or "空白"):
            assert part in text, (cell, text)
        assert text in heard_by_role[QAccessible.Role.Cell]


def test_cells_say_how_they_stand(sample: MainWindow) -> None:
    model = table_of(sample, "requests").model()

    def said(row: str, column: str = "natural_person") -> str:
        return str(model.index_of(CellId("requests", row, column)).data(Qt.ItemDataRole.AccessibleTextRole))

    assert "合计，只读" in said("granted", "total")
    assert "强制错误 1：" in said("granted", "total")
    assert "取自上年，已锁定" in said("carried_in")
    described = model.index_of(CellId("requests", "granted", "total")).data(
        Qt.ItemDataRole.AccessibleDescriptionRole
    )
    assert "合计：自然人 68" in str(described)


def test_an_explained_finding_is_heard_as_explained(sample: MainWindow) -> None:
    panel = sample.findings
    finding = panel.choose_to_explain()
    assert finding is not None
    panel.drawer().reason.setPlainText("上年统计口径不同，已与办公室核对")
    panel.drawer().finish_typing()
    row = panel.model.row_of(finding)
    assert "核实，已说明" in str(panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
    model = table_of(sample, finding.cells[0].table).model()
    text = model.index_of(finding.cells[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "已说明" in str(text)


def test_findings_are_heard_with_severity_and_sentence(sample: MainWindow) -> None:
    rows = [child.text(QAccessible.Text.Name) for child in children(sample.findings.view)]
    shown = [finding for finding in sample.findings.model.findings if not finding.cause]
    assert len(rows) >= len(shown)
    for finding in shown:
        assert any(finding.severity.label in row and finding.message in row for row in rows)


# ---------------------------------------------------------------- what changes


def test_the_status_line_says_its_counts_and_announces_them_when_they_change(
    sample: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = [heard(part) for part in controls(sample.status)]
    assert any(name.startswith("审核结论：强制错误 2") for name in verdicts)
    assert heard(sample.status) == "状态栏"
    said: list[str] = []
    monkeypatch.setattr(status_line, "announce", lambda _widget, text: said.append(text))
    cell = CellId("requests", "granted", "natural_person")
    document(sample).set_cells("录入", {cell: 64})
    assert [text for text in said if "强制错误" in text] == [verdict(sample.findings.model.findings)]
    said.clear()
    document(sample).apply("修改机关名称", {Address(Part.UNIT_NAME): "某局"})
    assert said == []
    sample.status.show_message("粘贴 4 格：写入 4")
    assert said == ["粘贴 4 格：写入 4"]
