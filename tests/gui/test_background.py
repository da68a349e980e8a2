"""Work off the GUI thread ends well, also where nobody waits for it any longer."""

from __future__ import annotations

import threading
from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.background import Background
from model.errors import AppError


def thread_named(name: str) -> threading.Thread:
    return next(thread for thread in threading.enumerate() if thread.name == name)


def test_outcomes_come_in_turn_to_the_thread_of_the_window(qtbot: QtBot) -> None:
    background, told = Background("in turn"), list[tuple[object, int]]()
    for number in range(3):
        background.run(lambda number=number: number, lambda got: told.append((got, threading.get_ident())))
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [(number, threading.get_ident()) for number in range(3)]
    assert background.finish(5)


def test_what_is_expected_to_fail_is_handed_over(qtbot: QtBot) -> None:
    background, told = Background("failing"), list[object]()

    def fail() -> None:
        raise AppError("没有成功")

    background.run(fail, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "没有成功"
    assert background.finish(5)


def test_one_that_is_taken_down_at_work_disturbs_nobody(qtbot: QtBot) -> None:
    place, gate, told = QObject(), Event(), list[object]()
    Background("taken down", place).run(gate.wait, told.append)
    thread = thread_named("taken down")
    delete(place)
    gate.set()
    thread.join(5)
    assert not thread.is_alive()
    qtbot.wait(20)
    assert told == []
