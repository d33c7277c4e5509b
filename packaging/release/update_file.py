"""The update file of a version, made in two steps, so that the publisher's key stays where it is.

    python -m release.update_file unsigned OUT
    ssh-keygen -Y sign -f KEY -n zoufang-update-v1 OUT-tagmanifest-sha256.txt
    python -m release.update_file signed OUT OUT-tagmanifest-sha256.txt.sig zoufang-VERSION.zfupdate

The first writes everything but the signature, and beside it what is to be signed. The key must be
Ed25519, and its public half a line of `resources/publishers.txt` in the versions that offices have.
The program is the one that Python finds: the folder `program` that was gathered.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bundle import checkout

from app.domain.kernel.progress import Cancel, silent
from app.exchange import bag, container
from app.exchange.staging import Stage
from app.exchange.updates import open_update, stage_update, tree_of
from app.services.updating import program_tree, publishing

TO_SIGN = "-tagmanifest-sha256.txt"


def unsigned(out: Path) -> Path:
    """Write the update without its signature; returns the file that is to be signed."""
    header = publishing.header_of(datetime.fromtimestamp(checkout.commit_time(), UTC))
    paths = program_tree.program_files()
    tree = tree_of(program_tree.ROOT, paths)
    fonts = [path for path in paths if path.startswith(program_tree.FONTS)]
    stage = Stage(io.BytesIO())
    tags = stage_update(stage, header, tree, program_tree.ROOT, left_out=fonts)
    with out.open("wb") as file:
        stage.write_zip(header.name, file, silent, Cancel())
    to_sign = out.with_name(out.name + TO_SIGN)
    to_sign.write_bytes(tags)
    return to_sign


def signed(source: Path, signature: Path, out: Path) -> str:
    """Join both; returns the key that signed. `Refused` where an office would refuse the file."""
    with source.open("rb") as file:
        box = container.read_container(file)
        stage = Stage(io.BytesIO())
        root = box.entries[0].name.partition("/")[0]
        for entry in box.entries:
            stage.add(entry.name.removeprefix(f"{root}/"), box.read(entry))
    bag.add_signature(stage, signature.read_bytes())
    with out.open("wb") as written:
        stage.write_zip(root, written, silent, Cancel())
    with open_update(out) as update:
        return update.signer.text


def main(words: Sequence[str]) -> int:
    """Do one of the steps."""
    if words[0] == "unsigned":
        print(unsigned(Path(words[1])))
    else:
        print(signed(*map(Path, words[1:4])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
