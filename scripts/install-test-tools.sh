#!/usr/bin/env bash
# What the tests use of the system, where it is not there: LibreOffice (every kind of list is printed), Pango (PDF by
# WeasyPrint), a Chinese font, Chromium (the pages are opened), PostgreSQL
# (the portal's database). Debian and Ubuntu; elsewhere it says what to install.
set -euo pipefail

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
ldconfig -p 2>/dev/null | grep -q libpangoft2 || missing+=(libpangoft2-1.0-0)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ] || missing+=(fontconfig fonts-noto-cjk)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)

install() {
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

echo "Installing for the tests: ${missing[*]}"
command -v apt-get >/dev/null && install "${missing[@]}" ||
    echo "Not installed: ${missing[*]} (LibreOffice Calc, Pango, a Chinese font, Chromium, PostgreSQL). Install them; tests of printing and of pages fail without."
