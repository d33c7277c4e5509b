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
        .lines(validate=None, progress, cancel) -> iterator of Good(where, h, raw, revision)
            | Parked(where, h, code, reason); the faults of a whole file and COVER_MISMATCH
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
"""
