#!/bin/sh
# Enter the program into this user's menu and give it the .xxgk files; needs no administrator.
# ``install.sh --remove`` takes it out again. Reports and the user's data are never touched.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
name=xxgk-annual-report
share=${XDG_DATA_HOME:-$HOME/.local/share}
desktop=$share/applications/$name.desktop
mime=$share/mime/packages/$name.xml
icon=$share/icons/hicolor/scalable/apps/$name.svg
document=$share/icons/hicolor/scalable/mimetypes/$name.svg

refresh() {
    command -v update-mime-database >/dev/null && update-mime-database "$share/mime" || true
    command -v update-desktop-database >/dev/null && update-desktop-database "$share/applications" || true
}

if [ "${1:-}" = --remove ]; then
    rm -f "$desktop" "$mime" "$icon" "$document"
    refresh
    echo "已从菜单中移除。年报文件没有被改动。"
    exit 0
fi
mkdir -p "$(dirname "$desktop")" "$(dirname "$mime")" "$(dirname "$icon")" "$(dirname "$document")"
# A path in a desktop file stands in quotes; what is special within them gets a backslash, twice over.
program=$(printf '%s' "$here/xxgk" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g')
escaped=$(printf '"%s"' "$program" | sed 's/[\\&|]/\\&/g')
sed "s|@PROGRAM@|$escaped|" "$here/$name.desktop" >"$desktop"
cp "$here/$name.xml" "$mime"
cp "$here/_internal/resources/icons/application.svg" "$icon"
cp "$icon" "$document"
refresh
if command -v xdg-mime >/dev/null; then
    xdg-mime default "$name.desktop" application/x-xxgk-annual-report || true
fi
echo "已加入菜单，双击 .xxgk 文件即可打开。移除：$here/install.sh --remove"
