// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/config_values.h"

#include <QRegularExpression>

namespace kith::server::admin {

namespace {

using Text = const std::string &;

template <class T, class Parsed>
Result<void> put(T &target, Result<Parsed> parsed)
{
    if (!parsed)
        return std::move(parsed).error();
    target = static_cast<T>(*parsed);
    return {};
}

/// A key for one member of one section: how it is read and shown.
template <auto Section, auto Member, auto Parse, auto Show>
ConfigKey key(std::string_view name, bool isNumber, bool reloads, std::string_view what)
{
    return { name,
             what,
             isNumber,
             reloads,
             [](Config &config, Text text) { return put((config.*Section).*Member, Parse(text)); },
             [](const Config &config) { return std::string(Show((config.*Section).*Member)); } };
}

template <std::int64_t Least, std::int64_t Most>
Result<std::int64_t> whole(Text text)
{
    return parseWhole(text, Least, Most);
}

std::string showWhole(std::uint64_t number)
{
    return std::to_string(number);
}

Result<std::uint64_t> parseFrame(Text text)
{
    constexpr std::uint64_t least = 100 * 1024; // a full ciphertext and its frame
    const auto bytes = parseSize(text);
    if (!bytes || *bytes < least || *bytes > wire::limits::clientFrameBytes)
        return Error { ErrorCode::invalid, "a size from 100KiB to 256KiB" };
    return bytes;
}

Result<std::string> parsePath(Text text)
{
    if (text.starts_with('/'))
        return text;
    return Error { ErrorCode::invalid, "an absolute path" };
}

Result<std::string> parseKeyFile(Text text)
{
    if (text.starts_with('/') || (text.starts_with("credential:") && text.find('\n') == std::string::npos))
        return text;
    return Error { ErrorCode::invalid, "an absolute path or credential:NAME, never the key itself" };
}

Result<std::string> parseNames(Text text)
{
    const QRegularExpression expression(QString::fromStdString(text));
    if (!expression.isValid() || text.empty() || text.size() > 256)
        return Error { ErrorCode::invalid, "a regular expression" };
    return text;
}

Result<std::string> oneOf(Text text, std::initializer_list<std::string_view> words)
{
    std::string all;
    for (const auto word : words) {
        if (word == text)
            return text;
        all += (all.empty() ? "" : word == *(words.end() - 1) ? " or " : ", ") + std::string(word);
    }
    return Error { ErrorCode::invalid, all };
}

Result<std::string> parseEngine(Text text)
{
    return oneOf(text, { "embedded" });
}

Result<std::string> parseTransport(Text text)
{
    return oneOf(text, { "lean", "qt" });
}

Result<std::string> parseMode(Text text)
{
    return oneOf(text, { "open", "invite", "closed" });
}

Result<std::string> parseLevel(Text text)
{
    return oneOf(text, { "debug", "info", "warning", "error" });
}

Result<std::string> parseFormat(Text text)
{
    return oneOf(text, { "auto", "text", "json" });
}

Text asItIs(Text text)
{
    return text;
}

constexpr bool number = true, text = false; ///< how a value is written
constexpr bool reloads = true, restart = false;
using C = Config;

std::vector<ConfigKey> listenAndStore()
{
    constexpr auto listen = &C::listen;
    constexpr auto store = &C::store;
    return {
        key<listen, &C::Listen::gateway, parseEndpoint, showEndpoint>(
            "listen.gateway", text, restart,
            "where devices connect; anything but this machine needs tls_cert and tls_key"),
        key<listen, &C::Listen::admin, parseEndpoint, showEndpoint>(
            "listen.admin", text, restart, "health, metrics and admin commands; this machine only"),
        key<listen, &C::Listen::tlsCert, parsePath, asItIs>("listen.tls_cert", text, restart,
                                                            "certificate chain, PEM; kith-server init makes one"),
        key<listen, &C::Listen::tlsKey, parseKeyFile, asItIs>(
            "listen.tls_key", text, restart, "its private key, PEM: a file, or credential:NAME of systemd"),
        key<listen, &C::Listen::workers, whole<0, 256>, showWhole>("listen.workers", number, restart,
                                                                   "threads for connections; 0: cores - 1"),
        key<listen, &C::Listen::transport, parseTransport, asItIs>(
            "listen.transport", text, restart, "lean: frames straight from the descriptor; qt: by QWebSocket"),
        key<store, &C::Store::engine, parseEngine, asItIs>("store.engine", text, restart, "where everything is kept"),
        key<store, &C::Store::dataDir, parsePath, asItIs>("store.data_dir", text, restart,
                                                          "the folder of the store and the server's key"),
    };
}

std::vector<ConfigKey> limits()
{
    constexpr auto limits = &C::limits;
    using L = Config::Limits;
    return {
        key<limits, &L::connections, whole<1, 10'000'000>, showWhole>("limits.connections", number, reloads,
                                                                      "open connections in all"),
        key<limits, &L::perIp, whole<1, 1'000'000>, showWhole>(
            "limits.per_ip", number, reloads, "open connections of one address; this machine is exempt"),
        key<limits, &L::devices, whole<1, wire::limits::devicesPerAccount>, showWhole>(
            "limits.devices", number, reloads, "devices of one account"),
        key<limits, &L::queueMessages, whole<1, 10'000'000>, showWhole>("limits.queue_messages", number, reloads,
                                                                        "messages that wait for one device"),
        key<limits, &L::queueBytes, parseSize, showSize>("limits.queue_bytes", text, reloads, "and their size"),
        key<limits, &L::frame, parseFrame, showSize>("limits.frame", text, restart, "one frame of a device"),
        key<limits, &L::send, parseRate, showRate>("limits.send", text, reloads,
                                                   "messages from one sender to one recipient"),
        key<limits, &L::registrations, parseRate, showRate>("limits.register", text, reloads,
                                                            "new accounts from one address"),
        key<limits, &L::preKeys, parseRate, showRate>("limits.prekeys", text, reloads,
                                                      "key bundles of one device that one account fetches"),
        key<limits, &L::loginFailures, parseRate, showRate>(
            "limits.login_failures", text, reloads, "failed logins of one address and account; then it has to wait"),
        key<limits, &L::accept, parseRate, showRate>(
            "limits.accept", text, reloads, "new connections, for each worker; the rest is told to come back later"),
        key<limits, &L::rateFactor, parseFactor, showFactor>(
            "limits.rate_factor", number, restart,
            "multiplies every rate; 0: no rates, only while every listener is on this machine"),
    };
}

std::vector<ConfigKey> rules()
{
    constexpr auto retention = &C::retention;
    constexpr auto registration = &C::registration;
    constexpr auto log = &C::log;
    return {
        key<retention, &C::Retention::queue, parseSpan, showSpan>("retention.queue", text, restart,
                                                                  "how long a message waits for a device"),
        key<retention, &C::Retention::invite, parseSpan, showSpan>(
            "retention.invite", text, reloads, "how long an invite is good, unless it says otherwise"),
        key<registration, &C::Registration::mode, parseMode, asItIs>("register.mode", text, reloads,
                                                                     "who may make an account: open, invite or closed"),
        key<registration, &C::Registration::names, parseNames, asItIs>("register.names", text, restart,
                                                                       "which user names are allowed"),
        key<log, &C::Log::level, parseLevel, asItIs>("log.level", text, reloads, "debug, info, warning or error"),
        key<log, &C::Log::format, parseFormat, asItIs>("log.format", text, restart,
                                                       "auto: text on a terminal or under systemd, else JSON lines"),
    };
}

} // namespace

const std::vector<ConfigKey> &configKeys()
{
    static const std::vector<ConfigKey> keys = [] {
        auto all = listenAndStore();
        for (auto &more : { limits(), rules() })
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return keys;
}

} // namespace kith::server::admin
