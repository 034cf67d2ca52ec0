// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/child.h"
#include "tests/bench/load/contender.h"
#include "tests/bench/load/kith_people.h"
#include "tests/bench/load/tls_context.h"

namespace kith::bench {

/// Our server on loopback: `run --dev`, which means open registration and no limits of rate. Everything it says
/// "sent" to is on disk.
class KithServer final : public Contender {
public:
    struct Settings {
        std::string program; ///< kith-server
        std::string gateway; ///< "lean" or "qt"; empty: what the server takes by itself
        bool tls = false;
        std::uint64_t seed = 1; ///< of accounts, message names and contents
    };
    explicit KithServer(Settings settings) : settings_(std::move(settings)) { }

    std::string name() const override;
    Result<void> start(const std::string &folder) override;
    void stop() override { process_.stop(); }
    Result<void> resume() override;

    pid_t pid() const override { return process_.pid(); }
    Dial address() const override { return { .port = port_, .tls = tls_.get() }; }
    std::string dataFolder() const override { return folder_ + "/data"; }
    std::optional<Commits> commits() const override;
    std::unique_ptr<Client> client(Loop &loop, Audience &audience, int number) override;

private:
    Child::Command command() const;
    Result<void> makeCertificate();

    Settings settings_;
    std::optional<KithPeople> people_; ///< a fresh server knows nobody
    Child process_;
    TlsContext tls_;
    std::string folder_;
    std::uint16_t port_ = 0, adminPort_ = 0;
};

} // namespace kith::bench
