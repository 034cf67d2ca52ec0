// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/peers/peer_server.h"

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/peers/mqtt_client.h"
#include "tests/bench/load/peers/xmpp_client.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kith::bench {

namespace {

constexpr double startLimit = 60; // seconds; a BEAM under load takes ten

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// The peers cannot choose a port and tell it.
std::uint16_t freePort()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), size);
    ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(descriptor);
    return connected;
}

std::string configurationOf(const char *name, std::uint16_t port)
{
    std::ostringstream text;
    text << std::ifstream(std::string(KITH_PEERS_DIR "/") + name).rdbuf();
    std::string out = text.str();
    const auto at = out.find("@PORT@");
    return at == std::string::npos ? out : out.replace(at, 6, std::to_string(port));
}

} // namespace

std::unique_ptr<PeerServer> PeerServer::called(const std::string &name)
{
    const PeerKind kinds[] {
        { "ejabberd",
          "ejabberd.yml",
          { "erl", "-noinput", "+K", "true", "+P", "250000", "+Q", "32768", "-mnesia", "dir", "\"./mnesia\"", "-s",
            "ejabberd" },
          { { "ERL_LIBS", "/usr/lib/x86_64-linux-gnu" }, // as ejabberdctl has it
            { "EJABBERD_CONFIG_PATH", "./ejabberd.yml" },
            { "EJABBERD_LOG_PATH", "./ejabberd.log" },
            { "ERL_MAX_PORTS", "32768" },
            { "HOME", "." } },
          true },
        { "prosody", "prosody.cfg.lua", { "prosody", "-F", "--config", "./prosody.cfg.lua" }, {}, true },
        { "mosquitto", "mosquitto.conf", { "mosquitto", "-c", "./mosquitto.conf" }, {}, false },
    };
    for (const auto &kind : kinds)
        if (name == kind.name)
            return std::make_unique<PeerServer>(kind);
    return nullptr;
}

Result<void> PeerServer::start(const std::string &folder)
{
    folder_ = folder;
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    std::filesystem::create_directories(folder + "/data", failed);
    port_ = freePort();
    std::ofstream file(folder + '/' + kind_.configuration);
    file << configurationOf(kind_.configuration, port_);
    if (failed || !file.flush())
        return Error { ErrorCode::io, "the folder for the server's data cannot be made" };
    return resume();
}

Result<void> PeerServer::resume()
{
    KITH_TRY(process_, Child::start({ kind_.words, kind_.environment, folder_ }));
    const double end = now() + startLimit;
    while (!answers(port_)) {
        if (!process_.isRunning())
            return Error { ErrorCode::notFound,
                           "it did not start; run tests/bench/load/peers/install.sh, see err.log" };
        if (now() > end)
            return Error { ErrorCode::timeout, "it does not answer" };
        ::poll(nullptr, 0, 50); // milliseconds
    }
    return {};
}

std::unique_ptr<Client> PeerServer::client(Loop &loop, Audience &audience, int number)
{
    if (!kind_.isXmpp)
        return std::make_unique<MqttClient>(loop, audience, number);
    return std::make_unique<XmppClient>(loop, audience, number,
                                        enrolling_ ? XmppClient::Purpose::enrol : XmppClient::Purpose::talk);
}

Result<void> PeerServer::enrol(int count)
{
    if (!kind_.isXmpp)
        return {};
    enrolling_ = true;
    Crowd crowd(*this, 1);
    const auto done = crowd.join(0, count);
    enrolling_ = false;
    return done;
}

} // namespace kith::bench
