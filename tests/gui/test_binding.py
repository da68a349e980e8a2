"""The Qt binding itself: faults of single releases that would end the program."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter


def test_calls_that_return_nothing_keep_every_reference_to_none() -> None:
    """PySide6 6.12.0 under Python 3.11 lost one reference a call, and the program aborted in the end."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(1_000):
        painter.fillRect(0, 0, 8, 8, Qt.GlobalColor.white)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 20
