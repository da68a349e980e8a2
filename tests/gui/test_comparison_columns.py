"""Last year's numbers beside a table: what they say, what they follow, and that the form keeps its room."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gui.comparison_columns import ComparisonColumns
from gui.comparison_strip import ComparisonStrip
from gui.style import Scheme, apply_scheme
from model.cells import Value
from model.growth import Growth
from model.report import Address, Part, Previous
from tests.gui.table_bench import CONTROL, FORM, Bench, cell, report

Key = Qt.Key
Make = Callable[..., Bench]
THIS: dict[str, Value] = {
    "requests.received.natural_person": 68,
    "requests.carried_in.natural_person": 0,
    "requests.granted.natural_person": 5,
    "requests.granted.business": 7,
    "disclosure.normative_documents.in_force": 9,
    "disclosure.licences.decisions": 120,
    "disclosure.fees.amount": Decimal("0.3"),
}
LAST: dict[str, Value] = {
    "requests.received.natural_person": 50,
    "requests.carried_in.natural_person": 4,
    "requests.granted.natural_person": 0,
    "requests.granted.business": 7,
    "disclosure.normative_documents.in_force": 6,
    "disclosure.licences.decisions": 100,
    "disclosure.fees.amount": Decimal("0.1"),
}


def previous(values: dict[str, Value] | None = None) -> Previous:
    given = LAST if values is None else values
    return Previous(FORM.id, 2020, {cell(name): value for name, value in given.items()})


@pytest.fixture
def table(qtbot: QtBot) -> Make:
    def make(table: str = "requests", last: Previous | None = None) -> Bench:
        bench = Bench(qtbot, table, report(THIS, previous=last or previous()))
        bench.page.set_comparison_beside(True)
        return bench

    return make


def columns(bench: Bench) -> ComparisonColumns:
    return bench.page.findChild(ComparisonColumns)


def strip(bench: Bench) -> ComparisonStrip:
    return bench.page.findChild(ComparisonStrip)


def beside(bench: Bench, name: str) -> Growth | None:
    return columns(bench).texts(cell(f"{bench.table.id}.{name}"))


def picture(bench: Bench) -> QImage:
    return columns(bench).grab().toImage()


def test_each_row_of_the_current_column_is_compared(table: Make) -> None:
    bench = table()
    assert beside(bench, "received.natural_person") == ("50", "+18", "+36.0%")
    assert beside(bench, "carried_in.natural_person") == ("4", "-4", "-100.0%")
    assert beside(bench, "granted.natural_person") == ("0", "+5", "—")
    assert beside(bench, "partially_granted.natural_person") == ("", "", "")
    assert beside(bench, "results_total.natural_person") == ("0", "+5", "—")
    assert columns(bench).accessibleName() == "与上年对比：自然人"
    assert "上年 50 增减 +18 +36.0%" in columns(bench).accessibleDescription()


def test_another_column_is_compared_when_the_cursor_goes_there(table: Make) -> None:
    bench = table().press(Key.Key_Tab)
    assert beside(bench, "granted.business") == ("7", "0", "0.0%")
    assert beside(bench, "granted.natural_person") is None
    bench.press(Key.Key_End)
    assert beside(bench, "received.total") == ("50", "+18", "+36.0%")


def test_what_is_typed_is_compared_at_once_with_its_totals_and_undone(table: Make) -> None:
    bench = table()
    before = picture(bench)
    bench.enter("100")
    assert beside(bench, "received.natural_person") == ("50", "+50", "+100.0%")
    bench.go("received.total")
    assert beside(bench, "received.total") == ("50", "+50", "+100.0%")
    bench.document.undo()
    bench.go("received.natural_person")
    assert beside(bench, "received.natural_person") == ("50", "+18", "+36.0%")
    assert picture(bench) == before


def test_only_the_rows_that_differ_are_painted_anew(table: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = table()
    painted: list[QRect] = []
    monkeypatch.setattr(ComparisonColumns, "update", lambda _self, *rect: painted.append(QRect(*rect)))
    bench.document.set_cells("录入", {cell("requests.received.natural_person"): 100})
    bench.document.set_cells("录入", {cell("requests.received.business"): 3})
    assert [rect.height() for rect in painted] == [bench.view.extent_of_row(0)[1]]


def test_money_and_blocks_with_columns_of_their_own_are_compared_exactly(table: Make) -> None:
    bench = table("disclosure").go("normative_documents.in_force")
    assert beside(bench, "normative_documents.in_force") == ("6", "+3", "+50.0%")
    assert beside(bench, "licences.decisions") == ("100", "+20", "+20.0%")
    assert beside(bench, "fees.amount") == ("0.1", "+0.2", "+200.0%")
    assert columns(bench).accessibleName() == "与上年对比：现行有效件数"


@pytest.mark.parametrize("name", ["disclosure", "requests"])
def test_the_form_still_needs_no_horizontal_scrolling(table: Make, name: str) -> None:
    bench = table(name)
    assert bench.page.width() == 846
    assert bench.view.horizontalScrollBar().maximum() == 0
    right = columns(bench).geometry().right()
    assert bench.view.geometry().right() < columns(bench).x() < right < bench.page.width()


def test_the_rows_stand_beside_those_of_the_table_also_while_it_scrolls(table: Make) -> None:
    bench = table().press(Key.Key_End, modifier=CONTROL)
    assert bench.view.verticalScrollBar().value() > 0
    index = bench.view.currentIndex()
    top, height = bench.view.extent_of_row(index.row())
    rect = bench.view.visualRect(index).translated(bench.view.viewport().pos())
    assert (rect.y(), rect.height()) == (top, height)
    assert columns(bench).y() == bench.view.y()
    assert columns(bench).height() == bench.view.height()


@pytest.mark.parametrize("width", [500, 600])
def test_where_there_is_no_room_the_row_is_compared_below_instead(table: Make, width: int) -> None:
    bench = table()
    bench.page.resize(width, 560)
    assert not columns(bench).isVisible()
    assert strip(bench).isVisible()
    bench.page.resize(846, 560)
    assert columns(bench).isVisible()
    assert not strip(bench).isVisible()


def test_large_type_leaves_the_room_to_the_form(table: Make) -> None:
    bench = table()
    bench.page.set_zoom(200)
    assert not columns(bench).isVisible()
    bench.page.set_zoom(80)
    assert columns(bench).isVisible()


def test_a_table_of_one_row_has_it_compared_below(table: Make) -> None:
    bench = table("review")
    assert not columns(bench).isVisible()
    assert strip(bench).isVisible()


def test_both_can_be_wanted_and_each_be_ended(table: Make, qtbot: QtBot) -> None:
    bench = table()
    bench.page.set_comparison_visible(True)
    assert columns(bench).isVisible()
    assert strip(bench).isVisible()
    assert strip(bench).y() == bench.view.geometry().bottom() + 1
    bench.page.set_comparison_beside(False)
    assert not columns(bench).isVisible()
    assert bench.view.width() > 800
    bench.page.set_comparison_visible(False)
    qtbot.waitUntil(lambda: strip(bench) is None and columns(bench) is None)


def test_figures_of_another_year_are_not_compared(table: Make) -> None:
    bench = table(last=Previous(FORM.id, 2018, previous().inputs))
    assert not columns(bench).isVisible()
    bench.document.apply("年份", {Address(Part.YEAR): 2019})
    assert columns(bench).isVisible()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_it_is_painted_in_the_colours_of_the_scheme(table: Make, scheme: Scheme, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication

    from gui.table_style import table_colours

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_scheme(application, scheme)
    try:
        bench = table()
        image, look = picture(bench), table_colours(bench.page.palette())
        found = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())
        }
        assert {look.paper.name(), look.header.name(), look.selection.name(), look.ink.name()} <= found
        corner = image.pixelColor(image.width() // 2, 0)
        assert corner == QColor(look.edge)
    finally:
        apply_scheme(application, Scheme.LIGHT)
