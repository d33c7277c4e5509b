"""Ways to spoil the bytes of a package without its key: flipped, cut, grown, swapped, rezipped."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace

from tests.exchange.forge import Forgery, pack

Dice = random.Random
Spoil = Callable[[bytes, Dice], bytes]

_MARKS = (b"PK\1\2", b"PK\3\4", b"PK\5\6")
_NUMBERS = (0, 1, 2, 8, 0x14, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_NAMES = (
    b"../x", b"/etc/passwd", b"C:\\x", b"CON", b"a\\b", b"x/./y", b"\xff\xfe", b"",
    b"zf/\x00", "走访.json".encode(), b"a" * 250, b"fetch.txt", b"data/x", b"header.json",
)  # fmt: skip


def flipped(data: bytes, dice: Dice) -> bytes:
    """A few bits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 5, 40))):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def overwritten(data: bytes, dice: Dice) -> bytes:
    """A stretch of zeros, of ones, or of noise."""
    at, size = dice.randrange(len(data)), dice.choice((1, 4, 16, 512, 4096))
    with_what = dice.choice((bytes(size), b"\xff" * size, dice.randbytes(size)))
    return (data[:at] + with_what + data[at + size :])[: max(len(data), at + size)]


def cut(data: bytes, dice: Dice) -> bytes:
    """The end, the beginning or something from the middle is gone."""
    at, size = dice.randrange(len(data)), dice.choice((1, 7, 22, 100, 512, 5000))
    return dice.choice((data[:at], data[at:], data[:at] + data[at + size :]))


def grown(data: bytes, dice: Dice) -> bytes:
    """Something more in front, behind or between."""
    more = dice.choice(
        (b"\0", b"\n", dice.randbytes(100), bytes(65_600), data, data[:200], _MARKS[2] + bytes(18))
    )
    at = dice.choice((0, len(data), dice.randrange(len(data))))
    return data[:at] + more + data[at:]


def swapped(data: bytes, dice: Dice) -> bytes:
    """Two stretches in each other's place, or one of them twice."""
    size = dice.choice((1, 16, 46, 200, 1000))
    one, two = sorted(dice.randrange(max(len(data) - size, 1)) for _ in range(2))
    first, second = data[one : one + size], data[two : two + size]
    if dice.random() < 0.3 or two < one + size:
        return data[:two] + first + data[two:]
    return data[:one] + second + data[one + size : two] + first + data[two + size :]


def numbers(data: bytes, dice: Dice) -> bytes:
    """A number of a local header, the directory or its end says something else."""
    mark = dice.choice(_MARKS)
    places = [at for at in range(len(data)) if data.startswith(mark, at)]
    at = dice.choice(places) + dice.choice(range(4, 46, 2))
    changed = bytearray(data)
    form = dice.choice(("<H", "<L"))
    if at + 4 <= len(data):
        old = struct.unpack_from(form, data, at)[0]
        new = dice.choice((*_NUMBERS, old + 1, old - 1, old ^ 0x8000)) & (
            0xFFFF if form == "<H" else 0xFFFFFFFF
        )
        struct.pack_into(form, changed, at, new)
    return bytes(changed)


def _apart(data: bytes) -> tuple[dict[str, bytes], zipfile.ZipFile]:
    box = zipfile.ZipFile(io.BytesIO(data))
    return {info.filename: box.read(info) for info in box.infolist()}, box


def rezipped(data: bytes, dice: Dice) -> bytes:
    """Packed again by somebody else's program: other methods, order, comments, extra fields."""
    members, _ = _apart(data)
    names = list(members)
    dice.shuffle(names)
    if dice.random() < 0.4:
        names.append(dice.choice(names))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", allowZip64=True) as box:
        box.comment = dice.choice((b"", b"", b"x", b"PK\5\6" + bytes(18), bytes(65_535)))
        for name in names:
            info = zipfile.ZipInfo(name, (2011, 7, 20, 9, 0, 0))
            info.compress_type = dice.choice((0, 0, 8, 12, 14))
            info.extra = dice.choice((b"", b"", struct.pack("<HHQ", 1, 8, 1 << 40), b"\1"))
            info.comment = dice.choice((b"", b"", b"c"))
            info.external_attr = dice.choice((0, 0o120777 << 16, 0x10))
            _write(box, info, members[name], dice)
    return out.getvalue()


def _write(box: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes, dice: Dice) -> None:
    import warnings  # zipfile complains of a doubled name

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if dice.random() < 0.2:
            with box.open(info, "w", force_zip64=True) as member:
                member.write(data)
        else:
            box.writestr(info, data, info.compress_type)


def bomb(data: bytes, dice: Dice) -> bytes:
    """A member that is a megabyte of zeros, deflated, or says it is small."""
    members, _ = _apart(data)
    name = dice.choice(list(members))
    members[name] = bytes(dice.choice((1 << 16, 1 << 20, 5_000_000)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for one, inside in members.items():
            box.writestr(zipfile.ZipInfo(one), inside, zipfile.ZIP_DEFLATED)
    made = out.getvalue()
    return numbers(made, dice) if dice.random() < 0.5 else made


def renamed(data: bytes, dice: Dice) -> bytes:
    """A member called otherwise, left out, or one more; the container is the canonical one."""
    members, _ = _apart(data)
    name = dice.choice(list(members))
    root = name.partition("/")[0]
    other = dice.choice(_NAMES).decode("latin-1")
    inside = members[name]
    how = dice.randrange(4)
    if how != 1:
        del members[name]
    if how != 0:
        path = dice.choice((f"{root}/{other}", other, name.upper(), f"{name}/x", f"zf-x/{other}"))
        members[path[:65_000]] = inside if how < 3 else dice.randbytes(50)
    return pack({one: data for one, data in members.items() if one.isascii()})


def member_changed(data: bytes, dice: Dice) -> bytes:
    """The bytes of one member spoilt, and the container made to fit."""
    members, _ = _apart(data)
    name = dice.choice(list(members))
    if members[name]:
        members[name] = dice.choice((flipped, cut, grown, overwritten, swapped))(
            members[name], dice
        )
    return pack(members)


def digests_mended(data: bytes, dice: Dice) -> bytes:
    """As `member_changed`, with manifests that fit; the signature is still the old one."""
    members, _ = _apart(data)
    root = next(iter(members)).partition("/")[0]
    forgery = Forgery(root, {name[len(root) + 1 :]: one for name, one in members.items()})
    inside = [path for path in forgery.members if path.startswith("data/")]
    path = dice.choice(inside)
    if forgery.members[path]:
        forgery.members[path] = flipped(forgery.members[path], dice)
    return replace(forgery).manifests(oxum=dice.random() < 0.5).zip()


SPOILS: tuple[Spoil, ...] = (
    flipped, overwritten, cut, grown, swapped, numbers, numbers, rezipped, bomb, renamed,
    member_changed, member_changed, digests_mended,
)  # fmt: skip
