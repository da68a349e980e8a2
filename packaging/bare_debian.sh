#!/usr/bin/env bash
# Try the Linux bundle in a bare Debian tree: no Python, only the display libraries of start.py.
#   packaging/bare_debian.sh [FOLDER OF THE BUNDLE] [RELEASE]
# Needs root, debootstrap and a package mirror. Where it cannot run it prints NOT RUN and ends with 77, never
# with 0; 0 means that the self-check, an export and the window (offscreen and on Xvfb) all went well.
set -u
cd "$(dirname "$0")/.." || exit 1
bundle=${1:-dist/xxgk}
release=${2:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
packages=libglib2.0-0,libegl1,libgl1,libxkbcommon-x11-0,libxcb-cursor0,libxcb-icccm4,libxcb-keysyms1
packages+=,libxcb-image0,libxcb-render-util0,libxcb-randr0,libxcb-shape0,libxcb-xkb1,libfontconfig1,libdbus-1-3,xvfb,xauth

not_run() {
    echo "NOT RUN: $1"
    exit 77
}

[ -x "$bundle/xxgk" ] || not_run "there is no bundle in $bundle (python packaging/build.py makes one)"
[ "$(id -u)" = 0 ] || not_run "debootstrap needs root"
command -v debootstrap >/dev/null || not_run "debootstrap is not installed"

tree=$(mktemp -d)
cleanup() {
    rm -rf --one-file-system "$tree"
}
trap cleanup EXIT
debootstrap --variant=minbase --include="$packages" "$release" "$tree" "$mirror" >"$tree.log" 2>&1 ||
    not_run "debootstrap failed: $(tail -1 "$tree.log")"
rm -f "$tree.log"
[ ! -e "$tree/usr/bin/python3" ] || not_run "the tree has a Python"
cp -a "$bundle" "$tree/opt/xxgk"
mkdir -p "$tree/tmp/家 目录"

failed=()
try() {
    local name=$1
    shift
    if chroot "$tree" env -i PATH=/usr/bin:/bin HOME="/tmp/家 目录" LANG=C.UTF-8 "$@"; then
        echo "passed: $name"
    else
        echo "failed: $name (exit $?)"
        failed+=("$name")
    fi
}

sample=/opt/xxgk/_internal/resources/samples/nanhu_2021.xxgk
try self-check /opt/xxgk/xxgk --self-check
try check sh -c "/opt/xxgk/xxgk check $sample >/dev/null; [ \$? -le 1 ]"
try export sh -c "/opt/xxgk/xxgk export $sample /tmp/a.xlsx /tmp/a.pdf /tmp/a.docx /tmp/a.html; [ \$? -le 1 ]"
try "window, offscreen" sh -c "QT_QPA_PLATFORM=offscreen timeout 8 /opt/xxgk/xxgk $sample; [ \$? = 124 ]"
try "window, Xvfb" sh -c "xvfb-run -a timeout 8 /opt/xxgk/xxgk $sample; [ \$? = 124 ]"
[ ${#failed[@]} = 0 ]
