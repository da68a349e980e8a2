"""The running program's ear: later starts hand their files to it (:mod:`gui.handover`).

A socket file or a named pipe of this user; nothing here touches a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from gui.handover import MOST_BYTES, TAKEN, files_of

_IDLE = 5000
"""Milliseconds after which a connection that says nothing is cut."""
_LISTENER = 300
"""Milliseconds to find out whether somebody listens already."""


class FirstInstance(QObject):
    """Listens until it is closed."""

    def __init__(
        self, place: str, take: Callable[[Sequence[Path]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._take = take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._orders: dict[QLocalSocket, bytes] = {}

    def listen(self, *, replace: bool) -> bool:
        """Begin to listen, unless another start was quicker; ``replace`` one that does not answer.

        What a crash left in the place is removed; Qt itself would replace a living listener unasked.
        """
        if not replace and self._is_taken():
            return False
        try:
            Path(self._place).parent.mkdir(parents=True, exist_ok=True)
        except OSError:  # no place to meet: each start is a program of its own, which is safe
            return False
        QLocalServer.removeServer(self._place)
        return self._server.listen(self._place)

    def close(self) -> None:
        """Listen no longer and leave nothing behind."""
        self._server.close()

    def _is_taken(self) -> bool:
        probe = QLocalSocket(self)
        probe.connectToServer(self._place)
        taken = probe.waitForConnected(_LISTENER)
        probe.abort()
        probe.deleteLater()
        return taken

    def _on_connected(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            self._orders[connection] = b""
            connection.readyRead.connect(partial(self._on_read, connection))
            connection.disconnected.connect(partial(self._on_gone, connection))
            QTimer.singleShot(_IDLE, connection, connection.abort)
            self._on_read(connection)

    def _on_read(self, connection: QLocalSocket) -> None:
        if connection not in self._orders:
            return
        self._orders[connection] += bytes(connection.readAll().data())
        order = self._orders[connection]
        if len(order) > MOST_BYTES:
            connection.abort()
        elif order.endswith(b"\n"):
            self._obey(connection, order)

    def _obey(self, connection: QLocalSocket, order: bytes) -> None:
        files = files_of(order)
        if files is None:
            connection.abort()
            return
        connection.write(TAKEN)
        connection.flush()
        connection.disconnectFromServer()
        QTimer.singleShot(0, self, partial(self._take, files))  # it may ask something; the answer is out

    def _on_gone(self, connection: QLocalSocket) -> None:
        if self._orders.pop(connection, None) is not None:
            connection.deleteLater()
