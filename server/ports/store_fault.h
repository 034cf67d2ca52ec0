// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/error.h"
#include "common/wire/error.h"

namespace kith::server {

/// What a peer is told when a port failed: a fixed phrase per kind, never the port's own text. Callers that give a code
/// a meaning of their own (a full queue, a taken name) look at the Error first.
wire::Fault storeFault(const Error &error);

} // namespace kith::server
