#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh SOURCE_FOLDER WORK_FOLDER DRIVER CONVERSATIONS: installs the oracle into the work folder and runs it.
# Exit code 77 says: skipped, with the reason on standard output.
set -u
source=$1 work=$2 driver=$3 conversations=$4

skip() {
  echo "SKIPPED: $1"
  exit 77
}

command -v node >/dev/null || skip "node is not installed"
command -v npm >/dev/null || skip "npm is not installed"
mkdir -p "$work" && cd "$work" || exit 1
cp "$source/package.json" "$source/package-lock.json" "$source/conversations.mjs" . || exit 1
if [ ! -d node_modules/@signalapp/libsignal-client ]; then
  npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || skip "npm could not install the oracle, see $work/npm.log"
fi
node -e "require('@signalapp/libsignal-client')" 2>node.log || skip "the oracle has no build for this machine"
exec node conversations.mjs "$driver" "$conversations"
