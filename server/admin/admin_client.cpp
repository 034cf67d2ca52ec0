// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/admin_client.h"

#include "common/base/durable_file.h"

#include <QJsonDocument>

#include <cstdlib>
#include <httplib.h>

namespace kith::server::admin {

namespace {

ErrorCode codeOf(int status)
{
    switch (status) {
    case 404:
        return ErrorCode::notFound;
    case 400:
        return ErrorCode::invalid;
    case 401:
    case 403:
        return ErrorCode::permission;
    case 409:
        return ErrorCode::exists;
    default:
        return ErrorCode::io;
    }
}

} // namespace

std::chrono::seconds deadlineOf(std::string_view command)
{
    return command == "db/backup" ? std::chrono::hours { 1 } : std::chrono::seconds { 20 };
}

std::string runtimeFolderOf(const std::string &dataDir)
{
    if (const char *folder = std::getenv("RUNTIME_DIRECTORY"))
        return folder;
    if (::access("/run/kith-server/admin.url", R_OK) == 0 && dataDir == "/var/lib/kith-server")
        return "/run/kith-server";
    return dataDir + "/run";
}

Result<QJsonObject> callAdmin(const std::string &runtimeFolder, const std::string &command,
                              const QJsonObject &arguments)
{
    const auto url = readWhole(runtimeFolder + "/admin.url", 256);
    if (!url)
        return Error { url.error().code == ErrorCode::permission ? ErrorCode::permission : ErrorCode::network,
                       "no server runs with this data directory" };
    KITH_TRY(const auto token, readWhole(runtimeFolder + "/admin.token", 256));
    httplib::Client client(url->toStdString());
    client.set_read_timeout(deadlineOf(command) + std::chrono::seconds { 10 });
    const httplib::Headers headers { { "Authorization", "Bearer " + token.toStdString() } };
    const auto body = QJsonDocument(arguments).toJson(QJsonDocument::Compact).toStdString();
    const auto response = client.Post("/admin/v1/" + command, headers, body, "application/json");
    if (!response)
        return Error { ErrorCode::network, "the server does not answer" };
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(response->body)).object();
    if (response->status == 200)
        return object;
    return Error { codeOf(response->status), object.value(QStringLiteral("detail")).toString().toStdString() };
}

} // namespace kith::server::admin
