// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gateway/wire_client.h"

#include "common/wire/codec.h"

namespace kith::support {

WireClient::WireClient(std::unique_ptr<MemoryChannel> channel, VirtualTime &time)
    : channel_(std::move(channel))
    , time_(time)
{
    connect(channel_.get(), &net::Channel::received, this, &WireClient::onFrame);
    connect(channel_.get(), &net::Channel::closed, this, [this](int code) { closeCode = code; });
}

WireClient::~WireClient()
{
    channel_->disconnect(this);
}

void WireClient::onFrame(const QByteArray &bytes)
{
    auto frame = wire::decodeServerFrame(bytes);
    if (!frame)
        qFatal("the server sent a frame that does not decode: %s", frame.error().detail.c_str());
    frames.push_back(*frame);
    const auto *row = std::get_if<wire::Deliver>(&frame->body);
    if (row && alwaysReceipt_) {
        const bool message = std::holds_alternative<wire::Envelope>(row->item);
        channel_->send(wire::encode(
            wire::ClientFrame { 0, wire::Ack { { { row->qseq, row->qseq, message && *alwaysReceipt_ } } } }));
    }
}

std::uint64_t WireClient::send(wire::ClientBody body)
{
    const auto id = nextId_++;
    sendRaw(wire::encode(wire::ClientFrame { id, std::move(body) }));
    return id;
}

void WireClient::sendUnanswered(wire::ClientBody body)
{
    sendRaw(wire::encode(wire::ClientFrame { 0, std::move(body) }));
}

void WireClient::sendRaw(const QByteArray &bytes)
{
    channel_->send(bytes);
    time_.runUntilIdle();
}

wire::ErrorCode WireClient::refusal(wire::ClientBody body)
{
    return refusalOf(send(std::move(body)));
}

wire::ErrorCode WireClient::refusalOf(std::uint64_t requestId) const
{
    const auto fault = answer<wire::Fault>(requestId);
    return fault ? fault->code : wire::ErrorCode::unknown;
}

int WireClient::answers(std::uint64_t requestId) const
{
    return static_cast<int>(
        std::ranges::count_if(frames, [&](const auto &frame) { return frame.requestId == requestId; }));
}

std::vector<wire::Envelope> WireClient::envelopes() const
{
    std::vector<wire::Envelope> all;
    for (const auto &row : heard<wire::Deliver>()) {
        if (const auto *envelope = std::get_if<wire::Envelope>(&row.item))
            all.push_back(*envelope);
    }
    return all;
}

std::vector<wire::Delivered> WireClient::delivered() const
{
    std::vector<wire::Delivered> all;
    for (const auto &row : heard<wire::Deliver>()) {
        if (const auto *event = std::get_if<wire::Delivered>(&row.item))
            all.push_back(*event);
    }
    return all;
}

void WireClient::hello()
{
    const auto answer = ask<wire::ServerHello>(wire::Hello {});
    if (answer)
        serverId = answer->serverId;
    for (const auto &one : heard<wire::Challenge>())
        challenge = one;
}

std::optional<wire::Ready> WireClient::registers(const TestAccount &account, const std::string &invite, int preKeys)
{
    hello();
    return ask<wire::Ready>(account.registration(serverId, challenge, invite, preKeys));
}

std::optional<wire::Ready> WireClient::logsIn(const TestAccount &account, std::uint16_t device)
{
    hello();
    return ask<wire::Ready>(account.login(serverId, challenge, device, channel_->certificateHash()));
}

void WireClient::acknowledge(Qseq from, Qseq to, bool receipt)
{
    sendUnanswered(wire::Ack { { { from, to, receipt } } });
}

} // namespace kith::support
