#!/bin/sh
# Makes all that a version is given out with, from a clean clone of a commit. As root, on Debian 12.
#
#   release.sh COMMIT CLONE OUT
#
# What is not committed is not in it. CLONE and OUT are made anew. INTERPRETER has the locked
# libraries; LINUX_PLACE, WINDOWS_PLACE and WINDOWS_ROOT keep what takes long and comes from elsewhere:
# build roots, the built interpreter, downloads. With PUBLISHER_KEY (an OpenSSH key) the update file is
# signed; without it there is what the publisher signs (packaging/release/update_file.py).
set -eu

commit=$1
clone=$(realpath -m "$2")
out=$(realpath -m "$3")
interpreter=$(realpath -s "$INTERPRETER")
linux=$(realpath -m "$LINUX_PLACE")
windows=$(realpath -m "$WINDOWS_PLACE")
key=${PUBLISHER_KEY:-}
[ -z "$key" ] || key=$(realpath "$key")

rm -rf "$clone" "$out"
mkdir -p "$out"
git clone --quiet --no-hardlinks . "$clone"
git -C "$clone" -c advice.detachedHead=false checkout --quiet "$commit"
cd "$clone"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

tool() {
    name=$1
    shift
    PYTHONPATH=$program$clone/packaging "$interpreter" -P -m "release.$name" "$@"
}

program=
tool complete check
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' app/__init__.py)

packaging/linux/build.sh "$linux" "$interpreter" "$out/zoufang_$version-1_amd64.deb"
packaging/windows/build.sh "$WINDOWS_ROOT" "$windows" "$interpreter"
cp "$windows/zoufang-$version-setup.exe" "$out/"

tree=$linux/root/build/tree
program=$tree/usr/lib/zoufang/program:
unsigned=$out/zoufang-$version.zfupdate.unsigned
tool update_file unsigned "$unsigned"
if [ -n "$key" ]; then
    to_sign=$unsigned-tagmanifest-sha256.txt
    ssh-keygen -q -Y sign -f "$key" -n zoufang-update-v1 "$to_sign"
    tool update_file signed "$unsigned" "$to_sign.sig" "$out/zoufang-$version.zfupdate"
    rm "$unsigned" "$to_sign" "$to_sign.sig"
fi
rm -rf "$tree/DEBIAN"
tool complete add "$out" "$tree" "$windows/zoufang"
ls -l "$out"
