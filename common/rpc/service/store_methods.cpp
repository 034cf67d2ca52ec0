// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/database.h"
#include "common/rpc/service/recovery_key.h"
#include "common/rpc/service/service.h"
#include "common/rpc/service/slot_params.h"

#include <QJsonArray>

namespace kith::rpc::service {

namespace {

QJsonObject settingDocument(const Setting &setting)
{
    return { { QStringLiteral("schema"), 1 },
             { QStringLiteral("name"), setting.name },
             { QStringLiteral("value"), setting.value },
             { QStringLiteral("origin"), setting.origin } };
}

Setting *find(Service &service, const QString &name)
{
    auto &settings = service.options().settings;
    const auto it = std::ranges::find(settings, name, &Setting::name);
    return it == settings.end() ? nullptr : &*it;
}

RpcError noSetting()
{
    return { ErrorCode::notFound, QStringLiteral("there is no such setting"), QStringLiteral("kith config list") };
}

Reply getSetting(Service &service, const Call &call)
{
    const Setting *setting = find(service, call.text("name"));
    if (!setting)
        return noSetting();
    return settingDocument(*setting);
}

Reply setSetting(Service &service, const Call &call)
{
    Setting *setting = find(service, call.text("name"));
    if (!setting)
        return noSetting();
    const auto changed = service.options().changeSetting(setting->name, call.text("value"));
    if (!changed)
        return RpcError(changed.error());
    *setting = *changed;
    Q_EMIT service.settingChanged(*changed);
    return settingDocument(*changed);
}

Reply listSettings(Service &service, const Call &call)
{
    QJsonArray items;
    for (const Setting &setting : service.options().settings)
        items.append(settingDocument(setting));
    return pageOf(call, items, "name");
}

Reply checkDatabase(const Call &call)
{
    const auto problems = call.engine->database().check();
    if (!problems)
        return toRpc(client::fromStore(problems.error()));
    QJsonArray lines;
    for (const std::string &problem : *problems)
        lines.append(QString::fromStdString(problem).left(1024));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("ok"), lines.isEmpty() },
                         { QStringLiteral("problems"), lines } };
}

Reply statistics(const Call &call)
{
    const auto stats = call.engine->database().statistics();
    if (!stats)
        return toRpc(client::fromStore(stats.error()));
    const auto number = [](std::int64_t value) { return QJsonValue(static_cast<qint64>(value)); };
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("bytes"), number(stats->bytes) },
                         { QStringLiteral("messages"), number(stats->messages) },
                         { QStringLiteral("chats"), number(stats->chats) },
                         { QStringLiteral("contacts"), number(stats->contacts) },
                         { QStringLiteral("events"), number(stats->events) },
                         { QStringLiteral("outbox"), number(stats->outbox) },
                         { QStringLiteral("userVersion"), stats->userVersion } };
}

Reply listSlots(Service &service, const Call &call)
{
    QJsonArray items;
    for (const auto &slot : service.host().profile().slotList())
        items.append(slotDocument(slot));
    return pageOf(call, items, "id");
}

QJsonObject slotOfKind(Service &service, crypto::SlotKind kind)
{
    for (const auto &known : service.host().profile().slotList()) {
        if (known.kind == kind)
            return slotDocument(known);
    }
    return {};
}

Task<Reply> addSlot(Service &service, const Call &call)
{
    auto slot = slotOf(call.params, "kind");
    if (!slot)
        return ready(slot.error());
    const auto kind = slot->kind;
    return service.host()
        .profile()
        .addSlot(std::move(*slot))
        .map(&service, [&service, kind](const Result<void> &added) -> Reply {
            if (!added)
                return toRpc(openFailure(added.error()));
            return slotOfKind(service, kind);
        });
}

/// The one secret that ever leaves through this socket, once (security B3). Not keyed: a kept result would be a copy.
Task<Reply> createRecovery(Service &service)
{
    auto key = newRecoveryKey(service.host().world().random);
    if (!key)
        return ready(RpcError(key.error()));
    const auto letters = std::make_shared<SecretBytes>(groupedLetters(*key)); // std::function copies what it captures
    client::SlotSecret slot;
    slot.kind = crypto::SlotKind::recovery;
    slot.secret = std::move(*key);
    return service.host()
        .profile()
        .addSlot(std::move(slot))
        .map(&service, [&service, letters](const Result<void> &added) -> Reply {
            if (!added)
                return toRpc(openFailure(added.error()));
            const auto text = letters->view();
            return QJsonObject { { QStringLiteral("schema"), 1 },
                                 { QStringLiteral("recoveryKey"),
                                   QString::fromLatin1(reinterpret_cast<const char *>(text.data()),
                                                       static_cast<qsizetype>(text.size())) },
                                 { QStringLiteral("slot"), slotOfKind(service, crypto::SlotKind::recovery) } };
        });
}

Reply removeSlot(Service &service, const Call &call)
{
    KITH_TRY(const auto kind, slotKindOf(call.text("id")));
    const auto removed = service.host().profile().removeSlot(kind);
    if (!removed)
        return RpcError(removed.error());
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("id"), call.text("id") },
                         { QStringLiteral("removed"), true } };
}

} // namespace

void addStoreMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("config.get"), [&](const Call &call) { return ready(getSetting(service, call)); });
    handlers.insert(QStringLiteral("config.set"), [&](const Call &call) { return ready(setSetting(service, call)); });
    handlers.insert(QStringLiteral("config.list"),
                    [&](const Call &call) { return ready(listSettings(service, call)); });
    handlers.insert(QStringLiteral("db.check"), [](const Call &call) { return ready(checkDatabase(call)); });
    handlers.insert(QStringLiteral("db.stats"), [](const Call &call) { return ready(statistics(call)); });
    handlers.insert(QStringLiteral("slots.list"), [&](const Call &call) { return ready(listSlots(service, call)); });
    handlers.insert(QStringLiteral("slots.add"), [&](const Call &call) { return addSlot(service, call); });
    handlers.insert(QStringLiteral("recovery.create"), [&](const Call &) { return createRecovery(service); });
    handlers.insert(QStringLiteral("slots.remove"), [&](const Call &call) { return ready(removeSlot(service, call)); });
}

} // namespace kith::rpc::service
