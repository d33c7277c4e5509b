"""The package: bytes in and out (package format §1-§3, §5, §7); no SQL, no Qt, no ledger.

Failures of a package are `refusal.Refused` with a code of package format §5; failures
of the machine are `EnvironmentProblem`; nothing here ever writes while reading.

Keys (`keys`)
    SigningKey.generate() / .from_openssh(data, passphrase=None) -> SigningKey
        .to_openssh(passphrase=None) -> bytes, .public -> PublicKey, .sign(message) -> bytes
    PublicKey.from_text("ssh-ed25519 <base64>") / .from_blob(blob): .text .blob .key_id
    writer_name(station, public) -> "<station>-<8 hex>"
    check_code(public) -> 核对码 "XXXX-XXXX-XXXX-XXXX", same_code(typed, public) -> bool
    allowed_signers_line(writer, public) -> str
    new_age_key() -> "AGE-SECRET-KEY-1…", age_recipient(secret) -> "age1…", age_key_id(recipient)

Trust (`trust`)
    TrustDocument, TrustWriter, TrustRecipient: the structs of package format §7
    SignedVersion(document, signature, new_root_signature=None): raw bytes of one version
    issue(previous: Trust | None, root, *, writers, recipients, suites=("std-1",),
          new_root=None) -> Trust
    walk(known: Trust | None, versions: Sequence[SignedVersion]) -> Trust
    Trust: .versions (all, to be stored and sent on) .document .version .digest .root
           .check_code .allowed_signers .writer(name) .signer(public) .recipients(*stations)

Writing (`packagewriter`, `enrol`)
    Envelope(kind, station, writer, to, seq, prev, created, trust_version, part=None)
    seal_package(path, envelope, *, key, recipients=("age1…", …) | passphrase=启用码,
                 acks=(), lines=iter of (h, raw),
                 attachments=iter of Scan(sha256, name, type, open),
                 progress=silent, cancel=None) -> Sealed
    seal_trust(path, envelope, trust, *, key) -> Sealed
    seal_enrol(path, envelope, request, *, record_id, by, key, recipients) -> Sealed
    Sealed: .path .tip .package_id .size .header .lines

Reading (`packagereader`, `enrol`)
    inspect_package(path) -> Inspection(header, tip, signer, size, writer): neither trust nor key
    verify_package(path, trust) -> Inspection: also that the writer is enrolled; opens nothing
    open_package(path, *, trust, identities=("AGE-SECRET-KEY-1…",), passphrase=None,
                 progress=silent, cancel=None) -> Package   (a context manager)
    Package: .header .tip .signer .size .writer (TrustWriter | None) .index .new_trust (trust)
        .decrypt(progress, cancel): the record files now, so that .lines() need not
        .lines(validate=None, progress, cancel) -> iterator of Good(where, h, raw, revision)
            | Parked(where, h, code, reason, raw); the faults of a whole file and COVER_MISMATCH
            are raised as `Refused` when they are met, at the latest at the end: commit nothing
            before the iterator is exhausted
        .attachments() -> list of Attachment: .path .facts.sha256 .name .type .length
            .copy_to(stream, cancel=None) -> Parked | None    (None: whole and right)
    read_enrol(package) -> EnrolRequest

    names.file_name(writer, to, seq) -> the name of the file people see

Sticks (`stick`)
    copy_to_stick(source, folder, progress, cancel, name=) -> Path: .part, fsync, read back, rename

The caller's ledger decides DUPLICATE, APPLIED_WITH_GAP, FORK, CHAIN_BREAK (packages),
TRUST_ROLLBACK of reference data, CLOCK_SKEW and the owner rule behind REV_FORBIDDEN;
`refusal.CODES` has their words.

What the format leaves open, and what we decided

    Bounds, each judged before the work it bounds, whoever signed; TOO_LARGE unless
        another code is named. A ZIP is below 4 GiB, its directory at most 4 MiB; how
        many members it has is what its end record says, and then what is counted.
        bagit.txt, bag-info.txt and the tag manifest: 4 KiB. Under data/, all files
        together: 64 KiB in enrol, 64 MiB in trust, as soon as the header's kind is
        seen. A version: 2 MiB. Recipients: 128, in reference 1,000 (HEADER_INVALID). An
        age header has at most two stanzas more than the package has recipients, and 400
        bytes for each (PKG_CORRUPT). scrypt: at most 2^19 (PKG_CORRUPT), and behind a
        启用码 20 files. JSON: 100,000 values, in the index 500,000, in a line what its
        megabyte holds. Acknowledgements: 10,000, each list in one 10,000
        (INDEX_INVALID). Record lines: 128 MiB a file, 1 GiB and 1,000,000 lines a
        package; lines past the cover's count are COVER_MISMATCH at once. A revision of
        more than 64 parents is RECORD_INVALID; a package whose lines name more than
        1,000 parents and four a line is HISTORY_INVALID. enrol has one line, and
        `machine` at most 255 characters. More than 100,000 lines set aside for what
        they are: LINES_INVALID. The cover names at most 200 types and 200 sums of at
        most 60 characters (INDEX_INVALID); `by` has at most 100 (RECORD_INVALID).
    JSON: header, index and trust versions are read as strictly as a record: no member
        twice, depth ≤ 32, finite numbers, no lone surrogate. White space only outside
        the header. Numbers the structures name are whole and below 2**53.
    Names: COM0 and LPT0 are device names, too. A ZIP of no members is ROOT; the root is
        compared with package_id before the header's other members. A line of either
        manifest that names no such file is MISSING_MEMBER, a line left out EXTRA_MEMBER.
    Header: recipients are unique. Times have capital T and Z and no leap second. urgent
        and answer never go to the own station (HEADER_INVALID); that an office is not
        above or below is known only from the channels and the tree (KIND_FORBIDDEN).
        enrol goes to a station of a city writer, even the own one (a second PC of the
        city): HEADER_INVALID against a trust document, undecided without one.
    Suite: gm-1 is VERSION_TOO_NEW where the trust document lists it, else SUITE_NOT_ALLOWED.
    Signer: seq below `from` is REVOKED like one above `last`; a `to` not among the
        channels is KIND_FORBIDDEN. trust and enrol count whoever signed, if the name is
        that of the key; `Inspection.writer` says whether the trust document knows it.
    Acks, files: missing numbers are above the ack's seq, a rejected code is [A-Z_]{1,40};
        name and type of a scan are 1–255 characters, none a control character.
    Numbers that will not come (§1, §4): a writer speaks of its own channels, too. In an ack
        whose writer is the package's own, for the package's `to` or for `all`, with seq 0
        and tip null, `rejected` has the numbers that nobody is to wait for: LOST (sealed,
        every copy gone; what it held goes under later numbers, since sealing it again would
        look like a fork) and SUPERSEDED (a trust document that a newer one carries; only
        the newest is copied). The receiver counts them as received in missing and in its
        own acks. A package that comes after all is taken in as ever. Acks from before
        never name the own channel.
    Cover: a line of the right frame that could be read counts under its type and in the
        sums even when it is parked, and is replaced by a line naming the h it claims.
        One that could not may be of any type, and then sums are not compared. An amount
        is a whole number or a decimal string of ≤ 15 digits and ≤ 6 decimals, anything
        else adds nothing; a sum not on the cover is 0, one of another name is not judged.
    zstd: the frame's form is judged first. Declared are the index's length and the frame's:
        the larger is held against 200 ×, more than the smaller is BOMB, less than the
        larger HASH_MISMATCH. A dictionary id is refused even when it is 0.
    Owner (§4, "Who may write"): the owner and the type of a record are decided by the set
        of its revisions without parents that are not withdrawn, whatever their order. Best
        are those of the station the id is bound to: the last 8 hex digits of an id made by
        station S are the first 8 of sha256("zoufang record " S " " and the id without those
        8). Then come those of a city writer, then all others (ids of before are bound to
        nobody). Where the best name more than one (type, owner), no revision of the record
        counts until a `link` of the city with kind "owner", one = the record, other = the h
        of one of the best names it; of several links the one with the greatest id holds.
        A revision that does not count stays in the log, set aside in every package that
        brought it (RECORD_INVALID for another type, else REV_FORBIDDEN), and is judged anew
        whenever the set changes.
    Trust: a version's signature is judged before its content, a first one's key after
        it when it vouches for itself, versions known like the others, and all of them before
        TRUST_ROLLBACK. suites and role are not empty, a signing key stands
        once, unknown kinds are kept; `supersedes` may be absent in an enrol record only.
"""
