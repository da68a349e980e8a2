#!/usr/bin/env bash
# Make a Python whose bundle runs on older Linux systems than the one it is built on.
#   packaging/linux_python.sh TARGET [GLIBC]      (GLIBC: 2.28 unless told; TARGET: a new folder)
# Compiles Python and the few libraries it needs from source with `zig cc`, which links against any glibc.
# SOURCES names a folder with the unpacked sources (python3.11-*, zlib-*, libffi-*, bzip2-*, xz-utils-*); without
# it Debian's are fetched, which needs apt-get and dpkg-dev. Wants also make, and zig: `pip install ziglang`.
# The Python has neither pip nor OpenSSL. Fill and use it by one of the same version that has:
#   folder=$(TARGET/bin/python3 -c "import site; print(site.getsitepackages()[0])")
#   python3.11 -m pip install --target "$folder" -r requirements.lock
#   python3.11 -m pip install --target "$folder" -r packaging/requirements.txt
#   TARGET/bin/python3 packaging/build.py --glibc 2.28
set -eu
target=$(realpath -m "$1")
glibc=${2:-2.28}
[ ! -e "$target" ] || { echo "there is already something in $target" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin"

fetch() {
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/sources"
    . /etc/os-release
    local keys=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb-src [signed-by=$keys] ${MIRROR:-http://deb.debian.org/debian} $VERSION_CODENAME main" >"$work/list"
    set -- -o Dir::Etc::sourcelist="$work/list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache"
    apt-get -qq "$@" update
    (cd "$work/sources" && apt-get -qq "$@" source python3.11 zlib libffi bzip2 xz-utils)
    sources=$work/sources
}

wrap() {
    printf '#!/bin/sh\nexec %s %s "$@"\n' "$zig" "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

unpack() {
    cp -a "$sources"/$1 "$work/$2"
    cd "$work/$2"
}

sources=${SOURCES:-}
[ -n "$sources" ] || fetch
zig=${ZIG:-"python3 -m ziglang"}
wrap cc "cc -target $(uname -m)-linux-gnu.$glibc -Wno-date-time -Wno-error=implicit-function-declaration"
wrap c++ "c++ -target $(uname -m)-linux-gnu.$glibc"
wrap ar ar
wrap ranlib ranlib
export CC=$work/bin/cc CXX=$work/bin/c++ AR=$work/bin/ar RANLIB=$work/bin/ranlib CFLAGS="-O2 -fPIC"
made=$work/made

(unpack 'zlib-*' zlib && ./configure --static --prefix="$made" && make -j2 install)
(unpack 'libffi-*' ffi &&
    ./configure --disable-shared --disable-docs --disable-exec-static-tramp --prefix="$made" && make -j2 install)
(unpack 'bzip2-*' bzip2 && make CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="$CFLAGS -D_FILE_OFFSET_BITS=64" libbz2.a &&
    cp libbz2.a "$made/lib" && cp bzlib.h "$made/include")
(unpack 'xz-utils-*' xz && ./configure --disable-shared --disable-xz --disable-xzdec --disable-lzmadec \
    --disable-lzmainfo --disable-scripts --disable-doc --disable-nls --prefix="$made" && make -j2 install)
(
    unpack 'python3.11-*' python
    sed -i 's/-Wl,-h\$/-Wl,-soname,$/' Makefile.pre.in # the same, in words that zig knows
    sed -i 's/self\.add_multiarch_paths()/pass/' setup.py # the headers of this machine are for its own glibc
    sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c # which Debian builds into the program
    export PKG_CONFIG_PATH=$made/lib/pkgconfig CPPFLAGS="-I$made/include"
    ./configure --enable-shared --prefix="$target" --disable-test-modules --without-ensurepip \
        LDFLAGS="-L$made/lib -Wl,-rpath,$target/lib"
    make -j2 PY3LIBRARY= # a stub that nothing here links with
    make install PY3LIBRARY=
)
"$target/bin/python3" -c "import _posixsubprocess, ctypes, zlib, bz2, lzma, hashlib, decimal, pyexpat"
echo "Python for glibc $glibc: $target/bin/python3"
