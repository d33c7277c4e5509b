"""Whatever bytes arrive: a code, or exactly what was sealed; never anything else."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange import container, kinds, strictjson
from app.exchange.packagereader import open_package
from app.exchange.records import Good, split
from app.exchange.refusal import CODES, Refused
from tests.exchange import offices, spoil
from tests.exchange.forge import RECORDS, Forgery, pack
from tests.exchange.offices import CITY_PC
from tests.exchange.spoil import Desk


@cache
def seeds() -> tuple[bytes, ...]:
    """A submission, an answer and a trust package."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        return (
            desk.sealed().read_bytes(),
            desk.sealed(CITY_PC, "answer", to=offices.COUNTY).read_bytes(),
            desk.trust(spoil.second_trust()).zip(),
        )


_SEEDS = st.integers(0, 2).map(lambda number: seeds()[number])


def content(data: bytes) -> object:
    """Everything in a package, or the code it gets."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            with open_package(
                Path(file.name), trust=offices.first_trust(), identities=[CITY_PC.secret]
            ) as package:
                return package.tip, list(package.lines()), package.new_trust
        except Refused as refused:
            return refused.code


def check(data: bytes) -> None:
    """The one valid container of a package is the sealed one."""
    assert isinstance(content(data), str) or data in seeds()


@settings(max_examples=200)
@given(st.data())
def test_changed_bytes(data: st.DataObject) -> None:
    seed = data.draw(_SEEDS)
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(seed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    check(bytes(changed))


@settings(max_examples=150)
@given(st.data())
def test_metadata_changed_where_it_hurts(data: st.DataObject) -> None:
    """Every byte of the headers and the directory, not of the payload."""
    seed = data.draw(_SEEDS)
    mark = data.draw(st.sampled_from([b"PK\1\2", b"PK\3\4", b"PK\5\6"]))
    starts = [at for at in range(len(seed)) if seed.startswith(mark, at)]
    at = data.draw(st.sampled_from(starts)) + data.draw(st.integers(0, 60))
    changed = bytearray(seed)
    changed[min(at, len(seed) - 1)] ^= 1 << data.draw(st.integers(0, 7))
    assert isinstance(content(bytes(changed)), str)


@settings(max_examples=150)
@given(st.data())
def test_cut_doubled_and_spliced(data: st.DataObject) -> None:
    seed = data.draw(_SEEDS)
    other = data.draw(_SEEDS)
    at, back = data.draw(st.integers(0, len(seed))), data.draw(st.integers(0, len(other)))
    check(seed[:at] + other[back:])


@given(st.binary(max_size=300))
def test_anything_at_all(data: bytes) -> None:
    assert content(data) == "PKG_CORRUPT"
    assert content(data + container.directory([])) in CODES


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.text(st.characters(max_codepoint=255), min_size=1, max_size=12),
        st.binary(max_size=9),
        max_size=8,
    )
)
def test_any_members(members: dict[str, bytes]) -> None:
    named = {name: data for name, data in members.items() if name.isascii()}
    assert content(pack({f"zf-1/{name}": data for name, data in named.items()})) in CODES


@settings(max_examples=80)
@given(st.data())
def test_signed_nonsense_inside_a_good_package(data: st.DataObject) -> None:
    """A writer that is enrolled but broken: its lines, index or trust files are arbitrary."""
    forgery = _opened()
    if data.draw(st.booleans()):
        junk = data.draw(st.binary(max_size=200))
        length = data.draw(st.integers(0, 300) | st.just(len(junk)))
        found = content(forgery.put_records(junk, length=length).whole())
    else:
        plain = bytearray(forgery.plain(kinds.INDEX))
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
        found = content(forgery.put(kinds.INDEX, bytes(plain)).whole())
    assert isinstance(found, tuple) or found in CODES


def _opened() -> Forgery:
    with tempfile.NamedTemporaryFile() as file:
        file.write(seeds()[0])
        file.flush()
        return Forgery.of(Path(file.name))


@settings(max_examples=80)
@given(st.data())
def test_signed_but_broken_ciphertext(data: st.DataObject) -> None:
    """An enrolled writer whose age files are damaged before they are signed."""
    forgery = _opened()
    path = data.draw(st.sampled_from([kinds.INDEX, RECORDS]))
    sealed = bytearray(forgery.members[path])
    at = data.draw(st.integers(0, len(sealed) - 1))
    if data.draw(st.booleans()):
        sealed[at] = data.draw(st.integers(0, 255))
    else:
        sealed[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    forgery.members[path] = bytes(sealed)
    found = content(forgery.whole())
    assert isinstance(found, tuple) or found in ("PKG_CORRUPT", "NOT_FOR_US")


@settings(max_examples=80)
@given(st.data())
def test_a_line_is_good_only_as_it_was_written(data: st.DataObject) -> None:
    h, raw = offices.revision(body={"note": "走访", "rows": [{"id": 1, "x": [1.5, None, True]}]})
    line = bytearray(b'{"h":"%b","r":%b}' % (h.encode(), raw))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] = data.draw(st.integers(0, 255))
    found = content(_opened().put_records(bytes(line) + b"\n").whole())
    if isinstance(found, tuple):
        good = [one for one in found[1] if isinstance(one, Good)]
        assert [(one.h, one.raw) for one in good] in ([], [(h, raw)])


@given(st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"")), max_size=9))
def test_lines_are_the_same_however_the_stream_is_cut(lines: list[bytes]) -> None:
    whole = b"".join(line + b"\n" for line in lines)
    for size in (1, 3, 1000):
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert [line for batch in split(pieces) for line in batch] == lines


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)


@given(_JSON)
def test_strict_json_takes_what_is_strict(tree: object) -> None:
    raw = json.dumps(tree).encode()
    assert strictjson.parse(raw) == tree
    compact = json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()
    assert strictjson.is_compact(compact)
