// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/frames.h"
#include "tests/support/client/town.h"

namespace kith::support {

/// The server refuses what `picks` chooses of a person's requests with `fault`, and does nothing of it.
void refuse(Citizen &person, std::function<bool(const wire::ClientBody &)> picks, const wire::Fault &fault);
/// It is willing again.
void refuseNothing(Citizen &person);

} // namespace kith::support
