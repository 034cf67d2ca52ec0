// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/connection.h"
#include "common/client/store/database.h"
#include "common/rpc/service/doctor.h"
#include "common/rpc/service/peer.h"
#include "common/rpc/service/service.h"
#include "common/rpc/service/slot_params.h"

#include <QJsonArray>

namespace kith::rpc::service {

namespace {

QJsonObject stateDocument(HostState state)
{
    return { { QStringLiteral("schema"), 1 }, { QStringLiteral("state"), QString::fromLatin1(toString(state)) } };
}

Reply hello(Service &service, const Call &call)
{
    if (call.params.value(u"api").toInt() != apiMajor)
        return RpcError { ErrorCode::unsupported, QStringLiteral("this agent speaks API %1").arg(apiMajor),
                          QStringLiteral("kith agent stop, then try again") };
    call.peer.noteHello(call.params.value(u"client").toObject().value(u"name").toString());
    return service.greeting();
}

QString settingOf(const Service &service, const char *name)
{
    for (const Setting &setting : service.options().settings) {
        if (setting.name == QLatin1StringView(name))
            return setting.value;
    }
    return {};
}

Reply status(Service &service)
{
    Host &host = service.host();
    const QString linger = settingOf(service, "agent.linger");
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("pid"), service.options().processId },
                         { QStringLiteral("version"), service.options().version },
                         { QStringLiteral("profile"), service.options().profile },
                         { QStringLiteral("dataDir"), service.options().dataDir },
                         { QStringLiteral("state"), QString::fromLatin1(toString(host.state())) },
                         { QStringLiteral("connection"), QStringLiteral("offline") },
                         { QStringLiteral("caughtUp"), false },
                         { QStringLiteral("uptimeMs"), static_cast<qint64>(service.uptime().count()) },
                         { QStringLiteral("frontends"), service.peerCount() },
                         { QStringLiteral("outbox"), 0 },
                         { QStringLiteral("linger"), linger.isEmpty() ? QStringLiteral("60s") : linger } };
    client::Engine *engine = host.engine();
    if (!engine)
        return result;
    result.insert(QStringLiteral("connection"), QString::fromLatin1(client::toString(engine->connection().state())));
    result.insert(QStringLiteral("caughtUp"), engine->isCaughtUp());
    if (const auto totals = engine->database().outbox().totals())
        result.insert(QStringLiteral("outbox"), static_cast<qint64>(totals->entries));
    if (const auto account = engine->account().show()) {
        result.insert(QStringLiteral("user"), QString::fromStdString("@" + account->name));
        result.insert(QStringLiteral("server"), QString::fromStdString(account->server));
    }
    return result;
}

Reply stopAgent(Service &service, const Call &call)
{
    const bool whenIdle = call.text("when") == u"idle";
    const bool busy = whenIdle && service.host().engine() && !service.host().engine()->isIdle();
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("stopping"), !busy },
                         { QStringLiteral("when"), whenIdle ? QStringLiteral("idle") : QStringLiteral("now") } };
    if (busy)
        result.insert(QStringLiteral("reason"), QStringLiteral("messages wait to be sent"));
    else // later: the answer goes out first
        QMetaObject::invokeMethod(
            &service, [&service, whenIdle] { Q_EMIT service.stopRequested(whenIdle); }, Qt::QueuedConnection);
    return result;
}

Task<Reply> unlock(Service &service, const Call &call)
{
    auto slot = slotOf(call.params, "slot");
    if (!slot)
        return ready(slot.error());
    return service.host().unlock(std::move(*slot)).map(&service, [](const client::Answer<HostState> &state) -> Reply {
        if (!state)
            return toRpc(state.error());
        return stateDocument(*state);
    });
}

QJsonObject discovered(Service &service)
{
    QJsonArray methods;
    for (const Method &method : methodTable()) {
        const QJsonObject params = service.schemas().document(method.paramsSchema());
        const QJsonObject byName { { QStringLiteral("name"), QStringLiteral("params") },
                                   { QStringLiteral("schema"), params } };
        methods.append(QJsonObject {
            { QStringLiteral("name"), QString::fromLatin1(method.name) },
            { QStringLiteral("summary"), QString::fromLatin1(method.summary) },
            { QStringLiteral("paramStructure"), QStringLiteral("by-name") },
            { QStringLiteral("params"), QJsonArray { byName } },
            { QStringLiteral("result"),
              QJsonObject { { QStringLiteral("name"), QStringLiteral("result") },
                            { QStringLiteral("schema"), service.schemas().document(method.resultSchema()) } } } });
    }
    return { { QStringLiteral("openrpc"), QStringLiteral("1.3.2") },
             { QStringLiteral("info"),
               QJsonObject { { QStringLiteral("title"), QStringLiteral("Kith agent") },
                             { QStringLiteral("version"), QStringLiteral("%1.%2").arg(apiMajor).arg(apiMinor) } } },
             { QStringLiteral("methods"), methods } };
}

} // namespace

void addAgentMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("hello"), [&](const Call &call) { return ready(hello(service, call)); });
    handlers.insert(QStringLiteral("agent.status"), [&](const Call &) { return ready(status(service)); });
    handlers.insert(QStringLiteral("agent.stop"), [&](const Call &call) { return ready(stopAgent(service, call)); });
    handlers.insert(QStringLiteral("agent.lock"), [&](const Call &) {
        service.host().lock();
        return ready(stateDocument(service.host().state()));
    });
    handlers.insert(QStringLiteral("agent.unlock"), [&](const Call &call) { return unlock(service, call); });
    handlers.insert(QStringLiteral("agent.doctor"), [&](const Call &) { return examine(service); });
    handlers.insert(QStringLiteral("rpc.discover"), [&](const Call &) { return ready(discovered(service)); });
}

} // namespace kith::rpc::service
