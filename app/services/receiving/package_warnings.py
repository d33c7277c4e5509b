"""What does not keep a package out but is to be known (package format §4, §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from app.exchange.packagereader import Package
from app.services.office.office import Office
from app.services.packages.channels import channel_reach, named
from app.services.receiving.package_account import Account, described
from database.log import packages
from database.store.engine import Connection

AHEAD = dt.timedelta(hours=24)
"""So far may another computer's clock be before ours."""


def warned(office: Office, connection: Connection, package: Package, account: Account) -> Account:
    """The account with its warnings, the first of them in words."""
    ours = account.writer == office.identity.writer
    lacking = () if ours else named(channel_reach(connection, account.writer, account.to))
    account = msgspec.structs.replace(account, missing=lacking)
    codes = tuple(_codes(office, connection, package, account))
    if not codes:
        return account
    return described(msgspec.structs.replace(account, warnings=codes), codes[0])


def _codes(
    office: Office, connection: Connection, package: Package, account: Account
) -> Iterator[str]:
    if account.missing:
        yield "APPLIED_WITH_GAP"
    if _is_skewed(office, connection, package):
        yield "CLOCK_SKEW"
    parked = {code for code, _ in account.parked_items}
    yield from sorted(parked & {"REV_FORBIDDEN", "RECORD_INVALID"}, reverse=True)


def _is_skewed(office: Office, connection: Connection, package: Package) -> bool:
    """Made a day from now, or before the package of ours that it confirms."""
    made = dt.datetime.fromisoformat(package.header.created)
    if made - office.clock() > AHEAD:
        return True
    confirmed = {(ack.to, ack.tip) for ack in (package.index.acks if package.index else ())}
    ours = packages.find(connection, direction="out", writer=office.identity.writer)
    return any(
        dt.datetime.fromisoformat(row.created) > made
        for row in ours
        if row.created and (row.to, row.tip) in confirmed
    )
