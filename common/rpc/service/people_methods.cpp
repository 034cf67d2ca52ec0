// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/document.h"
#include "common/client/safety.h"
#include "common/client/store/database.h"
#include "common/rpc/service/documents.h"
#include "common/rpc/service/service.h"

namespace kith::rpc::service {

namespace {

client::Names namesOf(client::Engine &engine)
{
    return client::Names(engine.database());
}

Reply contactReply(client::Engine &engine, const client::Answer<client::Contact> &contact)
{
    if (!contact)
        return toRpc(contact.error());
    return client::contactDocument(*contact, namesOf(engine));
}

/// The engine may be gone when a lookup comes back.
Task<Reply> contactLater(Service &service, Task<client::Answer<client::Contact>> contact)
{
    return contact.map(&service, [&service](const client::Answer<client::Contact> &answer) -> Reply {
        if (!service.host().engine())
            return RpcError { ErrorCode::locked, QStringLiteral("the profile was locked meanwhile") };
        return contactReply(*service.host().engine(), answer);
    });
}

Reply userReply(const Call &call, const char *member, bool value)
{
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("user"), call.text("user") },
                         { QString::fromLatin1(member), value } };
}

Reply listContacts(const Call &call)
{
    KITH_ANSWER(const auto contacts, call.engine->contacts().list());
    const QString relation = call.text("relation");
    const client::Names names = namesOf(*call.engine);
    QJsonArray items;
    for (const client::Contact &contact : contacts) {
        if (relation.isEmpty() || relation == QLatin1StringView(client::toString(contact.relation)))
            items.append(client::contactDocument(contact, names));
    }
    return pageOf(call, items, "user");
}

Reply listRequests(const Call &call)
{
    KITH_ANSWER(const auto requests, call.engine->contacts().requests());
    QJsonArray items;
    for (const client::Request &request : requests)
        items.append(requestDocument(request));
    return pageOf(call, items, "user");
}

Reply listDevices(const Call &call)
{
    KITH_ANSWER(const auto devices,
                call.has("user") ? call.engine->contacts().devices(call.utf8("user"))
                                 : call.engine->account().devices());
    return pageOf(call, deviceDocuments(devices), "number");
}

Reply removeContact(const Call &call)
{
    if (const auto removed = call.engine->contacts().remove(call.utf8("user")); !removed)
        return toRpc(removed.error());
    return userReply(call, "removed", true);
}

Reply refuse(const Call &call)
{
    const bool block = call.params.value(u"block").toBool();
    if (const auto refused = call.engine->contacts().refuse(call.utf8("user"), block); !refused)
        return toRpc(refused.error());
    return userReply(call, "blocked", block);
}

Task<Reply> showSafety(Service &service, const Call &call)
{
    return call.engine->safety()
        .show(call.utf8("user"))
        .map(&service, [](const client::Answer<client::SafetyView> &view) -> Reply {
            if (!view)
                return toRpc(view.error());
            const QString user = QString::fromStdString(view->user);
            return QJsonObject { { QStringLiteral("schema"), 1 },
                                 { QStringLiteral("user"), user.startsWith(u'@') ? user : u'@' + user },
                                 { QStringLiteral("digits"), QString::fromStdString(view->digits) },
                                 { QStringLiteral("qr"), QString::fromStdString(toBase64Url(viewOf(view->scannable))) },
                                 { QStringLiteral("state"), QString::fromLatin1(client::toString(view->state)) } };
        });
}

Reply compareSafety(const Call &call)
{
    const auto scanned = fromBase64Url(call.utf8("qr"));
    if (!scanned)
        return RpcError { ErrorCode::invalidParams, QStringLiteral("qr is no base64url") };
    KITH_ANSWER(const bool match, call.engine->safety().compare(call.utf8("user"), *scanned));
    return userReply(call, "match", match);
}

Reply trustReply(const Call &call, const client::Answer<client::Trust> &trust)
{
    if (!trust)
        return toRpc(trust.error());
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("user"), call.text("user") },
                         { QStringLiteral("state"), QString::fromLatin1(client::toString(*trust)) } };
}

void addContactMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("contacts.list"), [](const Call &call) { return ready(listContacts(call)); });
    handlers.insert(QStringLiteral("contacts.get"), [](const Call &call) {
        return ready(contactReply(*call.engine, call.engine->contacts().find(call.utf8("user"))));
    });
    handlers.insert(QStringLiteral("contacts.add"), [&](const Call &call) {
        return contactLater(service, call.engine->contacts().add(call.utf8("user"), call.utf8("name")));
    });
    handlers.insert(QStringLiteral("contacts.rename"), [](const Call &call) {
        return ready(contactReply(*call.engine, call.engine->contacts().rename(call.utf8("user"), call.utf8("name"))));
    });
    handlers.insert(QStringLiteral("contacts.block"), [&](const Call &call) {
        return contactLater(service, call.engine->contacts().block(call.utf8("user")));
    });
    handlers.insert(QStringLiteral("contacts.unblock"), [](const Call &call) {
        return ready(contactReply(*call.engine, call.engine->contacts().unblock(call.utf8("user"))));
    });
    handlers.insert(QStringLiteral("contacts.remove"), [](const Call &call) { return ready(removeContact(call)); });
}

} // namespace

void addPeopleMethods(Handlers &handlers, Service &service)
{
    addContactMethods(handlers, service);
    handlers.insert(QStringLiteral("requests.list"), [](const Call &call) { return ready(listRequests(call)); });
    handlers.insert(QStringLiteral("requests.accept"), [](const Call &call) {
        return ready(contactReply(*call.engine, call.engine->contacts().accept(call.utf8("user"))));
    });
    handlers.insert(QStringLiteral("requests.refuse"), [](const Call &call) { return ready(refuse(call)); });
    handlers.insert(QStringLiteral("devices.list"), [](const Call &call) { return ready(listDevices(call)); });
    handlers.insert(QStringLiteral("safety.show"), [&](const Call &call) { return showSafety(service, call); });
    handlers.insert(QStringLiteral("safety.compare"), [](const Call &call) { return ready(compareSafety(call)); });
    handlers.insert(QStringLiteral("safety.verify"), [](const Call &call) {
        return ready(trustReply(call, call.engine->safety().verify(call.utf8("user"), call.utf8("digits"))));
    });
    handlers.insert(QStringLiteral("safety.reset"), [](const Call &call) {
        return ready(trustReply(call, call.engine->safety().reset(call.utf8("user"))));
    });
}

} // namespace kith::rpc::service
