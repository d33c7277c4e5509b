"""What the window does with a server: move the data there, or join what is there already."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.office.clock import Clock, wall_clock
from app.services.office.duties import require
from app.services.office.office import Office
from app.services.office.server_password import remember, server_of_fields
from app.services.starting import move_store
from app.services.starting.demonstration import throw_away
from app.services.starting.move_store import Moved
from database.store.server_note import Server


@dataclass(frozen=True, slots=True)
class There:
    """What was typed of a database."""

    host: str
    database: str
    user: str
    password: str = field(default="", repr=False)

    @property
    def server(self) -> Server:
        """Its address; raises `UserError` SERVER_ADDRESS."""
        return server_of_fields(self.host, self.database, self.user, self.password)


def allowed(office: Office, there: There, passphrase: str) -> None:
    """Raise what would keep who is at work from moving, while the data is still open."""
    require(office, "restore")
    if office.store.server:
        raise UserError("ALREADY_THERE", "数据已经在服务器上。")
    with office.store.read() as connection:
        office.kept.keyring(connection).unlock(office.operator, passphrase)
    move_store.require_reachable(there.server)


def move(
    root: Path,
    passphrase: str,
    there: There,
    operator: str,
    *,
    clock: Clock = wall_clock,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Moved:
    """As `move_store.move_to_server`; the password is kept for the next start."""
    server = there.server
    done = move_store.move_to_server(
        root, passphrase, server, operator=operator, clock=clock, progress=progress, cancel=cancel
    )
    remember(server)
    return done


def join(root: Path, there: There, operator: str, passphrase: str) -> None:
    """As `move_store.join`; the password is kept for the next start."""
    server = there.server
    with closing(move_store.join(root, server, passphrase, operator=operator or None)):
        remember(server)
    throw_away(root)
