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

Result<void> oneOf(std::string &target, Text text, const std::vector<std::string_view> &words)
{
    std::string all;
    for (const auto word : words) {
        if (word == text) {
            target = text;
            return {};
        }
        all += (all.empty() ? "" : word == words.back() ? " or " : ", ") + std::string(word);
    }
    return Error { ErrorCode::invalid, all };
}

Result<void> readNames(Config &config, Text text)
{
    const QRegularExpression expression(QString::fromStdString(text));
    if (!expression.isValid() || text.empty() || text.size() > 256)
        return Error { ErrorCode::invalid, "a regular expression" };
    config.registration.names = text;
    return {};
}

} // namespace

const std::vector<ConfigKey> &configKeys()
{
    using C = Config;
    static const std::vector<ConfigKey> keys {
        { "listen.gateway", "where devices connect; anything but this machine needs tls_cert and tls_key", false, false,
          [](C &c, Text t) { return put(c.listen.gateway, parseEndpoint(t)); },
          [](const C &c) { return showEndpoint(c.listen.gateway); } },
        { "listen.admin", "health, metrics and admin commands; this machine only", false, false,
          [](C &c, Text t) { return put(c.listen.admin, parseEndpoint(t)); },
          [](const C &c) { return showEndpoint(c.listen.admin); } },
        { "listen.tls_cert", "certificate chain, PEM; kith-server init makes one", false, false,
          [](C &c, Text t) { return put(c.listen.tlsCert, Result<std::string>(t)); },
          [](const C &c) { return c.listen.tlsCert; } },
        { "listen.tls_key", "its private key, PEM: a file, or credential:NAME of systemd", false, false,
          [](C &c, Text t) { return put(c.listen.tlsKey, Result<std::string>(t)); },
          [](const C &c) { return c.listen.tlsKey; } },
        { "listen.workers", "threads for connections; 0: cores - 1", true, false,
          [](C &c, Text t) { return put(c.listen.workers, parseWhole(t, 0, 256)); },
          [](const C &c) { return std::to_string(c.listen.workers); } },
        { "store.engine", "where everything is kept", false, false,
          [](C &, Text t) {
              std::string engine;
              return oneOf(engine, t, { "embedded" });
          },
          [](const C &) { return std::string("embedded"); } },
        { "store.data_dir", "the folder of the store and the server's key", false, false,
          [](C &c, Text t) -> Result<void> {
              if (!t.starts_with('/'))
                  return Error { ErrorCode::invalid, "an absolute path" };
              c.store.dataDir = t;
              return {};
          },
          [](const C &c) { return c.store.dataDir; } },
        { "limits.connections", "open connections in all", true, true,
          [](C &c, Text t) { return put(c.limits.connections, parseWhole(t, 1, 10'000'000)); },
          [](const C &c) { return std::to_string(c.limits.connections); } },
        { "limits.per_ip", "open connections of one address; this machine is exempt", true, true,
          [](C &c, Text t) { return put(c.limits.perIp, parseWhole(t, 1, 1'000'000)); },
          [](const C &c) { return std::to_string(c.limits.perIp); } },
        { "limits.queue_messages", "messages that wait for one device", true, false,
          [](C &c, Text t) { return put(c.limits.queueMessages, parseWhole(t, 1, 10'000'000)); },
          [](const C &c) { return std::to_string(c.limits.queueMessages); } },
        { "limits.queue_bytes", "and their size", false, false,
          [](C &c, Text t) { return put(c.limits.queueBytes, parseSize(t)); },
          [](const C &c) { return showSize(c.limits.queueBytes); } },
        { "limits.send", "messages from one sender to one recipient", false, false,
          [](C &c, Text t) { return put(c.limits.send, parseRate(t)); },
          [](const C &c) { return showRate(c.limits.send); } },
        { "limits.accept", "new connections, for each worker; the rest is told to come back later", false, true,
          [](C &c, Text t) { return put(c.limits.accept, parseRate(t)); },
          [](const C &c) { return showRate(c.limits.accept); } },
        { "limits.rate_factor", "multiplies every rate; 0: no rates, only while every listener is on this machine",
          true, false, [](C &c, Text t) { return put(c.limits.rateFactor, parseFactor(t)); },
          [](const C &c) { return showFactor(c.limits.rateFactor); } },
        { "retention.queue", "how long a message waits for a device", false, false,
          [](C &c, Text t) { return put(c.retention.queue, parseSpan(t)); },
          [](const C &c) { return showSpan(c.retention.queue); } },
        { "retention.invite", "how long an invite is good, unless it says otherwise", false, true,
          [](C &c, Text t) { return put(c.retention.invite, parseSpan(t)); },
          [](const C &c) { return showSpan(c.retention.invite); } },
        { "register.mode", "who may make an account: open, invite or closed", false, true,
          [](C &c, Text t) {
              return oneOf(c.registration.mode, t, { "open", "invite", "closed" });
          },
          [](const C &c) { return c.registration.mode; } },
        { "register.names", "which user names are allowed", false, false, readNames,
          [](const C &c) { return c.registration.names; } },
        { "log.level", "debug, info, warning or error", false, true,
          [](C &c, Text t) {
              return oneOf(c.log.level, t, { "debug", "info", "warning", "error" });
          },
          [](const C &c) { return c.log.level; } },
        { "log.format", "auto: text on a terminal or under systemd, else JSON lines", false, false,
          [](C &c, Text t) {
              return oneOf(c.log.format, t, { "auto", "text", "json" });
          },
          [](const C &c) { return c.log.format; } },
    };
    return keys;
}

} // namespace kith::server::admin
