"""The trust document in the store: who may write, to whom it is sealed (package format §3)."""

from __future__ import annotations

from functools import lru_cache

from app.domain.kernel.errors import UserError
from app.exchange.trust import SignedVersion, Trust, walk
from app.services.office.office import Office
from database.log import trusts
from database.log.trusts import TrustRow
from database.store.engine import Connection


def trust_of(connection: Connection) -> Trust | None:
    """The newest trust document with its chain, or None before the city's first."""
    versions = tuple(SignedVersion(*row) for row in trusts.every(connection))
    return _walked(versions) if versions else None


@lru_cache(maxsize=4)
def _walked(versions: tuple[SignedVersion, ...]) -> Trust:
    """The same bytes say the same: a chain is not judged anew for every package of a folder."""
    return walk(None, versions)


def require_trust(connection: Connection) -> Trust:
    """As `trust_of`; raises `UserError` NO_TRUST before the city's first."""
    trust = trust_of(connection)
    if trust is None:
        raise UserError(
            "NO_TRUST",
            "还没有装入市总工会的启用包，不能报送。",
            remedy="请装入启用包并核对核对码。",
        )
    return trust


def trust_now(office: Office) -> Trust | None:
    """As `trust_of`, for an office at rest."""
    with office.store.read() as connection:
        return trust_of(connection)


def keep_trust(connection: Connection, trust: Trust) -> None:
    """Keep every version of a chain that was walked."""
    trusts.put(
        connection,
        [TrustRow(v.document, v.signature, v.new_root_signature) for v in trust.versions],
    )


def is_enrolled(office: Office, trust: Trust | None) -> bool:
    """Whether the city has enrolled this installation."""
    return trust is not None and trust.writer(office.identity.writer) is not None
