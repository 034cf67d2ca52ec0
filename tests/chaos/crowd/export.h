// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/engine.h"

#include <QString>

namespace kith::chaos {

/// Writes what a person sees and what her profile still holds, as JSON lines: the checker's other source (delivery
/// section 9). Every chat in display order, then the event log's word on each message. False when it fails.
bool exportProfile(client::Engine &engine, const QString &name, const QString &path);

} // namespace kith::chaos
