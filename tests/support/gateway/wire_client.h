// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/net/channel.h"
#include "common/wire/frames.h"
#include "tests/support/gateway/test_account.h"
#include "tests/support/net/memory_channel.h"
#include "tests/support/net/virtual_time.h"

#include <QPointer>

#include <memory>
#include <optional>
#include <vector>

namespace kith::support {

/// A client that says what the test says, frame by frame, and remembers what it heard. One thread.
class WireClient : public QObject {
public:
    WireClient(std::unique_ptr<MemoryChannel> channel, VirtualTime &time);
    ~WireClient() override;

    /// Sends and lets everything settle. Returns the request's id.
    std::uint64_t send(wire::ClientBody body);
    void sendUnanswered(wire::ClientBody body);
    void sendRaw(const QByteArray &bytes);

    /// Sends and gives the answer, which must be a T; empty if it is something else.
    template <class T>
    std::optional<T> ask(wire::ClientBody body)
    {
        return answer<T>(send(std::move(body)));
    }
    /// The code of the refusal, or unknown when it was none.
    wire::ErrorCode refusal(wire::ClientBody body);
    wire::ErrorCode refusalOf(std::uint64_t requestId) const;

    template <class T>
    std::optional<T> answer(std::uint64_t requestId) const
    {
        for (const auto &frame : frames) {
            if (frame.requestId == requestId && std::holds_alternative<T>(frame.body))
                return std::get<T>(frame.body);
        }
        return std::nullopt;
    }
    int answers(std::uint64_t requestId) const;
    /// All bodies of one kind that came unasked.
    template <class T>
    std::vector<T> heard() const
    {
        std::vector<T> all;
        for (const auto &frame : frames) {
            if (frame.requestId == 0 && std::holds_alternative<T>(frame.body))
                all.push_back(std::get<T>(frame.body));
        }
        return all;
    }
    std::vector<wire::Envelope> envelopes() const;
    std::vector<wire::Delivered> delivered() const;

    /// Hello; the server's id and challenge are kept.
    void hello();
    std::optional<wire::Ready> registers(const TestAccount &account, const std::string &invite = {}, int preKeys = 100);
    std::optional<wire::Ready> logsIn(const TestAccount &account, std::uint16_t device = 1);
    void acknowledge(Qseq from, Qseq to, bool receipt);
    /// Acknowledges everything it gets, at once.
    void acknowledgeAlways(bool receipt) { alwaysReceipt_ = receipt; }

    MemoryChannel &channel() { return *channel_; }
    /// The server's end of the channel, while it lives: its faults are those of what the server sends.
    QPointer<MemoryChannel> serverEnd;

    std::vector<wire::ServerFrame> frames;
    std::optional<int> closeCode;
    Sha256 serverId;
    wire::Challenge challenge;

private:
    void onFrame(const QByteArray &bytes);

    std::unique_ptr<MemoryChannel> channel_;
    VirtualTime &time_;
    std::uint64_t nextId_ = 1;
    std::optional<bool> alwaysReceipt_;
};

} // namespace kith::support
