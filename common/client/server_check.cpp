// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/server_check.h"

#include "common/client/refusal.h"
#include "common/wire/codec.h"

#include <utility>

namespace kith::client {

namespace {

constexpr milliseconds greetingTime { 10'000 };

Failure noKithServer()
{
    return { FailureCode::unsupported, "something answers there, but it is no kith server", "check the address" };
}

} // namespace

ServerCheck::ServerCheck(World world, net::ServerAddress address, QObject *parent) : QObject(parent), world_(world)
{
    report_.address = std::move(address);
}

Task<Answer<ServerReport>> ServerCheck::run()
{
    auto task = promise_.task();
    start_ = world_.clock.monotonic();
    world_.dialer.dial(report_.address, this, [this](auto channel) { opened(std::move(channel)); });
    return task;
}

void ServerCheck::opened(Result<std::unique_ptr<net::Channel>> dialled)
{
    if (!dialled)
        return end(dialled.error().code == ErrorCode::unsupported ? noKithServer() : fromDialling(dialled.error()));
    channel_ = std::move(*dialled);
    report_.certificate = channel_->certificateHash();
    connect(channel_.get(), &net::Channel::received, this, &ServerCheck::receive);
    connect(channel_.get(), &net::Channel::closed, this, [this] { end(noKithServer()); });
    deadline_ = world_.timers.after(greetingTime, [this] {
        end(Failure { FailureCode::timeout, "the server did not greet in time", "is it a kith server?" });
    });
    wire::Hello hello;
    hello.appVersion = "kith";
    channel_->send(wire::encode(wire::ClientFrame { 1, std::move(hello) }));
}

void ServerCheck::receive(const QByteArray &bytes)
{
    const auto frame = wire::decodeServerFrame(bytes);
    if (!frame)
        return end(noKithServer());
    if (const auto *hello = std::get_if<wire::ServerHello>(&frame->body)) {
        report_.hello = *hello;
        report_.time = world_.clock.monotonic() - start_;
        greeted_ = true;
        if (hello->version == 0)
            end(Failure { FailureCode::updateNeeded, "the server speaks no version that this program knows",
                          "update kith, or ask the operator to update the server" });
    } else if (const auto *challenge = std::get_if<wire::Challenge>(&frame->body); challenge && greeted_) {
        report_.ahead = challenge->time - world_.clock.now();
        end(report_);
    } else {
        end(noKithServer());
    }
}

void ServerCheck::end(Answer<ServerReport> answer)
{
    if (promise_.isDone())
        return;
    deadline_.cancel();
    if (channel_) {
        channel_->disconnect(this);
        if (channel_->isOpen())
            channel_->close(wire::CloseCode::normal, QStringLiteral("only asked"));
        channel_.release()->deleteLater(); // it may be on the stack
    }
    promise_.complete(std::move(answer));
    deleteLater();
}

} // namespace kith::client
