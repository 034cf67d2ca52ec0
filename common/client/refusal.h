// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/client/failure.h"
#include "common/wire/error.h"

#include <string>

namespace kith::client {

/// Why dialling failed, for a person.
Failure fromDialling(const Error &error);
/// What the server said no to, for a person. `what` is the thing asked for: "the user", "the account".
Failure fromFault(const wire::Fault &fault, const std::string &what);
/// The same for a registration (closed, invite, name taken).
Failure fromRegistration(const wire::Fault &fault);
/// The reason word of a message that the server refused for good; names of the front ends' error table.
const char *failedReason(wire::ErrorCode code);

} // namespace kith::client
