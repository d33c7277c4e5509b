#!/bin/sh
# Installs what pip cannot: system libraries and tools. Quiet when nothing is missing.
#
#   system.sh python INTERPRETER   the interpreter can make a virtual environment (or stop)
#   system.sh run [test]           libraries of the window; with `test` also the independent
#                                  checkers the tests call
#   system.sh windows [screen]     what makes the set-up for Windows, and what looks at its window
#   system.sh deb [deb_test]       what makes the package for Debian, and what its check needs
#   system.sh postgres             the server that some tests keep records on; it is not started
#
# As root on Debian the missing packages are installed; otherwise they are named.
set -eu

# What must be there, and the Debian package that brings it.
run_libraries='
libGL.so.1 libgl1
libEGL.so.1 libegl1
libX11.so.6 libx11-6
libcups.so.2 libcups2
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
'
test_commands='
age age
node nodejs
pdftoppm poppler-utils
pdftotext poppler-utils
script bsdutils
soffice libreoffice-writer-nogui
mkfs.ext4 e2fsprogs
ssh-keygen openssh-client
unzip unzip
zbarimg zbar-tools
zstd zstd
'

windows_commands='
debootstrap debootstrap
dpkg-deb dpkg
git git
unshare util-linux
'
screen_commands='
import imagemagick
openbox openbox
xclip xclip
xdotool xdotool
Xvfb xvfb
'
deb_commands='
debootstrap debootstrap
dpkg-query dpkg
git git
unshare util-linux
'
deb_test_commands='
lintian lintian
objdump binutils
'

missing_libraries() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    echo "$run_libraries" | while read -r library package; do
        case "$known" in *"$library "*) ;; *) echo "$package" ;; esac
    done
}

missing_commands() {
    echo "$1" | while read -r command package; do
        [ -z "$command" ] || command -v "$command" >/dev/null || echo "$package"
    done
}

missing_server() {
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || echo postgresql
}

# Debian's package would make a cluster and start it; the tests start one of their own.
without_cluster() {
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/zoufang-tests.conf
}

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

install() {
    echo "正在安装系统软件包 / installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends "$@" >/dev/null
}

name_them() {
    echo "缺少系统软件包，请用管理员身份安装 / missing system packages, install them as root:" >&2
    echo "    apt-get install $*" >&2
}

need_interpreter() {
    if ! command -v "$1" >/dev/null; then
        echo "没有找到 $1，请先安装 Python 3.11 / $1 not found, install Python 3.11 first." >&2
        exit 1
    fi
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    if can_install; then
        install python3.11-venv
    else
        name_them python3.11-venv
        exit 1
    fi
}

if [ "$1" = python ]; then
    need_interpreter "$2"
    exit
fi

missing=$(
    for group in "$@"; do
        case "$group" in
        run) missing_libraries ;;
        test) missing_commands "$test_commands" ;;
        windows) missing_commands "$windows_commands" ;;
        screen) missing_commands "$screen_commands" ;;
        deb) missing_commands "$deb_commands" ;;
        deb_test) missing_commands "$deb_test_commands" ;;
        postgres) missing_server ;;
        esac
    done | sort -u | tr '\n' ' '
)
[ -n "$missing" ] || exit 0

case "$missing" in
*postgresql*) can_install && without_cluster ;;
esac

# Word splitting wanted: one word per package.
# shellcheck disable=SC2086
if can_install; then install $missing; else name_them $missing; fi
