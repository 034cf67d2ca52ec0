#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# measure.sh BUILD_DIR [SERVERS_OF_OURS]: every figure of performance.md that kith-bench takes, into ../RESULTS.md.
# KITH_BENCH_HOLD: seconds that the long ones hold, 600 by themselves.
set -eu
bench=$1/bin/kith-bench
ours=${2:-kith-lean,kith-qt}
hold=${KITH_BENCH_HOLD:-600}
results=$(dirname "$0")/../RESULTS.md
measure() { "$bench" "$@" --results "$results"; }

first=${ours%%,*}
measure cycle --servers "$ours,ejabberd,mosquitto"
measure bursty --servers "$ours,ejabberd,mosquitto,prosody"
measure raw-log --servers "$first"
measure latency --servers "$ours,ejabberd,mosquitto,prosody"
measure latency --section tls-messages --servers "$first,$first-tls"
measure bursty --section tls-bursts --servers "$first,$first-tls"
measure offline --servers "$first,mosquitto"
measure offline --section offline-slow --each 500 --servers "$first,ejabberd,prosody"
measure restart --servers "$first"
measure idle --servers "$ours,$first-tls"
measure idle --section idle-peers --connections 1000 --seconds 30 --servers "$ours,ejabberd,mosquitto,prosody"
measure idle --section idle-many --connections 17000 --processes 6 --seconds "$hold" --servers "$first"
measure seed-profile --servers "$first" --seconds "$hold"
measure seed-profile --section seed-peak --servers "$first" --rate 1150
measure abuse --servers "$first"
measure tls --servers "$first-tls"
