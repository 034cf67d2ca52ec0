// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/control_frames.h"

#include "common/wire/limits.h"

#include <QtEndian>

namespace kith::server::gateway {

namespace {

constexpr Rate controlRate { wire::limits::controlFramesPerSecond, wire::limits::controlFramesPerSecond };
constexpr std::uint8_t opcodeBits = 0x0F, pong = 0x0A; // RFC 6455 5.2
constexpr std::uint8_t lengthBits = 0x7F, lengthIn16 = 126, lengthIn64 = 127;

} // namespace

ControlFrames::ControlFrames(const Clock &clock, QObject *socket) : QObject(socket), allowance_(clock, controlRate) { }

void ControlFrames::watch(std::function<void()> tooMany)
{
    tooMany_ = std::move(tooMany);
}

void ControlFrames::onWrite(const char *data, qint64 size)
{
    for (const char *end = data + size; tooMany_ && data < end;) {
        if (payload_ == 0) {
            addToHead(*data++);
            continue;
        }
        const auto passed = std::min<qint64>(payload_, end - data);
        payload_ -= passed;
        data += passed;
    }
}

void ControlFrames::addToHead(char byte)
{
    head_ += byte;
    const auto at = [this](qsizetype index) { return static_cast<std::uint8_t>(head_[index]); };
    if (head_.size() < 2)
        return;
    const int length = at(1) & lengthBits;
    if (head_.size() < 2 + (length == lengthIn16 ? 2 : length == lengthIn64 ? 8 : 0))
        return;
    payload_ = length;
    if (length == lengthIn16)
        payload_ = qFromBigEndian<quint16>(head_.constData() + 2);
    else if (length == lengthIn64)
        payload_ = static_cast<qint64>(qFromBigEndian<quint64>(head_.constData() + 2));
    const bool answersPing = (at(0) & opcodeBits) == pong;
    head_.clear();
    if (answersPing)
        count();
}

void ControlFrames::count()
{
    if (tooMany_ && !allowance_.take())
        QMetaObject::invokeMethod(this, std::exchange(tooMany_, {}), Qt::QueuedConnection);
}

} // namespace kith::server::gateway
