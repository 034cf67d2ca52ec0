// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/kith_server.h"

#include "tests/bench/load/kith_client.h"
#include "tests/bench/load/metrics_page.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <filesystem>

namespace kith::bench {

namespace {

constexpr double startLimit = 60; // seconds; a restart with a million queued is what takes longest

std::uint16_t portOf(const QJsonObject &ready, const char *key)
{
    return static_cast<std::uint16_t>(QUrl(ready[key].toString()).port());
}

} // namespace

std::string KithServer::name() const
{
    return (settings_.gateway.empty() ? "kith" : "kith " + settings_.gateway) + (settings_.tls ? " tls" : "");
}

Child::Command KithServer::command() const
{
    Child::Command command { { settings_.program, "run", "--dev", "--data-dir", dataFolder(), "--listen", "127.0.0.1:0",
                               "--listen-admin", "127.0.0.1:0", "--print-ready", "json" },
                             { { "QT_NO_GLIB", "1" } },
                             folder_ };
    if (!settings_.gateway.empty())
        command.words.insert(command.words.end(), { "--gateway", settings_.gateway });
    if (settings_.tls) {
        command.environment["KITH_SERVER__LISTEN__TLS_CERT"] = folder_ + "/tls.crt";
        command.environment["KITH_SERVER__LISTEN__TLS_KEY"] = folder_ + "/tls.key";
    }
    return command;
}

Result<void> KithServer::start(const std::string &folder)
{
    folder_ = folder;
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return Error { ErrorCode::io, "the folder for the server's data cannot be made" };
    people_.emplace(settings_.seed);
    if (settings_.tls)
        KITH_CHECK(makeCertificate());
    return resume();
}

/// An ECDSA P-256 certificate, as `kith-server init` makes it for operators.
Result<void> KithServer::makeCertificate()
{
    KITH_TRY(auto init,
             Child::start({ { settings_.program, "init", "--host", "localhost", "--config", folder_ + "/server.toml" },
                            {},
                            folder_ }));
    if (!init.end(startLimit) || !std::filesystem::exists(folder_ + "/tls.key"))
        return Error { ErrorCode::io, "kith-server init made no certificate; see err.log" };
    tls_ = makeTlsContext();
    return {};
}

Result<void> KithServer::resume()
{
    KITH_TRY(process_, Child::start(command()));
    KITH_TRY(const auto line, process_.firstLine(startLimit));
    const auto ready = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    port_ = portOf(ready, "gateway");
    adminPort_ = portOf(ready, "admin");
    return {};
}

std::optional<Contender::Commits> KithServer::commits() const
{
    const auto count = metricOn(adminPort_, "kith_store_seconds_count");
    const auto seconds = metricOn(adminPort_, "kith_store_seconds_sum");
    const auto rows = metricOn(adminPort_, "kith_store_batch_rows_sum");
    return count && seconds && rows ? std::optional(Commits { *count, *seconds, *rows }) : std::nullopt;
}

std::unique_ptr<Client> KithServer::client(Loop &loop, Audience &audience, int number)
{
    return std::make_unique<KithClient>(loop, audience, number, *people_);
}

} // namespace kith::bench
