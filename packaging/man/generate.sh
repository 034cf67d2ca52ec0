#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# generate.sh KITH FOLDER: the manual pages of the program KITH below FOLDER (man1, man5, man7), by scdoc. Pages of
# commands, topics and methods are made from the program's own tables; *.scd beside this script are written by hand.
set -euo pipefail
kith=$1
folder=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# page FILE: makes the page from scdoc text on standard input.
page() {
    mkdir -p "$folder/man${1##*.}"
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} scdoc >"$folder/man${1##*.}/$1"
}

"$kith" __man | while read -r name file; do
    "$kith" __man "$name" | page "$file"
done
for source in "$here"/*.scd; do
    file=$(basename "$source" .scd)
    page "$file" <"$source"
done
