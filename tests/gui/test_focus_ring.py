"""The ring round the focused control: it follows, and outlives whatever it stood in."""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def rings(holder: QWidget) -> list[QFrame]:
    """Return the rings to be seen in what holds a control."""
    parts = holder.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [part for part in parts if part.isVisible() and part.frameShape() is QFrame.Shape.Box]


def test_the_ring_goes_with_the_focus_and_with_its_control(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    one, two = QCheckBox("一", page), QCheckBox("二", page)
    layout.addWidget(one)
    layout.addWidget(two)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: dressed.activeWindow() is page)
    for part in (one, two):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(
            lambda part=part: [ring.geometry().contains(part.geometry()) for ring in rings(page)] == [True]
        )
    page.resize(page.width() + 90, page.height() + 90)
    qtbot.waitUntil(lambda: two.width() > 90)
    assert rings(page)[0].geometry().contains(two.geometry())
    page.setFocus()
    qtbot.waitUntil(lambda: rings(page) == [])


def test_the_ring_outlives_places_that_are_taken_down_while_they_have_it(
    dressed: QApplication, qtbot: QtBot
) -> None:
    for number in range(60):
        box = QMessageBox(QMessageBox.Icon.Information, "题", "句子")
        box.addButton("甲", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("乙", QMessageBox.ButtonRole.RejectRole)
        box.show()
        box.activateWindow()
        qtbot.waitUntil(lambda box=box: dressed.activeWindow() is box)
        for _ in range(1 + number % 3):
            QTest.keyClick(dressed.focusWidget() or box, Qt.Key.Key_Tab)
            QTest.qWait(0)
            gc.collect(0)  # what Qt made itself loses what Python knew of it
        if number % 2:
            box.close()
        box.deleteLater()
        QTest.qWait(0)
