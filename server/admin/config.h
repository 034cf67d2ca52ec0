// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/wire/limits.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::server::admin {

/// "60 + 1/s": how much at once and how much comes back a second.
struct RateValue {
    double burst = 1;
    double perSecond = 1;
    bool operator==(const RateValue &) const = default;
};

/// host:port of a listener. Port 0: the system chooses.
struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const Endpoint &) const = default;
};

/// The server's configuration (server/admin/README.md lists the keys). Defaults are those of a server without a file.
struct Config {
    struct Listen {
        Endpoint gateway { "127.0.0.1", 8443 };
        Endpoint admin { "127.0.0.1", 8481 };
        std::string tlsCert; ///< empty: plain, which only loopback may be
        std::string tlsKey; ///< a path, or credential:NAME
        int workers = 0; ///< 0: cores - 1, at least 1
        std::string transport = "lean"; ///< or "qt"
    } listen;
    struct Store {
        std::string engine = "embedded";
        std::string dataDir = "/var/lib/kith-server";
    } store;
    struct Limits {
        int connections = 100'000;
        int perIp = wire::limits::connectionsPerIp;
        std::uint64_t queueMessages = wire::limits::queueMessages;
        std::uint64_t queueBytes = wire::limits::queueBytes;
        std::uint64_t frame = wire::limits::frameBytes;
        int devices = wire::limits::devicesPerAccount;
        RateValue send { wire::limits::pairBurst, 1 };
        RateValue registrations { 6, 2.0 / 60 }; ///< per address
        RateValue preKeys { 6, 1.0 / 600 }; ///< per (asker, device)
        RateValue loginFailures { wire::limits::failedLoginsPerMinute, wire::limits::failedLoginsPerMinute / 60.0 };
        RateValue accept { 200, 200 }; ///< per worker
        double rateFactor = 1;
    } limits;
    struct Retention {
        milliseconds queue = std::chrono::hours { 30 * 24 };
        milliseconds invite = std::chrono::hours { 7 * 24 };
    } retention;
    struct Registration {
        std::string mode = "invite"; ///< open, invite or closed
        std::string names = "^[a-z0-9_.]{3,32}$";
    } registration;
    struct Log {
        std::string level = "info"; ///< debug, info, warning or error
        std::string format = "auto"; ///< auto, text or json
    } log;

    /// Where each key's value came from: "default", "--dev", "file", "environment", "option".
    std::map<std::string, std::string> origins;
};

/// Where a configuration is read from, weakest first: the defaults, then these.
struct ConfigSources {
    bool dev = false; ///< the values of `run --dev` instead of the defaults
    std::string devDataDir; ///< only with dev
    std::string file; ///< a path, or empty
    std::map<std::string, std::string> environment; ///< only names that begin with KITH_SERVER__ matter
    std::map<std::string, std::string> options; ///< key to value
};

/// Reads and checks everything. Errors: invalid; the detail has one line for each problem, with place and advice, made
/// for people (a value of the operator's own file may be named there). notFound, permission, io: the file.
Result<Config> readConfig(const ConfigSources &sources);

/// One key as the table knows it.
struct ConfigKey {
    std::string_view name; ///< "section.key"
    std::string_view what; ///< one line for people
    bool isNumber = false; ///< written without quotes
    bool reloads = false; ///< SIGHUP applies it; others need a restart
    /// Errors: invalid, what it should look like; never the text itself, which may be a secret in the wrong place.
    Result<void> (*read)(Config &config, const std::string &text);
    std::string (*show)(const Config &config);
};
const std::vector<ConfigKey> &configKeys();

/// The keys whose value differs and that only a restart applies.
std::vector<std::string> keysThatNeedARestart(const Config &running, const Config &fresh);

/// A whole file with every key, its default commented out, and what it means.
std::string defaultConfigText();
/// Every key with its value and where that came from, one a line.
std::string describeConfig(const Config &config);

bool isLoopback(const Endpoint &endpoint);

} // namespace kith::server::admin
