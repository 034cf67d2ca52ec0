// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/service/reply.h"

namespace kith::rpc::service {

class Service;

/// agent.doctor: looks at the profile, its store, its account and its server, and names a fix for what is wrong (cli
/// 6). Takes as long as a round trip to the server, at most its deadline.
Task<Reply> examine(Service &service);

} // namespace kith::rpc::service
