// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/gateway_entries.h"

#include "server/gateway/lean/frame_reader.h"
#include "server/gateway/lean/http_upgrade.h"

#include <QtGlobal>

#include <algorithm>
#include <vector>

namespace kith::fuzz {

namespace {

using namespace server::gateway;

constexpr std::size_t limit = 512; // so that small inputs reach it

struct Told {
    std::vector<std::pair<int, QByteArray>> events; ///< kind, payload; a violation: -code, reason
    bool operator==(const Told &) const = default;
};

/// Feeds `bytes` until a violation; false: there was one.
bool feed(FrameReader &reader, QByteArrayView bytes, Told &told)
{
    for (;;) {
        auto event = reader.next(bytes);
        if (const auto *incoming = std::get_if<Incoming>(&event)) {
            if (static_cast<std::size_t>(incoming->payload.size()) > limit)
                qFatal("a message over the limit");
            if (incoming->kind == Incoming::Kind::close)
                (void)readClose(incoming->payload);
            told.events.emplace_back(static_cast<int>(incoming->kind), incoming->payload);
        } else if (const auto *violation = std::get_if<Violation>(&event)) {
            told.events.emplace_back(-static_cast<int>(violation->code), violation->reason);
            return false;
        } else {
            return true;
        }
    }
}

} // namespace

void framing(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    Told whole, pieces;
    FrameReader first(limit), second(limit);
    feed(first, bytes, whole);
    const qsizetype step = 1 + data[0] % 17;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        if (!feed(second, bytes.sliced(at, std::min(step, bytes.size() - at)), pieces))
            break;
    }
    if (!(whole == pieces))
        qFatal("the same bytes in pieces told something else");
}

void upgrade(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto answer = answerUpgrade(bytes);
    if (answer
        && (answer->taken > bytes.size() || !answer->response.endsWith("\r\n\r\n")
            || answer->accepted != answer->response.startsWith("HTTP/1.1 101 ")))
        qFatal("an answer that is none");
}

} // namespace kith::fuzz
