#!/bin/sh
# Signs one program with the office's certificate, which lies beside it in /made; none, no signature.
set -eu

[ -e /made/certificate.p12 ] || exit 0
osslsigncode sign -pkcs12 /made/certificate.p12 -readpass /made/certificate.txt -h sha256 \
    -n "走访帮扶登记系统" -in "$1" -out "$1.signed" >/dev/null
mv "$1.signed" "$1"
