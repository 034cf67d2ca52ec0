// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/load/child.h"
#include "tests/bench/load/contender.h"

namespace kith::bench {

/// How to run one of the peers, and to talk to it.
struct PeerKind {
    const char *name;
    const char *configuration; ///< file below peers/; @PORT@ in it is replaced
    std::vector<std::string> words; ///< of the command, in the data folder
    std::map<std::string, std::string> environment;
    bool isXmpp;
};

/// A peer of Kith from Debian on loopback, in the foreground, with a configuration of our own.
class PeerServer final : public Contender {
public:
    explicit PeerServer(PeerKind kind) : kind_(std::move(kind)) { }
    /// Null when no peer is called that.
    static std::unique_ptr<PeerServer> called(const std::string &name);

    std::string name() const override { return kind_.name; }
    Result<void> start(const std::string &folder) override;
    void stop() override { process_.stop(); }
    Result<void> resume() override;

    pid_t pid() const override { return process_.pid(); }
    Dial address() const override { return { .port = port_ }; }
    std::string dataFolder() const override { return folder_; }
    std::unique_ptr<Client> client(Loop &loop, Audience &audience, int number) override;
    Result<void> enrol(int count) override;

private:
    PeerKind kind_;
    Child process_;
    std::string folder_;
    std::uint16_t port_ = 0;
    bool enrolling_ = false;
};

} // namespace kith::bench
