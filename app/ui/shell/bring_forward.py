"""A second start calls the first window forward instead of opening another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 2000
"""Milliseconds a second start waits for an answer."""

_MOST = 64 * 1024
"""Bytes of file names that a second start may hand over."""


def address(folder: Path) -> str:
    """The local socket's name for a data folder."""
    return f"zoufang-{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"


class BringForward(QObject):
    """Listens for second starts of the same account; `called` is for the window.

    `brought(paths)` says which files the second start was to open, if any.
    """

    called = Signal()
    brought = Signal(list)

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
            caller.setReadBufferSize(_MOST)
            if caller.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._hear(caller)
            else:
                caller.disconnected.connect(partial(self._hear, caller))
            self.called.emit()

    def _hear(self, caller: QLocalSocket) -> None:
        """What the caller said until it left."""
        words = bytes(caller.read(_MOST).data()).decode("utf-8", errors="replace")
        caller.deleteLater()
        if paths := [Path(line) for line in words.split("\0") if line]:
            self.brought.emit(paths)


def call_forward(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Call the running window forward and hand it `files`; False when it is another account's."""
    socket = QLocalSocket()
    socket.connectToServer(address(folder))
    if not socket.waitForConnected(_PATIENCE):
        return False
    if files:
        socket.write("\0".join(str(file.absolute()) for file in files).encode()[:_MOST])
        socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True
