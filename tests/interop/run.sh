#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Kith authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh SOURCE_FOLDER WORK_FOLDER PACKAGE SCRIPT ARGUMENT...: installs the foreign packages into the work folder and
# runs a script on one of them. Exit code 77 says: skipped, with the reason on standard output.
set -u
source=$1 work=$2 package=$3 script=$4
shift 4

skip() {
  echo "SKIPPED: $1"
  exit 77
}

command -v node >/dev/null || skip "node is not installed"
command -v npm >/dev/null || skip "npm is not installed"
mkdir -p "$work" && cd "$work" || exit 1
cp "$source/package.json" "$source/package-lock.json" "$source/$script" . || exit 1
if [ ! -d "node_modules/$package" ]; then
  npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 || skip "npm could not install them, see $work/npm.log"
fi
node -e "require('$package')" 2>node.log || skip "$package has no build for this machine"
exec node "$script" "$@"
