// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/base/timers.h"
#include "server/gateway/admission.h"

#include <QTcpServer>

#include <functional>

namespace kith::server::gateway {

/// The listening socket. Decides who comes in and hands the descriptor on; touches no byte of it.
class Acceptor final : public QTcpServer {
public:
    using OnDescriptor = std::function<void(qintptr descriptor, Admission::Verdict verdict)>;

    Acceptor(Admission &admission, Timers &timers, OnDescriptor onDescriptor);

    /// Errors: busy (the port is in use), permission, io (the address is not this machine's).
    Result<void> open(const QHostAddress &address, quint16 port);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Admission &admission_;
    Timers &timers_;
    OnDescriptor onDescriptor_;
    Timer resume_;
};

} // namespace kith::server::gateway
