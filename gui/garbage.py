"""Looks for garbage in the window's thread alone.

Python searches in whichever thread happens to make the next object. Found by a working thread, what Qt made
would be taken down there, and its timers with it: that ends in a crash sooner or later. So ``main.py`` turns
Python's own searches off, and this goes by their thresholds in the turns of the window.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 500
"""Milliseconds from one look to the next."""


class GarbageSearch(QObject):
    """Searches as long as its parent is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(look)

    def begin(self) -> None:
        """Search from now on, and leave what is there already out of it: that would stop typing for 30 ms."""
        gc.collect()
        gc.freeze()
        self._timer.start()


def look() -> None:
    """Search among the objects of each age whose number has passed Python's threshold."""
    made, limits = gc.get_count(), gc.get_threshold()
    due = [age for age in range(len(limits)) if made[age] > limits[age]]
    if due:
        gc.collect(max(due))
