#!/bin/sh
# Says what lies in a folder that a command has just made: list-made.sh DIR
set -eu
echo "已生成 / made in $(cd "$1" && pwd):"
cd "$1"
find . -type f -printf '%10s  %P\n' | LC_ALL=C sort -k 2
