// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/session_parts.h"

#include <functional>

namespace kith::server::gateway {

/// What a device that has logged in may ask, except the acknowledgements. Every request is answered exactly once, by
/// its id; the account that acts is the socket's (security S3). Thread and lifetime of its session.
class Requests : public QObject {
public:
    using Answer = std::function<void(std::uint64_t requestId, wire::ServerBody)>;

    Requests(const SessionParts &parts, DeviceId device, Answer answer);

    /// False for a frame that has no place after the login; it was not answered.
    bool take(wire::ClientFrame frame);
    int underWay() const { return underWay_; }

private:
    struct Visitor;

    template <class T>
    void answer(std::uint64_t requestId, Task<wire::Outcome<T>> task);
    void onSend(std::uint64_t requestId, wire::SendMessage message);
    void onFetch(std::uint64_t requestId, wire::FetchBundles request);
    void onDevices(std::uint64_t requestId, Task<wire::Outcome<std::vector<DeviceId>>> task);

    const SessionParts &parts_;
    DeviceId device_;
    Answer answer_;
    int underWay_ = 0;
};

} // namespace kith::server::gateway
