// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/keyring.h"

#include <map>
#include <vector>

namespace kith::client {

/// A keyring that a test can look into and take away.
class MemoryKeyring final : public Keyring {
public:
    Task<Result<SecretBytes>> read(const std::string &name) override
    {
        if (refusal)
            return Task<Result<SecretBytes>>::ready(*refusal);
        const auto found = entries.find(name);
        if (found == entries.end())
            return Task<Result<SecretBytes>>::ready(Error { ErrorCode::notFound, "no entry" });
        return Task<Result<SecretBytes>>::ready(SecretBytes(viewOf(found->second)));
    }
    Task<Result<void>> write(const std::string &name, const SecretBytes &secret) override
    {
        if (refusal)
            return Task<Result<void>>::ready(*refusal);
        if (isSilent)
            return unanswered.emplace_back().task();
        entries[name] = toByteArray(secret.view());
        return Task<Result<void>>::ready({});
    }
    Task<Result<void>> remove(const std::string &name) override
    {
        entries.erase(name);
        return Task<Result<void>>::ready({});
    }

    std::map<std::string, QByteArray> entries;
    std::optional<Error> refusal;
    bool isSilent = false; ///< never answers a write
    std::vector<Promise<Result<void>>> unanswered;
};

} // namespace kith::client
