# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by run.sh and test.sh: installs what packaging/debian-deps.txt names and this machine lacks, then configures
# and builds a preset. Asks nothing without a terminal.

kith_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '== %s\n' "$*"; }

# Prints the Debian packages that are missing, on one line; nothing when all are there.
missing_packages() {
    local wanted name
    wanted=$(grep -v '^#' "$kith_root/packaging/debian-deps.txt")
    for name in $wanted "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
    done
}

# Installs missing packages as root, by sudo without a question, or by sudo where somebody can answer it.
install_missing() {
    local missing as=
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "installing: $missing"
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then
            as='sudo -n'
        elif [ -t 0 ] && command -v sudo >/dev/null; then
            as=sudo
        else
            printf 'These packages are missing and this user may not install them. Run:\n  apt-get install %s\n' "$missing" >&2
            return 1
        fi
    fi
    # shellcheck disable=SC2086 # both are lists of words
    $as env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build_preset dev|release|...: configures when needed and builds; the full log lies in build/<preset>.log.
build_preset() {
    local log="$kith_root/build/$1.log"
    mkdir -p "$kith_root/build"
    say "building preset $1 (log: build/$1.log)"
    if ! (cd "$kith_root" && cmake --preset "$1" && cmake --build --preset "$1") >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        printf 'The build failed; the whole log is %s\n' "$log" >&2
        return 1
    fi
}
