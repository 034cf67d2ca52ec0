// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/kith_server.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/peers/peer_server.h"

#include <filesystem>

namespace kith::bench {

namespace {

std::string programBeside()
{
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path().string() + "/kith-server";
}

} // namespace

std::unique_ptr<Contender> contenderCalled(const std::string &name, const Options &options)
{
    if (auto peer = PeerServer::called(name))
        return peer;
    KithServer::Settings settings {
        options.program.empty() ? programBeside() : options.program, {}, false, options.seed
    };
    std::string rest = name;
    if (rest.ends_with("-tls")) {
        settings.tls = true;
        rest.resize(rest.size() - 4);
    }
    if (rest == "kith-lean" || rest == "kith-qt")
        settings.gateway = rest.substr(5);
    else if (rest != "kith")
        return nullptr;
    return std::make_unique<KithServer>(std::move(settings));
}

} // namespace kith::bench
