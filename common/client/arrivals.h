// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"
#include "common/client/store/contact_table.h"
#include "common/client/store/message_table.h"
#include "common/wire/content/content.h"
#include "common/wire/frames.h"

namespace kith::client {

struct Parts;

/// How a content got here.
struct Arrived {
    const wire::Envelope &envelope;
    bool late = false; ///< acknowledged without receipt before, so a receipt of its own is due (delivery ST21)
    bool removedDevice = false; ///< its device has been removed since (delivery ST15)
    bool underNewKey = false; ///< of a changed account key that nobody accepted: its numbers are not those known (C7)
};

/// What an opened content changes: messages, receipts, keys, numbers (delivery CT3, CT6). Every call belongs to the
/// caller's transaction; the content was checked against its envelope (C17).
class Arrivals {
public:
    explicit Arrivals(Parts &parts) : parts_(parts) { }

    /// Returns the receipt flag of the acknowledgement. Errors: invalid for an answer that holds something else than it
    /// says.
    Result<bool> take(const Arrived &arrived, const wire::Content &content, const QByteArray &bytes);
    /// A placeholder for what does not open (ST14).
    Result<void> placeholder(const wire::Envelope &envelope);

private:
    Result<void> takeKeys(const AccountId &from, const wire::Content &content);
    Result<bool> count(const wire::Content &content, const QByteArray &bytes);
    Result<bool> takeMessage(const Arrived &arrived, const wire::Content &content, const QByteArray &bytes,
                             MessageKind kind);
    Result<bool> takeResent(const Arrived &arrived, const wire::Resent &resent);
    Result<bool> show(const wire::Content &content, store::MessageRow row, bool late);
    Result<void> noteRequest(const store::ContactRow &row);
    Result<void> announce(const store::MessageRow &row);

    Parts &parts_;
};

} // namespace kith::client
