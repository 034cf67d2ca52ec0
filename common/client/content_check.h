// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/ids.h"
#include "common/base/result.h"
#include "common/wire/content/content.h"
#include "common/wire/frames.h"

namespace kith::client {

/// Where a content of a 1:1 chat was found: what the envelope claims, to be compared with what is inside (C17).
struct Origin {
    DeviceId sender;
    AccountId self;
    Mid mid;
};

/// Whether the header inside the encryption agrees with the envelope around it. Errors: invalid, naming the field.
Result<void> checkOrigin(const wire::ContentHeader &header, const Origin &origin);

/// Effective time: the client's, held within 5 min of the server's (delivery ID6).
WallTime effectiveTime(WallTime clientTime, WallTime serverTime);

} // namespace kith::client
