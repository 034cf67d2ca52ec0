// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/common/wire/samples.h"

#include <functional>
#include <map>

namespace kith::wire::samples {

namespace {

using Recode = std::function<Result<QByteArray>(ByteView)>;

template <class Row>
Recode recode(Result<Row> (*decode)(ByteView))
{
    return [decode](ByteView bytes) -> Result<QByteArray> {
        KITH_TRY(const auto row, decode(bytes));
        return encode(row);
    };
}

} // namespace

Result<QByteArray> recodeStored(const std::string &name, const QByteArray &bytes)
{
    static const std::map<std::string, Recode> recodes {
        { "stored_row", recode(decodeStoredRow) },
        { "stored_row_event", recode(decodeStoredRow) },
        { "stored_head", recode(decodeStoredHead) },
        { "stored_mid", recode(decodeStoredMid) },
        { "stored_home", recode(decodeStoredHome) },
        { "stored_pre_key", recode(decodeStoredPreKey) },
        { "stored_device_keys", recode(decodeStoredDeviceKeys) },
        { "stored_account", recode(decodeStoredAccount) },
        { "stored_name", recode(decodeStoredName) },
        { "stored_invite", recode(decodeStoredInvite) },
        { "stored_relation", recode(decodeStoredRelation) },
        { "stored_relations", recode(decodeStoredRelations) },
    };
    return recodes.at(name)(viewOf(bytes));
}

} // namespace kith::wire::samples
