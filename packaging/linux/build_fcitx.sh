#!/bin/sh
# Builds Qt's plugin for fcitx with the headers of Debian 13's Qt; runs in the build root for it.
#
#   build_fcitx.sh SOURCES OUT    SOURCES has fcitx.cpp and fcitx.json; OUT gets the plugin
set -eu

sources=$1
out=$2
name=libfcitxplatforminputcontextplugin.so
headers=/usr/include/x86_64-linux-gnu/qt6
place=/var/tmp/fcitx-build

rm -rf "$place" "$out"
mkdir -p "$place" "$out"
set -- -DQT_NO_VERSION_TAGGING -DQT_PLUGIN -DQT_NO_DEBUG -I"$headers"
for part in Core Gui DBus; do
    private=$(echo "$headers/Qt$part"/6.*)
    set -- "$@" -I"$headers/Qt$part" -I"$private" -I"$private/Qt$part"
done
/usr/lib/qt6/libexec/moc "$@" -o "$place/fcitx.moc" "$sources/fcitx.cpp"
# No exceptions: with them GCC asks for a newer libstdc++ than the systems have. Qt is found where PySide6 has it.
g++ -std=c++17 -O2 -fPIC -fvisibility=hidden -fno-exceptions -Wall -Wextra -Werror \
    "$@" -I"$place" "-ffile-prefix-map=$place=." "-ffile-prefix-map=$sources=." \
    -shared -Wl,--gc-sections -Wl,--exclude-libs,ALL -Wl,-z,defs \
    -Wl,-rpath,'$ORIGIN/../../lib' -Wl,--disable-new-dtags -Wl,--build-id=none \
    "$sources/fcitx.cpp" -o "$out/$name" -lQt6DBus -lQt6Gui -lQt6Core
strip --strip-unneeded "$out/$name"
rm -rf "$place"
