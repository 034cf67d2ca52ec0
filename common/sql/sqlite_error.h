// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"

namespace kith::sql {

/// An SQLite result code as a class of reaction. `what` names the step that failed, for the log.
Error toError(int result, const char *what);

} // namespace kith::sql
