"""Whatever is shipped has its licence with it."""

from __future__ import annotations

from app.services.backup.about import about, licence_text
from app.services.office.office import Office


def test_every_part_has_a_licence_and_its_text(county: Office) -> None:
    found = about(county)
    assert len({part.name for part in found.parts}) == len(found.parts)
    for part in found.parts:
        assert part.licence, part.name
        assert licence_text(part), part.name
        assert part.texts or part.licence == "Public Domain", part.name


def test_what_the_program_requires_is_named(county: Office) -> None:
    names = {part.name.lower() for part in about(county).parts}
    wanted = {"msgspec", "cryptography", "reportlab", "typer", "mako", "sqlcipher"}
    assert wanted <= names
