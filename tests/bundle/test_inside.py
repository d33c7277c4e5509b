"""What is compiled into a library is told as the library itself tells it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import sqlcipher3
from bundle.inside import inside


def test_the_engine_of_the_store_is_named_in_its_versions(tmp_path: Path) -> None:
    (built,) = Path(sqlcipher3.__file__).parent.glob("_sqlite3*")
    wheel = tmp_path / "sqlcipher3-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as packed:
        packed.write(built, f"sqlcipher3/{built.name}")
    found = {one.name: one.version for one in inside(wheel)}

    connection = sqlcipher3.connect(":memory:")
    connection.execute("PRAGMA key = 'x'")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    (provider,) = connection.execute("PRAGMA cipher_provider_version").fetchone()
    connection.close()
    assert found == {
        "SQLite": sqlcipher3.sqlite_version,
        "SQLCipher": cipher.split()[0],
        "OpenSSL": provider.split()[1],
    }
