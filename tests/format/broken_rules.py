"""Which rules of the package format each attack of the tests breaks."""

from __future__ import annotations

from collections.abc import Mapping

_RULES = """
F1.2    empty half not-a-zip truncated
F1.3    huge-count huge-directory
F1.7    deflated
F1.8    overlapping
F2.1    backslash drive
F2.2    absolute device device-with-ending dot-dot hidden
F2.3    symlink
F2.4    case-duplicate
F2.5    no-root two-roots
F2.6    root-not-as-in-header root-renamed
F3.1    no-header no-tagmanifest
F3.2    header-too-large
F3.3    fetch other-manifest
F3.4    bagit
F3.5    bag-info
F3.6    enrol-too-large
F3.7    no-index no-records payload-stray records-gap scan-in-answer
F3.8    trust-extra trust-gap trust-signature-missing trust-zero
F4.1    header-deep header-not-json header-twice
F4.2    header-spaced
F4.3    crit-partly-named crit-unnamed header-format-text header-lacks-part
F4.4    format-2
F4.5    crit
F4.6    suite-gm suite-unknown
F4.7    header-seq
F4.8    header-kind
F4.9    header-station
F4.11   answer-to-self header-to urgent-to-self
F4.15   header-created header-created-offset
F4.16   header-readers header-recipients
F4.18   header-oxum
F4.20   enrol-to-county enrol-to-self
F5.1    sm2-beside-std two-signatures unsigned
F5.2    signature-junk
F5.3    signature-crlf signature-unended
F5.4    signature-renamed sm2-only
F5.5    namespace
F5.6    flip-tagmanifest
F5.7    enrol-resigned trust-writer
F6.1    malformed-manifest unsorted-manifest
F6.3    flip-manifest
F6.4    extra-payload
F6.5    flip-header flip-payload
F6.6    attributes local-name local-timestamp order prefix rezipped suffix timestamp
F7.1    unknown-signer
F7.2    signed-by-sister
F7.3    county-answers county-restores gone-restores
F7.4    other-channel
F7.5    revoked
F8.1    age-armored age-cut age-empty age-junk
F8.3    age-stanzas age-unended-header enrol-stanzas
F8.4    not-for-us records-not-for-us
F9.2    index-ack-misspelt index-ack-short index-ack-without-parked index-lacks-cover index-not-json
F9.3    index-other-package stolen
F9.4    index-lists-less index-lists-more
F9.5    index-scan-name
F9.6    index-of-a-long-type index-sum
F9.7    index-ack
F9.8    more-lines-than-any
F10.2   zstd-after zstd-cut zstd-empty zstd-empty-frame-before zstd-junk zstd-no-size
F10.2   zstd-three-bytes zstd-two-frames zstd-window
F10.3   bomb-frame bomb-index bomb-ratio frame-says-far-more frame-says-less frame-says-more
F10.3   short-frame short-index
F10.4   records-hash
F11.2   line-blank line-bom line-spaced line-unended line-upper-hash
F11.3   line-hash
F11.4   line-deep line-nan line-not-json line-not-utf8 line-surrogate line-twice line-twice-deep
F11.4   line-very-deep
F11.5   line-at line-at-offset line-by line-id line-long-by line-of-65-parents line-op line-parents
F11.5   line-schema line-writer
F11.6   line-type
F11.7   line-other-writer
F11.11  cover-count lines-more-than-the-cover
F11.13  cover-sum
F11.14  lines-of-too-many-parents
F11.15  lines-all-blank
F12.1   scan-hash scan-junk scan-longer scan-not-for-us
F13.1   trust-signature-too-large
F13.2   trust-known-resigned trust-older-stranger trust-stranger trust-stranger-same-length
F13.2   trust-wrong-root
F13.3   trust-malformed trust-writer-lacks-supersedes trust-writer-name
F13.4   trust-previous trust-second-history trust-version
F13.5   trust-known-root-silent trust-known-root-twice trust-new-root-silent
F13.6   trust-known-resigned trust-older-second-history trust-older-stranger
F13.6   trust-stranger-same-length
F13.7   trust-rollback
F13.8   trust-allowed-signers
F14.1   enrol-many-lines enrol-two-lines
F14.2   enrol-age enrol-machine
F14.3   enrol-other-key
"""

_ROWS = [row.split() for row in _RULES.strip().splitlines()]

BROKEN: Mapping[str, tuple[str, ...]] = {
    name: tuple(rule for rule, *names in _ROWS if name in names)
    for _, *row in _ROWS
    for name in row
}

TOO_LARGE_TO_KEEP = frozenset(
    "more-entries-than-any entries-of-a-false-count blank-tagmanifest blank-manifest "
    "index-too-large index-of-too-many-values index-of-too-many-acks long-line "
    "long-unended-line records-larger-than-any trust-version-too-large trust-too-large "
    "index-ack-of-too-many-numbers signature-huge".split()
)
"""Attacks of many bytes that others stand for; only the tests of the program make them."""
