#!/bin/sh
# What the tests need and pip cannot bring: a browser, spelling dictionaries, a font, and readers of Word and PDF.
# Installs what is missing where apt-get may be used; elsewhere says what to install and fails. Nothing is skipped.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }
has_browser() { has chromium || has chromium-browser || has google-chrome; }
has_dictionary() { has hunspell && echo x | hunspell -d "$1" -l >/dev/null 2>&1; }
has_font() {
    find -L /usr/share/fonts /usr/local/share/fonts /Library/Fonts /System/Library/Fonts \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q .
}
has_office() { has soffice; }
has_poppler() { has pdftotext; }

missing() {
    has_browser || echo chromium
    has hunspell || echo hunspell
    has_dictionary da_DK || echo hunspell-da
    has_dictionary nb_NO || echo hunspell-no
    has_dictionary en_GB || echo hunspell-en-gb
    has_font || echo fonts-dejavu-core
    has_office || echo libreoffice-writer-nogui
    has_poppler || echo poppler-utils
}

give_up() {
    {
        echo "The tests need these packages (named as in Debian):"
        missing | sed 's/^/  /'
        echo "Install them and run make test again."
    } >&2
    exit 1
}

packages=$(missing)
[ -n "$packages" ] || exit 0

if has apt-get && [ "$(id -u)" = 0 ]; then
    as_root=
elif has apt-get && has sudo && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    give_up
fi

# Unquoted on purpose: one word per package, and none for an empty $as_root.
$as_root apt-get update || give_up
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages || give_up
[ -z "$(missing)" ] || give_up
