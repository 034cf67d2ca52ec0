#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sets up this machine and runs every default test, headless. Arguments go to ctest:
#   ./test.sh                 all default tests
#   ./test.sh -L unit         one label
set -u
cd "$(dirname "$0")" || exit 1
. packaging/setup.sh

install_missing || exit 1
build_preset dev || exit 1

say "running the tests"
report=build/test.log
QT_QPA_PLATFORM=offscreen ctest --preset dev "$@" 2>&1 | tee "$report"
status=${PIPESTATUS[0]}

total=$(sed -nE 's/.*tests (passed|failed).* out of ([0-9]+).*/\2/p' "$report" | tail -n 1)
skipped=$(grep -cE '\*\*\*Skipped' "$report")
grep -E '\*\*\*Skipped' "$report" | sed 's/^/skipped: /'
if [ "$status" = 0 ]; then
    printf 'PASS %s tests, %s skipped\n' "${total:-0}" "$skipped"
else
    printf 'FAIL (see build/test.log)\n'
fi
exit "$status"
