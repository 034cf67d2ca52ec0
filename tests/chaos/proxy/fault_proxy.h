// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/timers.h"
#include "tests/chaos/proxy/link.h"

#include <QHostAddress>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace kith::chaos {

/// A proxy between clients and a server that breaks connections on purpose, and knows where a frame begins and ends
/// (delivery FI2-FI4, FI8, FI9). Plain WebSocket on loopback, one thread, chance by the seed.
class FaultProxy final : public QObject {
    Q_OBJECT
public:
    FaultProxy(Timers &timers, std::uint64_t seed) : timers_(timers), random_(seed) { }
    ~FaultProxy() override;

    /// Listens on a port of its own; the server behind it may be gone and come back.
    bool listen(quint16 serverPort);
    QString url() const { return QStringLiteral("ws://127.0.0.1:%1").arg(server_.serverPort()); }
    int links() const { return static_cast<int>(links_.size()); }

    /// Breaks a link chosen by chance; false without one that is past its login. fired() comes when it happened.
    bool inject(const Break &what);
    /// Cuts every link at once: what a restarted switch does. Returns how many.
    int cutAll();
    /// Ends every fault that lasts.
    void healAll();

Q_SIGNALS:
    void fired(kith::chaos::BreakKind kind);

private:
    void accept();

    Timers &timers_;
    SeededRandom random_;
    QTcpServer server_;
    quint16 serverPort_ = 0;
    std::vector<std::unique_ptr<Link>> links_;
};

} // namespace kith::chaos
