// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/typing.h"

#include "common/client/connection.h"
#include "common/client/contacts.h"
#include "common/client/directory.h"
#include "common/client/parts.h"
#include "common/crypto/ephemeral_seal.h"
#include "common/wire/content/content.h"

#include <array>

namespace kith::client {

namespace {

constexpr milliseconds pause { 5'000 }; // security C28
constexpr milliseconds freshness { 10'000 }; // security C28
constexpr qsizetype timeBytes = 8;

// What travels: the sender's time in 8 big-endian bytes, then what sealEphemeral made of one byte.
constexpr std::uint8_t off = 0, on = 1;

QByteArray chatBytes(const AccountId &a, const AccountId &b)
{
    const auto pair = wire::PairChat::of(a, b);
    return pair.low.bytes() + pair.high.bytes();
}

QByteArray encodeTime(WallTime time)
{
    const auto ms = static_cast<std::uint64_t>(toMs(time));
    QByteArray out;
    for (int shift = 56; shift >= 0; shift -= 8)
        out.append(static_cast<char>((ms >> shift) & 0xff));
    return out;
}

WallTime decodeTime(const QByteArray &bytes)
{
    std::uint64_t ms = 0;
    for (const char c : bytes.first(timeBytes))
        ms = ms << 8 | static_cast<std::uint8_t>(c);
    return fromMs(static_cast<std::int64_t>(ms));
}

} // namespace

Typing::Typing(Parts &parts) : parts_(parts) { }

Answer<void> Typing::set(const std::string &address, bool active)
{
    KITH_TRY(const auto self, selfOf(parts_));
    KITH_TRY(const auto contact, parts_.contacts->find(address));
    KITH_TRY(const auto row, parts_.database->contacts().find(contact.account));
    const auto now = parts_.world.clock.monotonic();
    const auto last = lastSent_.find(contact.account);
    const bool tooSoon = last != lastSent_.end() && now - last->second < pause;
    const bool mayKnow = row && row->relation == ContactRelation::accepted && row->ownEphemeralKey; // C30
    if (!mayKnow || tooSoon || !parts_.connection->isOnline())
        return {};
    lastSent_[contact.account] = now;
    const auto time = parts_.now();
    const std::array<std::uint8_t, 1> content { active ? on : off };
    KITH_TRY(const auto sealed,
             crypto::sealEphemeral(viewOf(*row->ownEphemeralKey),
                                   { chatBytes(self.account, contact.account), self, toMs(time) }, content,
                                   parts_.world.random));
    parts_.connection->post(wire::Ephemeral { contact.account, 0, encodeTime(time) + sealed });
    return {};
}

void Typing::receive(const wire::Ephemeral &ephemeral)
{
    const auto self = parts_.database->account().self();
    const auto row = parts_.database->contacts().find(ephemeral.account);
    if (!self || !*self || !row || !*row || !(*row)->ephemeralKey || ephemeral.sealed.size() <= timeBytes)
        return;
    const auto time = decodeTime(ephemeral.sealed);
    if (parts_.now() - time > freshness || time - parts_.now() > freshness)
        return;
    const auto opened = crypto::openEphemeral(
        viewOf(*(*row)->ephemeralKey),
        { chatBytes((*self)->account, ephemeral.account), { ephemeral.account, ephemeral.device }, toMs(time) },
        ephemeral.sealed.mid(timeBytes));
    if (opened && opened->size() == 1)
        Q_EMIT typing(ephemeral.account, static_cast<std::uint8_t>(opened->at(0)) == on);
}

} // namespace kith::client
