// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/ids.h"

namespace kith {

Result<DeviceId> DeviceId::from(ByteView bytes)
{
    if (bytes.size() != size)
        return Error { ErrorCode::invalid, "a device id of the wrong length" };
    DeviceId id;
    std::memcpy(id.account.octets.data(), bytes.data(), AccountId::size);
    id.number = static_cast<std::uint16_t>(bytes[AccountId::size] << 8U | bytes[AccountId::size + 1]);
    if (!id.isValid())
        return Error { ErrorCode::invalid, "a device number outside 1..1023" };
    return id;
}

QByteArray DeviceId::bytes() const
{
    QByteArray out = account.bytes();
    out.append(static_cast<char>(number >> 8U));
    out.append(static_cast<char>(number & 255U));
    return out;
}

} // namespace kith
