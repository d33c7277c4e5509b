"""A second start calls the first window forward instead of opening another."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 2000
"""Milliseconds a second start waits for an answer."""


def address(folder: Path) -> str:
    """The local socket's name for a data folder."""
    return f"zoufang-{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


class BringForward(QObject):
    """Listens for second starts of the same account; `called` is for the window."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # Ours is the lock: whoever left this name behind has died.
        QLocalServer.removeServer(address(folder))
        self._server.listen(address(folder))

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.called.emit()


def call_forward(folder: Path) -> bool:
    """Call the running window forward; False when it is another account's."""
    socket = QLocalSocket()
    socket.connectToServer(address(folder))
    return socket.waitForConnected(_PATIENCE)
