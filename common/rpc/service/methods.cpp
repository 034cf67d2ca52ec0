// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/methods.h"

#include "common/client/contacts.h"
#include "common/client/store/database.h"

#include <QJsonArray>

namespace kith::rpc::service {

Reply pageOf(const Call &call, const QJsonArray &items, const char *member)
{
    const QString after = call.text("after");
    qsizetype first = 0;
    if (!after.isEmpty()) {
        while (first < items.size() && items.at(first).toObject().value(QLatin1StringView(member)).toString() != after)
            ++first;
        if (first++ == items.size())
            return RpcError { ErrorCode::notFound,
                              QStringLiteral("the list has no such place: read it from the start") };
    }
    const qsizetype count = std::min<qsizetype>(call.limit(200), items.size() - first);
    QJsonArray page;
    for (qsizetype i = first; i < first + count; ++i)
        page.append(items.at(i));
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("items"), page },
                         { QStringLiteral("more"), first + count < items.size() } };
}

RpcResult<Mid> midOf(const QString &text)
{
    const auto bytes = fromBase32(text.toStdString());
    const auto mid = bytes ? Mid::from(*bytes) : Result<Mid>(bytes.error());
    if (!mid)
        return RpcError { ErrorCode::invalidParams, QStringLiteral("no message id") };
    return *mid;
}

client::Names namesOf(const Call &call)
{
    return client::Names(call.engine->database());
}

client::Answer<AccountId> chatOf(client::Engine &engine, const std::string &address)
{
    auto contact = engine.contacts().find(address);
    if (!contact)
        return std::move(contact).error();
    return contact->account;
}

} // namespace kith::rpc::service
