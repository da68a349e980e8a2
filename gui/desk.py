"""What commands that make documents out of a window's report work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from gui.actions import Actions
from gui.message_bar import MessageBar
from gui.run import Run


class Desk(NamedTuple):
    """The parts of one window that such commands share."""

    window: QWidget
    actions: Actions
    run: Run
    bar: MessageBar
    """Where they say how far they are and what became of it."""
    finish_typing: Callable[[], None]
    """Brings into the report a text or number that is still being typed."""
