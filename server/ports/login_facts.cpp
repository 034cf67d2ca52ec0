// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ports/login_facts.h"

#include "common/base/hash.h"
#include "common/wire/codec.h"

namespace kith::server {

bool provesLogin(const LoginFacts &facts, const DeviceId &device, const Ed25519PublicKey &signingKey,
                 const Ed25519Signature &signature)
{
    const auto bytes = wire::loginBytes(facts.serverId, facts.challenge, device, facts.certificateHash);
    return verifyEd25519(signingKey, wire::loginContext, viewOf(bytes), signature);
}

} // namespace kith::server
