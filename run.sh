#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sets up this machine, builds, starts a local server and lets two demo people talk through it.
#   ./run.sh          build and show the conversation; again: the same end state
#   ./run.sh --stop   end what it started
# Everything of the demo lies in build/demo; no real profile is touched.
set -u
cd "$(dirname "$0")" || exit 1
. packaging/setup.sh

demo=$kith_root/build/demo
bin=$kith_root/build/release/bin
server_pid_file=$demo/server.pid
ready_file=$demo/server.ready

export XDG_DATA_HOME=$demo/data XDG_CONFIG_HOME=$demo/config XDG_STATE_HOME=$demo/state XDG_CACHE_HOME=$demo/cache
export XDG_RUNTIME_DIR=$demo/run

die() {
    printf 'run.sh: %s\n' "$*" >&2
    exit 1
}

kith() { "$bin/kith" --no-input "$@"; }
mei() { kith -p demo-mei "$@"; }
bob() { kith -p demo-bob "$@"; }

# The pid of the demo's server while it runs, and only if it still is that program.
server_pid() {
    local pid
    pid=$(cat "$server_pid_file" 2>/dev/null) || return 1
    [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$bin/kith-server" ] && printf '%s' "$pid"
}

# field NAME: a string of the server's readiness line.
field() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" "$ready_file"; }

stop() {
    local pid
    for profile in demo-mei demo-bob; do
        [ -x "$bin/kith" ] && kith -p "$profile" --no-autostart agent stop >/dev/null 2>&1
    done
    if pid=$(server_pid); then
        kill -TERM "$pid"
        tail --pid="$pid" -f /dev/null
    fi
    rm -f "$server_pid_file" "$ready_file"
    say "stopped; the demo's data stays in build/demo"
}

# listen ADDRESS: starts the server there and waits for its readiness line; fails when it cannot listen.
listen() {
    local pid
    : >"$ready_file"
    "$bin/kith-server" run --dev --listen "$1" --data-dir "$demo/server" --print-ready json \
        >"$ready_file" 2>>"$demo/server.log" </dev/null &
    pid=$!
    printf '%s' "$pid" >"$server_pid_file"
    timeout 20 tail --pid="$pid" -n +1 -f "$ready_file" | grep -q -m 1 '"gateway"'
}

start_server() {
    if server_pid >/dev/null && [ -n "$(field gateway)" ]; then
        return 0
    fi
    say "starting kith-server"
    listen "$(cat "$demo/address" 2>/dev/null || echo 127.0.0.1:8480)" || listen 127.0.0.1:0 ||
        die "the server does not start; see build/demo/server.log"
    field gateway | sed -E 's#^[a-z]+://##' >"$demo/address"
}

# enrol PROFILE USER NAME: registers once; a key file stands in for a keyring.
enrol() {
    [ -e "$XDG_DATA_HOME/kith/$1/kith.db" ] && return 0
    (umask 077 && head -c 32 /dev/urandom >"$demo/$1.key")
    kith -p "$1" register --server "$(field gateway)" --user "$2" --name "$3" --key-file "$demo/$1.key" >/dev/null ||
        die "could not register $2"
}

converse() {
    say "Mei and Bob talk (encrypted on this machine, stored and forwarded by the server)"
    mei send -t @bob --wait accepted "Hi Bob, Kith works!" || die "sending failed"
    bob request accept @mei >/dev/null 2>&1 # only the first time it is a request
    bob send -t @mei --wait delivered "Hello Mei. I can read you." || die "answering failed"
    bob agent stop >/dev/null
    mei send -t @bob --wait accepted "This one waits for you at the server: your agent is stopped."
    say "Bob's agent starts again and fetches it"
    bob receive --until-idle 1s --types message.received --output plain
    mei wait "$(mei history @bob -n 1 --output plain --fields mid)" delivered --timeout 20s >/dev/null ||
        die "the second tick did not come"
    bob read @mei >/dev/null
}

show() {
    say "What Mei sees: state is accepted (one tick), delivered (two), read (coloured)"
    mei history @bob -n 6 --output plain
    say "Safety numbers: the same 60 digits on both sides"
    mei safety show @bob
    bob safety show @mei
    cat <<TXT

The server runs on $(field gateway); its data and log are in build/demo. Try next:
  export XDG_DATA_HOME=$XDG_DATA_HOME XDG_CONFIG_HOME=$XDG_CONFIG_HOME XDG_STATE_HOME=$XDG_STATE_HOME
  export XDG_CACHE_HOME=$XDG_CACHE_HOME XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR PATH=$bin:\$PATH
  kith -p demo-bob receive --follow          # in one terminal
  kith -p demo-mei send -t @bob "and now?"   # in another
  kith help
  ./run.sh --stop
TXT
}

# A window for Mei, where somebody can see it.
show_window() {
    if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        say "no display here: on a desktop this opens Mei's window; by hand: kith-gui -p demo-mei"
        return
    fi
    say "opening Mei's window"
    mei agent unlock --key-file "$demo/demo-mei.key" >/dev/null 2>&1
    setsid "$bin/kith-gui" -p demo-mei >>"$demo/gui.log" 2>&1 </dev/null &
}

main() {
    mkdir -p "$demo"
    (umask 077 && mkdir -p "$XDG_RUNTIME_DIR")
    if [ "${1:-}" = --stop ]; then
        stop
        return
    fi
    [ $# = 0 ] || die "unknown argument: $1 (only --stop is known)"
    install_missing || exit 1
    build_preset release || exit 1
    start_server
    enrol demo-mei mei Mei
    enrol demo-bob bob Bob
    converse
    show
    show_window
}

main "$@"
