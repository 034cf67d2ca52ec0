// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operator.h"

namespace kith::server {

/// `kith-server db …`, as operator.h says. `word` is the folder of the backup.
int dbBackup(const OperatorOptions &options);
int dbVerify(const OperatorOptions &options);
int dbRestore(const OperatorOptions &options);

} // namespace kith::server
