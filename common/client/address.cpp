// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/address.h"

#include "common/wire/limits.h"

#include <QByteArray>
#include <QString>

#include <algorithm>

namespace kith::client {

namespace {

std::string lower(std::string text)
{
    for (auto &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

bool isHexId(const std::string &text)
{
    return text.size() == AccountId::size * 2 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<Address> parseUser(const std::string &text)
{
    Address address;
    address.kind = Address::Kind::user;
    const auto at = text.find('@', 1);
    address.name = lower(text.substr(1, at == std::string::npos ? at : at - 1));
    if (at != std::string::npos) {
        address.host = lower(text.substr(at + 1));
        if (address.host.empty())
            return Error { ErrorCode::invalid, "an address without a server after the second @" };
    }
    if (address.name.empty() || address.name.size() > wire::limits::nameBytes)
        return Error { ErrorCode::invalid, "a user name has 1 to 32 characters" };
    return address;
}

} // namespace

Result<Address> Address::parse(const std::string &text)
{
    const auto trimmed = QString::fromStdString(text).trimmed().toStdString();
    if (trimmed.empty() || trimmed.size() > 256)
        return Error { ErrorCode::invalid, "an address has 1 to 256 bytes" };
    if (trimmed.front() == '@')
        return parseUser(trimmed);
    Address address;
    address.name = trimmed;
    if (trimmed.rfind("group:", 0) == 0)
        return Error { ErrorCode::unsupported, "this version has no groups yet" };
    if (trimmed == "me")
        address.kind = Kind::self;
    if (trimmed.rfind("id:", 0) == 0 && isHexId(trimmed.substr(3))) {
        address.kind = Kind::account;
        KITH_TRY(address.account, AccountId::from(QByteArray::fromHex(QByteArray::fromStdString(trimmed.substr(3)))));
    }
    return address;
}

} // namespace kith::client
