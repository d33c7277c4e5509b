"""A forgotten passphrase: the sealed recovery code (恢复码) opens, and a new one is set."""

from __future__ import annotations

from pathlib import Path

from app.services.office.clock import Clock, wall_clock
from app.services.office.folder import Folder
from app.services.office.keyring import Keyring
from app.services.office.office import Office, open_with_key, require_data


def open_with_recovery_code(
    root: Path, code: str, operator: str, passphrase: str, *, clock: Clock = wall_clock
) -> Office:
    """Open the data folder with the recovery code and give an operator a new passphrase.

    The code stays good; the operator's old passphrase opens nothing any more.
    Raises `UserError` RECOVERY_CODE_MISTYPED, WRONG_RECOVERY_CODE, NO_OPERATOR,
    PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON.
    """
    require_data(root)
    folder = Folder(root)
    keyring = Keyring.open(folder.keyring)
    key = keyring.unlock_with_recovery(code)
    keyring.modernise_recovery(key, code)
    keyring.change_passphrase(key, operator, passphrase)
    return open_with_key(folder, key, operator, clock)
