// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/profile.h"
#include "common/rpc/error.h"

#include <QJsonObject>

namespace kith::rpc::service {

/// Reads {kind|slot, secret?, path?}; `kindMember` names the first. Copies of the secret that are made here are wiped.
/// Errors: invalidParams.
RpcResult<client::SlotSecret> slotOf(const QJsonObject &params, const char *kindMember);

const char *toString(crypto::SlotKind kind);
/// The slot of that name. Errors: notFound.
RpcResult<crypto::SlotKind> slotKindOf(const QString &name);
QJsonObject slotDocument(const crypto::KeySlots::Slot &slot);

} // namespace kith::rpc::service
