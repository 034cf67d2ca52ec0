// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QString>
#include <QStringList>

namespace kith::rpc {

/// Starts a detached process: a session of its own and no child of this one, `/` as its folder, standard input and
/// output /dev/null, standard error appended to `errorFile`, every other descriptor closed except the write end of a
/// pipe. Returns the read end of that pipe, which the caller closes; end of file without a byte means that the program
/// could not be run or died. `{fd}` in `arguments` is replaced by the number of the write end. Errors: io.
Result<int> spawnDetached(const QString &program, QStringList arguments, const QString &errorFile);

} // namespace kith::rpc
