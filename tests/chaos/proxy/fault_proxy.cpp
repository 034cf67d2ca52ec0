// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/proxy/fault_proxy.h"

#include <algorithm>

namespace kith::chaos {

FaultProxy::~FaultProxy()
{
    server_.disconnect(this);
    for (auto &link : links_)
        link->disconnect(this);
}

bool FaultProxy::listen(quint16 serverPort)
{
    serverPort_ = serverPort;
    server_.setMaxPendingConnections(10'000);
    connect(&server_, &QTcpServer::newConnection, this, &FaultProxy::accept);
    return server_.listen(QHostAddress::LocalHost, 0);
}

void FaultProxy::accept()
{
    while (server_.hasPendingConnections()) {
        std::unique_ptr<QTcpSocket> socket(server_.nextPendingConnection());
        socket->setParent(nullptr);
        auto link = std::make_unique<Link>(std::move(socket), serverPort_, timers_);
        auto *raw = link.get();
        connect(raw, &Link::fired, this, &FaultProxy::fired);
        connect(raw, &Link::finished, this, [this, raw] {
            const auto found = std::ranges::find(links_, raw, [](const auto &one) { return one.get(); });
            if (found == links_.end())
                return;
            found->release()->deleteLater(); // it is emitting right now
            links_.erase(found);
        });
        links_.push_back(std::move(link));
    }
}

bool FaultProxy::inject(const Break &what)
{
    std::vector<Link *> able;
    for (const auto &link : links_) {
        if (link->isLoggedIn())
            able.push_back(link.get());
    }
    if (able.empty())
        return false;
    able[random_.below(able.size())]->breakAs(what);
    return true;
}

int FaultProxy::cutAll()
{
    std::vector<Link *> all;
    for (const auto &link : links_)
        all.push_back(link.get());
    for (auto *link : all)
        link->cut();
    return static_cast<int>(all.size());
}

void FaultProxy::healAll()
{
    std::vector<Link *> all;
    for (const auto &link : links_)
        all.push_back(link.get());
    for (auto *link : all)
        link->heal();
}

} // namespace kith::chaos
