#!/bin/sh
# Makes the package for Debian 11 to 13, UOS V20 and Kylin V10 from this commit. As root, on Debian 12.
#
#   build.sh PLACE INTERPRETER OUT.deb
#
# PLACE keeps what takes long: two build roots (Debian 11, and Debian 13 for its Qt), Debian's source
# packages and the wheels.
# INTERPRETER has the locked libraries. DEBIAN_MIRROR names another mirror than debootstrap's own.
set -eu

place=$1
interpreter=$2
out=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$place/root
qt_root=$place/qt_root

[ "$(id -u)" = 0 ] || { echo "请用管理员身份执行 / run this as root" >&2; exit 1; }

# Mounts of a name space of its own: they end with the command.
inside() {
    within=$1
    shift
    unshare --mount sh -c '
        mount -t proc proc "$0/proc"
        mkdir -p "$0/dev/shm"
        mount -t tmpfs tmpfs "$0/dev/shm"
        exec chroot "$0" env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' "$within" "$@"
}

# A step is done again when what it is made from has changed.
is_new() {
    sum=$(shift && cat "$@" | sha256sum)
    [ "$sum" != "$(cat "$place/$1.stamp" 2>/dev/null)" ]
}

done_with() {
    (shift && cat "$@" | sha256sum) >"$place/$1.stamp"
}

# make_root NAME RELEASE: with the packages of that name.
make_root() {
    echo "正在准备 $2 的编译环境 / preparing the build root"
    rm -rf "${place:?}/$1"
    # Word splitting wanted: no mirror is no word, each package is one.
    # shellcheck disable=SC2046,SC2086
    {
        debootstrap --variant=minbase "$2" "$place/$1" ${DEBIAN_MIRROR:-} &&
            inside "$place/$1" apt-get -qq update &&
            inside "$place/$1" env DEBIAN_FRONTEND=noninteractive apt-get -qq --yes \
                --no-install-recommends install $(cat "$here/$1_packages.txt")
    } >"$place/$1.log" 2>&1 || { tail -n 5 "$place/$1.log"; exit 1; }
}

fetch_parts() {
    echo "正在取源代码 / fetching the sources"
    mirror=$(sed -n 's/^deb \([^ ]*\) .*/\1/p' "$root/etc/apt/sources.list" | head -n 1)
    rm -rf "$root/build/parts"
    mkdir -p "$root/build/parts"
    while read -r sum path; do
        /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root \
            download-file "$mirror/$path" "$root/build/parts/${path##*/}" "SHA256:$sum"
    done <"$here/parts.lock"
}

# build NAME ROOT SOURCES: OUT of its script is ROOT/build/NAME.
build() {
    echo "正在编译 $1 / building $1"
    cp "$here/build_$1.sh" "$2/build/"
    inside "$2" env SOURCE_DATE_EPOCH=1700000000 "/build/build_$1.sh" "$3" "/build/$1"
}

mkdir -p "$place"
if is_new root "$here/root_packages.txt"; then
    rm -f "$place"/*.stamp
    make_root root bullseye
    done_with root "$here/root_packages.txt"
fi
if is_new parts "$here/parts.lock"; then
    fetch_parts
    done_with parts "$here/parts.lock"
fi
if is_new python "$here/build_python.sh" "$here/parts.lock"; then
    build python "$root" /build/parts
    done_with python "$here/build_python.sh" "$here/parts.lock"
fi
if is_new qt_root "$here/qt_root_packages.txt"; then
    rm -f "$place/fcitx.stamp"
    make_root qt_root trixie
    done_with qt_root "$here/qt_root_packages.txt"
fi
if is_new fcitx "$here/build_fcitx.sh" "$here/fcitx"/*; then
    mkdir -p "$qt_root/build"
    cp -R "$here/fcitx" "$qt_root/build/sources"
    build fcitx "$qt_root" /build/sources
    rm -r "$qt_root/build/sources"
    done_with fcitx "$here/build_fcitx.sh" "$here/fcitx"/*
fi
PYTHONPATH=$here/.. "$interpreter" -m linux.make_deb "$root" "$qt_root" "$place/wheels" "$out"
ls -l "$out"
