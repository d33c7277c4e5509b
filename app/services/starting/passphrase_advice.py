"""What to put right about a passphrase that still opens: said once, after opening."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.office import duties
from app.services.office.office import Office
from app.services.office.passphrases import is_firm
from app.services.packages.trust_issuing import root_lies_open
from app.services.people.operators import known_of
from app.services.people.paper_names import operator_of

_ROOT = (
    "根钥匙还没有口令。请到“设置 → 报送单位登记 → 换根钥匙”勾选“只改口令”设一个，"
    "原来的口令一栏随便填。"
)
_WHERE = "请到“设置 → 我的口令”换一个。"


def advice(office: Office, passphrase: str) -> Sequence[str]:
    """Sentences about the passphrase given and the city's root key, or none."""
    with office.store.read() as connection:
        me = operator_of(connection, office)
        keyring = office.kept.keyring(connection)
    said = []
    if keyring.is_temporary(office.operator):
        said.append(f"您用的是临时口令。{_WHERE}")
    elif not is_firm(passphrase, known_of(office, me.name, me.telephone)):
        said.append(f"您的口令容易被猜到。{_WHERE}")
    if root_lies_open(office) and duties.refusal(office, "keys") is None:
        said.append(_ROOT)
    return said
