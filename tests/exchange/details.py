"""What a refusal names for the log, and what is said of a line or scan that is set aside.

An attack not listed here names nothing. `R` stands for the package's own root,
`U` for the random name of a scan; `None` is what a library says in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from app.exchange import kinds, manifest
from tests.exchange.forge import RECORDS
from tests.exchange.offices import COUNTY_PC, GONE, NEW_ROOT, SISTER, SISTER_PC, STRANGER

_ROOT = re.compile(r"zf-[0-9]{6}-[0-9a-f]{8}-[0-9]{6}-[0-9a-f]{8}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

STRANGERS_KEY = STRANGER.key.public.key_id
MANY, TOO_LARGE = "10001 个文件", "文件超过允许的大小。"
FORM, HASH = "记录的格式不对", "记录的内容与它的校验值不一致"
TWICE, DEEP = "a member stands twice", "nested too deep"


def lacks(member: str, at: str = "") -> str:
    return f"Object missing required field `{member}`" + (f" - at `$.{at}`" if at else "")


NAMED: Mapping[str, str | None] = {
    "flip-header": manifest.BAG_INFO,
    "flip-payload": RECORDS,
    "flip-manifest": manifest.MANIFEST,
    "dot-dot": "zf/../bagit.txt",
    "absolute": "/etc/passwd",
    "backslash": "zf\\bagit.txt",
    "drive": "C:/bagit.txt",
    "device": "R/data/CON",
    "device-with-ending": "R/data/lpt1.txt",
    "hidden": "R/.hidden",
    "symlink": "R/header.json",
    "case-duplicate": "R/bagit.txt",
    "two-roots": "other、R",
    "no-root": "、R",
    "root-renamed": "zf-x",
    "root-not-as-in-header": "R",
    "deflated": "R/header.json",
    "overlapping": "R/bagit.txt",
    "prefix": "R/header.json",
    "order": "R/bag-info.txt",
    "header-too-large": manifest.HEADER,
    "more-entries-than-any": MANY,
    "entries-of-a-false-count": MANY,
    "huge-count": "65535 个文件",
    "huge-directory": "1 个文件",
    "blank-tagmanifest": manifest.TAG_MANIFEST,
    "blank-manifest": "清单",
    "no-header": manifest.HEADER,
    "no-tagmanifest": manifest.TAG_MANIFEST,
    "no-records": RECORDS,
    "no-index": kinds.INDEX,
    "extra-payload": "data/extra",
    "fetch": "fetch.txt",
    "other-manifest": "manifest-sha512.txt",
    "unsorted-manifest": "清单",
    "malformed-manifest": "清单",
    "format-2": "格式 2",
    "crit": "seals",
    "crit-unnamed": "Expected `str`, got `int` - at `$.crit[0]`",
    "crit-partly-named": "Expected `str`, got `int` - at `$.crit[1]`",
    "suite-unknown": "none",
    "suite-gm": "gm-1",
    "two-signatures": f"signatures/{COUNTY_PC.key.public.key_id}.sshsig",
    "sm2-beside-std": f"signatures/{COUNTY_PC.key.public.key_id}.sshsig",
    "sm2-only": "signatures/0123456789abcdef.sm2sig",
    "signature-renamed": "signatures/0123456789abcdef.sshsig",
    "header-not-json": None,
    "header-deep": DEEP,
    "header-twice": TWICE,
    "header-spaced": "white space",
    "header-lacks-part": lacks("part"),
    "header-format-text": "Expected `int`, got `str` - at `$.format`",
    "header-kind": "Invalid enum value 'gossip' - at `$.kind`",
    "header-seq": "package_id",
    "header-to": "to",
    "urgent-to-self": "to",
    "answer-to-self": "to",
    "header-station": "station",
    "header-created": "created",
    "header-created-offset": "created",
    "header-recipients": "recipients",
    "header-readers": "recipients",
    "header-oxum": "payload_oxum",
    "bagit": manifest.BAGIT,
    "bag-info": manifest.BAG_INFO,
    "unknown-signer": STRANGER.writer,
    "signed-by-sister": f"{SISTER_PC.writer} ≠ {COUNTY_PC.writer}",
    "county-restores": f"{COUNTY_PC.writer}：restore",
    "county-answers": f"{COUNTY_PC.writer}：answer",
    "gone-restores": f"{GONE.writer}：restore",
    "other-channel": f"{COUNTY_PC.writer}：submission → {SISTER}",
    "revoked": f"{GONE.writer}：8",
    "age-junk": "age",
    "age-stanzas": "age",
    "age-unended-header": "age",
    "age-empty": "age",
    "age-armored": "age",
    "index-not-json": None,
    "index-lacks-cover": lacks("package_id"),
    "index-ack-misspelt": lacks("rejected", "acks[0]"),
    "index-ack-short": lacks("missing", "acks[0]"),
    "index-ack-without-parked": lacks("parked", "acks[0]"),
    "index-of-too-many-values": "too many values",
    "index-lists-more": "data/x",
    "index-lists-less": "data/att/U.age",
    "payload-stray": "data/notes.age",
    "records-gap": kinds.records_path(1),
    "scan-in-answer": "data/att/U.age",
    "records-hash": RECORDS,
    "bomb-ratio": None,
    "frame-says-far-more": None,
    "zstd-junk": "zstd",
    "zstd-cut": "zstd",
    "zstd-after": "zstd",
    "zstd-two-frames": "zstd",
    "zstd-empty-frame-before": "zstd",
    "zstd-empty": "zstd",
    "zstd-three-bytes": "zstd",
    "zstd-no-size": "zstd",
    "zstd-window": "zstd",
    "records-larger-than-any": "134217729 字节",
    "lines-all-blank": "超过 100000 条",
    "more-lines-than-any": "1000001 条",
    "trust-rollback": "1 < 2",
    "trust-stranger": STRANGERS_KEY,
    "trust-stranger-same-length": STRANGERS_KEY,
    "trust-older-stranger": STRANGERS_KEY,
    "trust-older-second-history": "1",
    "trust-second-history": "1",
    "trust-wrong-root": NEW_ROOT.key.public.key_id,
    "trust-previous": "2",
    "trust-version": "3",
    "trust-writer-lacks-supersedes": lacks("supersedes", "writers[0]"),
    "trust-allowed-signers": kinds.ALLOWED_SIGNERS,
    "trust-signature-missing": kinds.trust_path(2, ".sshsig"),
    "trust-new-root-silent": ".new.sshsig",
    "trust-known-root-silent": ".new.sshsig",
    "trust-known-root-twice": ".new.sshsig",
    "trust-known-resigned": STRANGERS_KEY,
    "trust-zero": kinds.trust_path(0),
    "trust-gap": kinds.trust_path(3),
    "trust-version-too-large": kinds.trust_path(1),
    "trust-signature-too-large": f"R/{kinds.trust_path(1, '.sshsig')}",
    "trust-too-large": None,
    "trust-extra": "data/trust/notes",
    "trust-writer": "511100-15895d98",
    "enrol-other-key": STRANGER.writer,
    "enrol-to-self": "to",
    "enrol-to-county": "to",
    "enrol-age": "enrol",
    "enrol-machine": "enrol",
    "enrol-two-lines": "不是一条",
    "enrol-many-lines": "不是一条",
    "enrol-too-large": None,
    "enrol-stanzas": "age",
    "enrol-resigned": STRANGER.writer,
}

SET_ASIDE: Mapping[str, str | None] = {
    "line-hash": HASH,
    "line-blank": f"{FORM}（not an object）",
    "line-bom": f"{FORM}（not an object）",
    "line-unended": None,
    "line-spaced": f"{FORM}（not an object）",
    "line-upper-hash": FORM,
    "line-not-json": f"{FORM}（not an object）",
    "line-not-utf8": None,
    "line-surrogate": None,
    "line-twice": f"{FORM}（{TWICE}）",
    "line-twice-deep": f"{FORM}（{TWICE}）",
    "line-nan": None,
    "line-deep": f"{FORM}（{DEEP}）",
    "line-very-deep": None,
    "line-id": "记录的标识不对",
    "line-schema": "记录的版式号不对",
    "line-parents": "记录的前一版本写法不对",
    "line-of-65-parents": "记录的前一版本超过 64 个",
    "line-at": "记录的时间写法不对",
    "line-at-offset": "记录的时间写法不对",
    "line-by": "记录没有写明经办人",
    "line-long-by": "记录没有写明经办人",
    "line-writer": "记录没有写明填写的电脑",
    "line-op": f"{FORM}（Invalid enum value 'delete' - at `$.op`）",
    "line-type": "这一类文件不带这种记录（review）",
    "line-other-writer": f"记录由 {SISTER_PC.writer} 填写",
    "scan-hash": "扫描件的内容与它的校验值不一致",
    "scan-longer": TOO_LARGE,
    "scan-junk": "文件不完整或已损坏。",
    "scan-not-for-us": "这个文件不是发给本单位的。",
}

SCANS = {"签领表.jpg": sha256(b"photo 1").hexdigest(), "照片.png": sha256(b"photo 2").hexdigest()}

NAMELESS = {"line-blank", "line-bom", "line-unended", "line-spaced", "line-upper-hash"}
"""Lines so far from the form that not even the name they claim is taken from them."""


def plain(detail: str) -> str:
    """The detail without what is different in every package."""
    return _UUID.sub("U", _ROOT.sub("R", detail))
