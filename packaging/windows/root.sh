#!/bin/sh
# A Debian 13 in a folder: its wine runs what is built for Windows, its tools build it.
#
#   root.sh ROOT make           makes it, where it is not yet made; as root
#   root.sh ROOT run COMMAND    runs a shell command in it
set -eu

root=$1
tools='ca-certificates fonts-wqy-microhei gcc-mingw-w64-x86-64-win32 nsis osslsigncode wine wine64'

make_root() {
    [ -e "$root/made.stamp" ] && return
    echo "正在建立 Debian 13 / making a Debian 13 in $root"
    [ -e "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase trixie "$root" >"$root.log" 2>&1
    run "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes \
        --no-install-recommends $(echo "$tools" | tr '\n' ' ')" >>"$root.log" 2>&1
    touch "$root/made.stamp"
}

# What is mounted for it is gone with the command; windows are shown on this machine's screens.
run() {
    mkdir -p /tmp/.X11-unix "$root/tmp/.X11-unix"
    exec_in='mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" &&
        mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" && exec chroot "$0" sh -c "$1"'
    unshare --mount --propagation private sh -c "$exec_in" "$root" "$1"
}

case "$2" in
make) make_root ;;
run) run "$3" ;;
esac
