#!/bin/sh
# Builds CPython from Debian's source package so that it loads on glibc 2.28; runs in the build root.
#
#   build_python.sh PARTS OUT    the source lies in PARTS; OUT gets what is installed
set -eu

parts=$1
out=$2
place=/var/tmp/python-build
prefix=/usr/lib/zoufang/python

rm -rf "$place" "$out"
dpkg-source --no-check -x "$parts"/python3.11_*.dsc "$place" >/dev/null
cd "$place"

# glibc 2.29 gave these new versions; the old ones do the same but for errno in old programs.
cat >/var/tmp/old_symbols.h <<'END'
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
END

# What needs a library of the system goes into the interpreter with that library: systems from
# Debian 11 to 13 do not agree on one, but for expat. Everything else is built as usual.
cat >Modules/Setup.local <<'END'
*static*
_bz2 _bz2module.c -Wl,-Bstatic -lbz2 -Wl,-Bdynamic
_ctypes _ctypes/_ctypes.c _ctypes/callbacks.c _ctypes/callproc.c _ctypes/stgdict.c _ctypes/cfield.c -Wl,-Bstatic -lffi -Wl,-Bdynamic -ldl -DHAVE_FFI_PREP_CIF_VAR -DHAVE_FFI_PREP_CLOSURE_LOC -DHAVE_FFI_CLOSURE_ALLOC
_hashlib _hashopenssl.c -Wl,-Bstatic -lcrypto -Wl,-Bdynamic -ldl -lpthread
_lzma _lzmamodule.c -Wl,-Bstatic -llzma -Wl,-Bdynamic -lpthread
zlib zlibmodule.c -Wl,-Bstatic -lz -Wl,-Bdynamic
*shared*
_elementtree _elementtree.c -DUSE_PYEXPAT_CAPI -DPy_BUILD_CORE_MODULE
pyexpat pyexpat.c -DPy_BUILD_CORE_MODULE -lexpat
*disabled*
_crypt
_curses
_curses_panel
_dbm
_gdbm
_sqlite3
_ssl
_tkinter
_uuid
audioop
nis
ossaudiodev
readline
spwd
END

# Their symbols stay inside: wheels bring other versions of the same libraries.
hidden=libbz2.a:libffi.a:libcrypto.a:liblzma.a:libz.a

# glibc 2.30 brought sem_clockwait.
./configure --quiet --prefix="$prefix" --without-ensurepip --disable-test-modules --with-system-expat \
    ac_cv_func_sem_clockwait=no \
    CFLAGS="-include /var/tmp/old_symbols.h -ffile-prefix-map=$place=." \
    LINKFORSHARED="-Xlinker -export-dynamic -Wl,--exclude-libs,$hidden" >/dev/null
make --silent -j"$(nproc)" >/var/tmp/python-build.log 2>&1 || { tail -n 30 /var/tmp/python-build.log; exit 1; }
make --silent install DESTDIR="$out" >>/var/tmp/python-build.log 2>&1
# A module that could not be built is only told of, so each that the program needs is tried.
"$out$prefix/bin/python3.11" -I -c \
    "import bz2, ctypes, hashlib, lzma, math, xml.etree.ElementTree, zlib; hashlib.sha256"
rm -rf "$place"
