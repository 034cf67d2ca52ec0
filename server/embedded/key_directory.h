// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/embedded/committer.h"
#include "server/ports/key_directory.h"

namespace kith::server::embedded {

/// Prekeys in RocksDB. A key that was handed out leaves its hash behind, so that a repeated upload cannot bring it
/// back (delivery PK2, PK4). Any thread.
class EmbeddedKeyDirectory final : public KeyDirectory {
public:
    EmbeddedKeyDirectory(const Database &database, Committer &committer)
        : database_(database)
        , committer_(committer) { }

    Task<Result<void>> putSigned(DeviceId device, std::uint32_t registrationId, wire::PreKey key) override;
    Task<Result<std::uint32_t>> putOneTime(DeviceId device, std::vector<wire::PreKey> keys) override;
    Task<Result<TakenKeys>> take(DeviceId device, std::uint32_t reserve) override;
    Task<Result<Stock>> stock(DeviceId device) override;
    Task<Result<void>> remove(DeviceId device) override;
    Task<Result<void>> discardAllOneTime() override;

private:
    Result<Stock> readStock(const DeviceId &device) const;

    const Database &database_;
    Committer &committer_;
};

/// Marks up to `limit` one-time keys from `after` on as handed out. Returns where to go on, empty at the end.
Result<std::string> discardOneTimeKeys(Batch &batch, const std::string &after, std::size_t limit);

} // namespace kith::server::embedded
