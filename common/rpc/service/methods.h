// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/names.h"
#include "common/rpc/service/host.h"
#include "common/rpc/service/reply.h"

#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace kith::rpc::service {

class Peer;

/// One setting as config.list shows it.
struct Setting {
    QString name, value, origin;
};

/// What the agent's process gives to the service.
struct ServiceOptions {
    QString profile;
    QString version;
    QString dataDir;
    QString socket;
    std::vector<Setting> settings;
    /// Checks a value and writes it to the user's file. Errors: notFound, invalid, io.
    std::function<Result<Setting>(const QString &name, const QString &value)> changeSetting;
    qint64 processId = 0;
};

/// One call that was checked against its schema. `engine` is null only where the method table says that it needs none.
struct Call {
    const QJsonObject &params;
    Peer &peer;
    client::Engine *engine;

    QString text(const char *name) const { return params.value(QLatin1StringView(name)).toString(); }
    std::string utf8(const char *name) const { return text(name).toStdString(); }
    bool has(const char *name) const { return params.contains(QLatin1StringView(name)); }
    std::optional<bool> flag(const char *name) const
    {
        return has(name) ? std::optional(params.value(QLatin1StringView(name)).toBool()) : std::nullopt;
    }
    int limit(int otherwise = 50) const { return params.value(u"limit").toInt(otherwise); }
};

using Handler = std::function<Task<Reply>(const Call &)>;
using Handlers = QHash<QString, Handler>;

class Service;

// Each adds the methods of one group of cli 7.2. `service` outlives the handlers.
void addAgentMethods(Handlers &handlers, Service &service);
void addAccountMethods(Handlers &handlers, Service &service);
void addMessageMethods(Handlers &handlers, Service &service);
void addChatMethods(Handlers &handlers, Service &service);
void addPeopleMethods(Handlers &handlers, Service &service);
void addEventMethods(Handlers &handlers, Service &service);
void addStoreMethods(Handlers &handlers, Service &service);
void addFrontendMethods(Handlers &handlers, Service &service);

/// {schema:1, items, more}: the page of `items` behind the one whose member `member` is params.after.
Reply pageOf(const Call &call, const QJsonArray &items, const char *member);

/// A `mid` parameter. Errors: invalidParams.
RpcResult<Mid> midOf(const QString &text);
client::Names namesOf(const Call &call);
/// The chat that an address names. Errors: those of Contacts::find.
client::Answer<AccountId> chatOf(client::Engine &engine, const std::string &address);

} // namespace kith::rpc::service
