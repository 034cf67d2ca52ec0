// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/lean_channel.h"

#include "common/wire/limits.h"
#include "server/gateway/lean/lean_turn.h"

#include <QHostAddress>
#include <QtEndian>

#include <sys/socket.h>

namespace kith::server::gateway {

namespace {

constexpr int abnormal = 1006; // RFC 6455 7.4.1: the connection died without a close frame
constexpr milliseconds closeDeadline { 3'000 };
constexpr qsizetype compactAbove = 64 * 1024; // written bytes that a slow peer's buffer drags along
constexpr Rate controlRate { wire::limits::controlFramesPerSecond, wire::limits::controlFramesPerSecond };

} // namespace

LeanChannel::LeanChannel(int descriptor, std::unique_ptr<Stream> stream, LeanTurn &turn, const Clock &clock,
                         Timers &timers, Settings settings)
    : turn_(turn)
    , timers_(timers)
    , stream_(std::move(stream))
    , readable_(descriptor, QSocketNotifier::Read)
    , reader_(settings.messageBytes)
    , controls_(clock, controlRate)
    , certificateHash_(std::move(settings.certificateHash))
    , closeCode_(abnormal)
{
    readable_.setEnabled(false);
    connect(&readable_, &QSocketNotifier::activated, this, &LeanChannel::onReadable);
}

LeanChannel::~LeanChannel()
{
    readable_.setEnabled(false); // before the descriptor is closed and its number used anew
    writable_.reset();
    turn_.forget(*this);
}

void LeanChannel::begin(QByteArrayView behindRequest)
{
    readable_.setEnabled(phase_ != Phase::ended);
    take(behindRequest);
}

void LeanChannel::onReadable()
{
    const auto buffer = turn_.buffer();
    const auto count = stream_->read(buffer);
    if (!count)
        return end();
    take(QByteArrayView(buffer.data(), static_cast<qsizetype>(*count)));
}

void LeanChannel::take(QByteArrayView bytes)
{
    while (phase_ < Phase::deaf) {
        auto event = reader_.next(bytes);
        if (auto *incoming = std::get_if<Incoming>(&event))
            handle(*incoming);
        else if (const auto *violation = std::get_if<Violation>(&event))
            return fail(*violation);
        else
            return;
    }
}

void LeanChannel::handle(const Incoming &incoming)
{
    if (incoming.kind == Incoming::Kind::close)
        return onClose(incoming);
    if (phase_ != Phase::open)
        return;
    Q_EMIT heard();
    if (incoming.kind == Incoming::Kind::ping || incoming.kind == Incoming::Kind::pong)
        onControl(incoming);
    else if (incoming.kind == Incoming::Kind::message && phase_ == Phase::open)
        Q_EMIT received(incoming.payload);
}

void LeanChannel::onControl(const Incoming &incoming)
{
    if (!controls_.take())
        return fail({ wire::CloseCode::policy, "too many control frames" });
    if (incoming.kind == Incoming::Kind::ping && phase_ == Phase::open)
        queue(Opcode::pong, incoming.payload);
}

void LeanChannel::onClose(const Incoming &incoming)
{
    if (phase_ != Phase::open)
        return phase_ == Phase::closing ? end() : void();
    const auto word = readClose(incoming.payload);
    if (const auto *violation = std::get_if<Violation>(&word))
        return fail(*violation);
    const auto &theirs = std::get<CloseWord>(word);
    closeCode_ = theirs.code;
    closeReason_ = theirs.reason;
    queue(Opcode::close, QByteArrayView(incoming.payload).first(std::min<qsizetype>(2, incoming.payload.size())));
    phase_ = Phase::leaving;
    deadline_ = timers_.after(closeDeadline, [this] { abort(); });
}

void LeanChannel::fail(const Violation &violation)
{
    if (phase_ == Phase::open)
        close(violation.code, QString::fromLatin1(violation.reason));
    phase_ = Phase::deaf;
}

void LeanChannel::send(const QByteArray &frame)
{
    if (phase_ == Phase::open)
        queue(Opcode::binary, frame);
}

void LeanChannel::ping()
{
    if (phase_ == Phase::open)
        queue(Opcode::ping, {});
}

void LeanChannel::close(wire::CloseCode code, const QString &reason)
{
    if (phase_ != Phase::open)
        return;
    closeCode_ = static_cast<int>(code);
    closeReason_ = reason;
    QByteArray payload(2, '\0');
    qToBigEndian(static_cast<quint16>(code), payload.data());
    queue(Opcode::close, payload + reason.toUtf8().left(123)); // a control frame has 125 bytes at most
    phase_ = Phase::closing;
    deadline_ = timers_.after(closeDeadline, [this] { abort(); });
}

void LeanChannel::abort()
{
    end();
}

void LeanChannel::queue(Opcode opcode, QByteArrayView payload)
{
    appendFrame(out_, opcode, payload);
    if (!std::exchange(flushes_, true))
        turn_.flushLater(*this);
}

void LeanChannel::flush()
{
    flushes_ = false;
    if (phase_ == Phase::ended)
        return;
    const auto before = written_;
    std::optional<std::size_t> count = 1;
    while (count && *count > 0 && written_ < out_.size()) {
        count = stream_->write(QByteArrayView(out_).sliced(written_));
        written_ += static_cast<qsizetype>(count.value_or(0));
    }
    if (!count)
        return end();
    const bool wrote = written_ > before, all = written_ == out_.size();
    if (all) {
        out_ = {};
        written_ = 0;
    } else if (written_ > compactAbove) {
        out_.remove(0, std::exchange(written_, 0));
    }
    watchWritable(!all);
    if (all && phase_ == Phase::leaving)
        return end();
    if (all && phase_ == Phase::deaf)
        stream_->finish();
    if (wrote && phase_ == Phase::open)
        Q_EMIT written();
}

void LeanChannel::watchWritable(bool wanted)
{
    if (!writable_ && wanted) {
        writable_ = std::make_unique<QSocketNotifier>(readable_.socket(), QSocketNotifier::Write);
        connect(writable_.get(), &QSocketNotifier::activated, this, &LeanChannel::flush);
    }
    if (writable_)
        writable_->setEnabled(wanted);
}

/// The descriptor goes; what was not written goes with it.
void LeanChannel::end()
{
    if (std::exchange(phase_, Phase::ended) == Phase::ended)
        return;
    readable_.setEnabled(false);
    watchWritable(false);
    deadline_.cancel();
    stream_.reset();
    out_ = {};
    written_ = 0;
    Q_EMIT closed(closeCode_, closeReason_);
}

QString LeanChannel::peerAddress() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (!stream_ || ::getpeername(static_cast<int>(readable_.socket()), address, &size) != 0)
        return {};
    return QHostAddress(address).toString();
}

} // namespace kith::server::gateway
