#!/bin/sh
# Makes the package for Debian 11 to 13, UOS V20 and Kylin V10 from this commit. As root, on Debian 12.
#
#   build.sh PLACE INTERPRETER OUT.deb
#
# PLACE keeps what takes long: the build root (Debian 11), Debian's source packages and the wheels.
# INTERPRETER has the locked libraries. DEBIAN_MIRROR names another mirror than debootstrap's own.
set -eu

place=$1
interpreter=$2
out=$3
here=$(cd "$(dirname "$0")" && pwd)
root=$place/root

[ "$(id -u)" = 0 ] || { echo "请用管理员身份执行 / run this as root" >&2; exit 1; }

# Mounts of a name space of its own: they end with the command.
inside() {
    unshare --mount sh -c '
        mount -t proc proc "$0/proc"
        mkdir -p "$0/dev/shm"
        mount -t tmpfs tmpfs "$0/dev/shm"
        exec chroot "$0" env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' "$root" "$@"
}

# A step is done again when what it is made from has changed.
is_new() {
    sum=$(shift && cat "$@" | sha256sum)
    [ "$sum" != "$(cat "$place/$1.stamp" 2>/dev/null)" ]
}

done_with() {
    (shift && cat "$@" | sha256sum) >"$place/$1.stamp"
}

make_root() {
    echo "正在准备 Debian 11 的编译环境 / preparing the build root"
    rm -rf "$root"
    packages=$(tr '\n' , <"$here/root_packages.txt")
    # Word splitting wanted: no mirror is no word.
    # shellcheck disable=SC2086
    debootstrap --variant=minbase --include="${packages%,}" bullseye "$root" \
        ${DEBIAN_MIRROR:-} >"$place/root.log" || { tail -n 5 "$place/root.log"; exit 1; }
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

build() {
    echo "正在编译 $1 / building $1"
    cp "$here/build_$1.sh" "$root/build/"
    inside env SOURCE_DATE_EPOCH=1700000000 "/build/build_$1.sh" /build/parts "/build/$1"
}

mkdir -p "$place"
if is_new root "$here/root_packages.txt"; then
    rm -f "$place"/*.stamp
    make_root
    done_with root "$here/root_packages.txt"
fi
if is_new parts "$here/parts.lock"; then
    fetch_parts
    done_with parts "$here/parts.lock"
fi
for one in python; do
    if is_new "$one" "$here/build_$one.sh" "$here/parts.lock"; then
        build "$one"
        done_with "$one" "$here/build_$one.sh" "$here/parts.lock"
    fi
done
PYTHONPATH=$here/.. "$interpreter" -m linux.make_deb "$root" "$place/wheels" "$out"
ls -l "$out"
