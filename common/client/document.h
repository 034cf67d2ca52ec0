// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/names.h"
#include "common/client/values.h"

#include <QJsonObject>

#include <string>

namespace kith::client {

/// Values as the JSON objects of resources/rpc/v1, for events and for answers alike. Field names and enumerators are
/// API: only additions.

QJsonObject messageDocument(const Message &message, const Names &names); ///< type.message
QJsonObject contactDocument(const Contact &contact, const Names &names); ///< type.contact
QJsonObject chatDocument(const Chat &chat, const Names &names); ///< type.chat

const char *toString(MessageState state);
const char *toString(MessageKind kind);
const char *toString(Trust trust);
const char *toString(ContactRelation relation);
/// `failed` when there is a reason, else the state.
const char *shownState(const Message &message);

/// Milliseconds as RFC 3339 UTC.
QString timeText(WallTime time);

// Bodies of events.
QJsonObject messageEventBody(const Message &message, const Names &names); ///< message.received, message.sent
QJsonObject statusEventBody(const Message &message, const Names &names); ///< message.status
QJsonObject chatEventBody(const Chat &chat, const Names &names); ///< chat.updated
QJsonObject draftEventBody(const AccountId &chat, const std::optional<ChatDraft> &draft,
                           const Names &names); ///< chat.draft
QJsonObject contactEventBody(const Contact &contact, const Names &names); ///< contact.updated

} // namespace kith::client
