// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/peer.h"
#include "common/rpc/service/service.h"

namespace kith::rpc::service {

namespace {

/// There is one window per profile; a second one learns that here and hands over what it was started for.
Reply registerWindow(Service &service, const Call &call)
{
    if (!service.window())
        service.setWindow(&call.peer);
    return QJsonObject { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("registered"), service.window() == &call.peer } };
}

Reply activate(Service &service, const Call &call)
{
    if (service.window()) {
        QJsonObject event = service.eventHead(QStringLiteral("frontend.activate"));
        for (const char *member : { "uri", "token" }) {
            if (call.has(member))
                event.insert(QString::fromLatin1(member), call.text(member));
        }
        service.window()->tell(event);
    }
    return QJsonObject { { QStringLiteral("schema"), 1 }, { QStringLiteral("raised"), service.window() != nullptr } };
}

Reply activity(Service &service)
{
    Q_EMIT service.called();
    return QJsonObject { { QStringLiteral("schema"), 1 } };
}

} // namespace

void addFrontendMethods(Handlers &handlers, Service &service)
{
    handlers.insert(QStringLiteral("frontend.register"),
                    [&](const Call &call) { return ready(registerWindow(service, call)); });
    handlers.insert(QStringLiteral("frontend.activate"),
                    [&](const Call &call) { return ready(activate(service, call)); });
    handlers.insert(QStringLiteral("frontend.activity"), [&](const Call &) { return ready(activity(service)); });
}

} // namespace kith::rpc::service
