"""The rows of the list of findings: every word and every code in them is shown whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gui import findings_delegate
from gui.findings_panel import FindingsPanel
from model.findings import Finding
from model.forms import Form, Severity

WIDTHS = (228, 280, 420)
"""The narrowest the pane becomes, its usual width, and a wide one."""


@pytest.fixture
def panel(qtbot: QtBot, dressed: object) -> FindingsPanel:
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


class Pen:
    """Notes what a row says and where, painting nothing."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.texts: dict[str, QRectF] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(self._painter, name)

    def drawText(self, place: object, *rest: object) -> None:
        metrics = self._painter.fontMetrics()
        if isinstance(rest[-1], str) and hasattr(place, "x") and not hasattr(place, "width"):
            top = place.y() - metrics.ascent()
            self.texts[rest[-1]] = QRectF(
                place.x(), top, metrics.horizontalAdvance(rest[-1]), metrics.height()
            )


def codes(form: Form) -> Iterator[str]:
    yield from (check.code for check in form.checks)
    yield from (rule.code for rule in form.rules)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_code_is_shown_whole_inside_its_row(panel: FindingsPanel, form: Form, width: int) -> None:
    panel.resize(width, 600)
    cells = form.inputs[:1]
    panel.show_findings(
        [Finding(code, Severity.ERROR, "六列不平。", "", left=cells, difference=-4) for code in codes(form)]
    )
    image = QImage(width, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for row, finding in enumerate(panel.model.findings):
        painter = QPainter(image)
        pen, option, index = Pen(painter), QStyleOptionViewItem(), panel.model.index(row)
        option.font, option.rect = panel.view.font(), panel.view.visualRect(index)
        option.rect.moveTop(0)
        panel.view.itemDelegate().paint(pen, option, index)
        painter.end()
        shown = {text: box for text, box in pen.texts.items() if text in (finding.code, *parts(finding.code))}
        assert "".join(sorted(shown, key=lambda text: shown[text].top())) == finding.code
        assert all(option.rect.contains(box.toAlignedRect()) for box in shown.values())
        boxes = list(pen.texts.values())
        assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)


def parts(code: str) -> tuple[str, str]:
    kind, point, place = code.partition(".")
    return kind + point, place


def test_only_what_lacks_room_takes_more_lines(panel: FindingsPanel, form: Form) -> None:
    finding = Finding("row_total.granted", Severity.ERROR, "a", "", left=form.inputs[:1], difference=-4)
    foot = findings_delegate._Foot(finding, 0, panel.font())
    assert (foot.lines(400), foot.lines(150), foot.lines(80)) == (1, 2, 3)


def _row(code: str, difference: int) -> Finding:
    return Finding(code, Severity.ERROR, f"相差 {difference}", "", difference=difference)


def test_a_remark_with_other_numbers_keeps_its_row(panel: FindingsPanel) -> None:
    moved: list[str] = []
    panel.show_findings([_row("a", 1), _row("b", 2), _row("c", 3)])
    panel.model.rowsInserted.connect(lambda *_: moved.append("in"))
    panel.model.rowsRemoved.connect(lambda *_: moved.append("out"))
    changed: list[tuple[int, int]] = []
    panel.model.dataChanged.connect(lambda first, last, *_: changed.append((first.row(), last.row())))
    panel.show_findings([_row("a", 1), _row("b", 5), _row("c", 3)])
    assert (moved, changed) == ([], [(1, 1)])
    assert panel.model.index(1).data() == "相差 5"
    panel.show_findings([_row("a", 1), _row("c", 4)])
    assert (moved, changed[1:]) == (["out"], [(0, 1)])
    assert [panel.model.index(row).data() for row in range(2)] == ["相差 1", "相差 4"]


def test_a_row_is_measured_anew_for_another_font(panel: FindingsPanel) -> None:
    panel.show_findings([_row("a", 1)])
    before = panel.view.sizeHintForRow(0)
    font = panel.view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    panel.view.setFont(font)
    assert panel.view.sizeHintForRow(0) > before * 1.5
