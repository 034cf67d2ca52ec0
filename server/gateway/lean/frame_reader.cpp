// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/frame_reader.h"

#include "common/wire/limits.h"

#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace kith::server::gateway {

namespace {

using wire::CloseCode;

constexpr unsigned char lastBit = 0x80, reservedBits = 0x70, opcodeBits = 0x0F; // first byte
constexpr unsigned char maskBit = 0x80, lengthBits = 0x7F; // second byte
constexpr unsigned length16 = 126, length64 = 127; // where the length has bytes of its own
constexpr std::size_t maskBytes = 4;
constexpr std::uint64_t controlBytes = 125;

/// `to` = `from` xor the mask, whose first byte to use is number `at` % 4.
void unmask(char *to, const char *from, std::size_t size, const unsigned char *mask, std::size_t at)
{
    std::array<unsigned char, 8> turned;
    for (std::size_t i = 0; i < turned.size(); ++i)
        turned[i] = mask[(at + i) % maskBytes];
    std::uint64_t key, word;
    std::memcpy(&key, turned.data(), sizeof key);
    std::size_t i = 0;
    for (; i + sizeof word <= size; i += sizeof word) {
        std::memcpy(&word, from + i, sizeof word);
        word ^= key;
        std::memcpy(to + i, &word, sizeof word);
    }
    for (; i < size; ++i)
        to[i] = static_cast<char>(from[i] ^ turned[i % turned.size()]);
}

} // namespace

std::size_t FrameReader::headSize() const
{
    if (headRead_ < 2)
        return 2;
    const unsigned length = head_[1] & lengthBits;
    return 2 + (length == length16 ? 2 : length == length64 ? 8 : 0) + maskBytes;
}

FrameReader::Event FrameReader::next(QByteArrayView &bytes)
{
    while (!inPayload_) {
        if (bytes.isEmpty())
            return {};
        head_[headRead_++] = static_cast<unsigned char>(bytes.front());
        bytes = bytes.sliced(1);
        if (headRead_ == 2) { // at once: an unmasked frame may have no further byte
            if (const auto wrong = checkStart())
                return *wrong;
        } else if (headRead_ == headSize()) {
            if (const auto wrong = begin())
                return *wrong;
        }
    }
    auto &target = head_[0] & 0x8 ? control_ : message_;
    const auto take = std::min<std::size_t>(size_ - read_, static_cast<std::size_t>(bytes.size()));
    const auto before = target.size();
    target.resize(before + static_cast<qsizetype>(take));
    unmask(target.data() + before, bytes.data(), take, head_.data() + headRead_ - maskBytes, read_);
    bytes = bytes.sliced(static_cast<qsizetype>(take));
    read_ += static_cast<std::uint32_t>(take);
    return read_ == size_ ? finish() : Event {};
}

/// What the first two bytes tell.
std::optional<Violation> FrameReader::checkStart() const
{
    const auto opcode = static_cast<Opcode>(head_[0] & opcodeBits);
    if (head_[0] & reservedBits)
        return Violation { CloseCode::protocolError, "reserved bits" };
    if (!(head_[1] & maskBit))
        return Violation { CloseCode::protocolError, "not masked" };
    switch (opcode) {
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
        if (!(head_[0] & lastBit) || (head_[1] & lengthBits) > controlBytes)
            return Violation { CloseCode::protocolError, "control frame in parts or too long" };
        return std::nullopt;
    case Opcode::continuation:
        if (!inMessage_)
            return Violation { CloseCode::protocolError, "nothing to continue" };
        return std::nullopt;
    case Opcode::text:
    case Opcode::binary:
        if (inMessage_)
            return Violation { CloseCode::protocolError, "a message in a message" };
        if (opcode == Opcode::text)
            return Violation { CloseCode::policy, "binary messages only" };
        return std::nullopt;
    }
    return Violation { CloseCode::protocolError, "unknown opcode" };
}

std::uint64_t FrameReader::announced() const
{
    const unsigned length = head_[1] & lengthBits;
    if (length == length16)
        return qFromBigEndian<quint16>(head_.data() + 2);
    return length == length64 ? qFromBigEndian<quint64>(head_.data() + 2) : length;
}

/// The head is whole.
std::optional<Violation> FrameReader::begin()
{
    const auto size = announced();
    const unsigned length = head_[1] & lengthBits;
    if ((length == length16 && size < length16) || (length == length64 && size <= 0xFFFF) || size >> 63)
        return Violation { CloseCode::protocolError, "length not in its shortest form" };
    if (!(head_[0] & 0x8)) {
        if (size > messageBytes_ - static_cast<std::size_t>(message_.size()))
            return Violation { CloseCode::tooBig, "message over the limit" };
        if (fragments_ == wire::limits::messageFragments)
            return Violation { CloseCode::policy, "too many fragments" };
        ++fragments_;
        inMessage_ = true;
    }
    inPayload_ = true;
    size_ = static_cast<std::uint32_t>(size);
    read_ = 0;
    return std::nullopt;
}

/// The payload is whole.
FrameReader::Event FrameReader::finish()
{
    headRead_ = 0;
    inPayload_ = false;
    switch (static_cast<Opcode>(head_[0] & opcodeBits)) {
    case Opcode::ping:
        return Incoming { Incoming::Kind::ping, std::exchange(control_, {}) };
    case Opcode::pong:
        return Incoming { Incoming::Kind::pong, std::exchange(control_, {}) };
    case Opcode::close:
        return Incoming { Incoming::Kind::close, std::exchange(control_, {}) };
    default:
        if (!(head_[0] & lastBit))
            return Incoming { Incoming::Kind::fragment, {} };
        inMessage_ = false;
        fragments_ = 0;
        return Incoming { Incoming::Kind::message, std::exchange(message_, {}) };
    }
}

std::variant<CloseWord, Violation> readClose(QByteArrayView payload)
{
    if (payload.isEmpty())
        return CloseWord {};
    const int code = payload.size() < 2 ? 0 : qFromBigEndian<quint16>(payload.data());
    const bool isDefined = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006);
    if (!isDefined && (code < 3000 || code > 4999))
        return Violation { CloseCode::protocolError, "close code" };
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString reason = utf8(payload.sliced(2));
    if (utf8.hasError())
        return Violation { CloseCode::badText, "close reason" };
    return CloseWord { code, reason };
}

void appendFrame(QByteArray &out, Opcode opcode, QByteArrayView payload)
{
    const auto size = static_cast<std::size_t>(payload.size());
    std::array<char, 10> head { static_cast<char>(lastBit | static_cast<unsigned char>(opcode)) };
    std::size_t headSize = 2;
    if (size < length16) {
        head[1] = static_cast<char>(size);
    } else if (size <= 0xFFFF) {
        head[1] = static_cast<char>(length16);
        qToBigEndian(static_cast<quint16>(size), head.data() + 2);
        headSize = 4;
    } else {
        head[1] = static_cast<char>(length64);
        qToBigEndian(static_cast<quint64>(size), head.data() + 2);
        headSize = 10;
    }
    out.append(head.data(), static_cast<qsizetype>(headSize)).append(payload);
}

} // namespace kith::server::gateway
