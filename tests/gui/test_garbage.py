"""Garbage is found by the window's thread alone, whoever made it and whoever works meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.garbage import GarbageSearch, look


class Cycle(QObject):
    """Something of Qt's that only a search can find, and that says where it ended."""

    def __init__(self, ended_in: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.ended_in = ended_in

    def __del__(self) -> None:
        self.ended_in.append(threading.get_ident())


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    limits = gc.get_threshold()
    yield
    gc.set_threshold(*limits)


def make_much() -> None:
    gc.get_count()
    kept: list[list[object]] = []
    for _ in range(20_000):
        kept.append([kept])


def test_a_working_thread_finds_no_garbage_and_the_window_does(qtbot: QtBot) -> None:
    parent = QObject()
    GarbageSearch(parent).begin()
    ended_in: list[int] = []
    Cycle(ended_in)
    worker = threading.Thread(target=make_much)
    worker.start()
    worker.join()
    assert ended_in == []
    qtbot.waitUntil(lambda: bool(ended_in))
    assert ended_in == [threading.get_ident()]
    assert not gc.isenabled()


def test_without_enough_new_objects_nothing_is_searched() -> None:
    ended_in: list[int] = []
    gc.collect()
    Cycle(ended_in)
    look()
    assert ended_in == []


def test_what_has_grown_old_is_searched_in_its_turn() -> None:
    ended_in: list[int] = []
    Cycle(ended_in).setObjectName("old")
    gc.set_threshold(1, 1, 1)
    for _ in range(20):
        make_much()
        look()
    assert len(ended_in) == 1
