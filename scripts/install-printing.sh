#!/usr/bin/env bash
# What printing is tested and made with, where it is not there: LibreOffice (tests convert every kind of list),
# Pango (PDF by WeasyPrint) and a Chinese font. Debian and Ubuntu; elsewhere it says what to install.
set -euo pipefail

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
ldconfig -p 2>/dev/null | grep -q libpangoft2 || missing+=(libpangoft2-1.0-0)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ] || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing for the tests of printing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    # An older release has no package without a display.
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
            "${missing[@]/libreoffice-calc-nogui/libreoffice-calc}" >/dev/null
else
    echo "Not installed: ${missing[*]} (LibreOffice Calc, Pango, a Chinese font): install them; tests of printing fail without."
fi
