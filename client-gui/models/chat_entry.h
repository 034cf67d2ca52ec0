// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"

#include <QJsonObject>
#include <QString>

namespace kith::gui {

/// One chat as the list and the header show it; read from a type.chat document. Texts are fit to be shown.
struct ChatEntry {
    QString chat; ///< its address: @user or me
    QString title; ///< isolated, see foreign_text.h; the user name where nobody gave another
    QString initials;
    QString preview; ///< one line of the newest message
    QString draft; ///< one line; empty without one
    QString draftText; ///< as it was typed
    QString draftReplyTo;
    QString state; ///< of an own newest message, else empty
    QString firstUnread; ///< the mid of the oldest unread message; empty when all are read
    QString trust, relation;
    qint64 lastTs = 0;
    qint64 mutedUntil = 0;
    qint64 unread = 0;
    int hue = 0;
    bool isSelf = false;
    bool isRequest = false;
    bool isPinned = false;
    bool isArchived = false;
    bool isMarkedUnread = false;

    bool isMuted(WallTime now) const { return mutedUntil > toMs(now); }
    bool isBlocked() const { return relation == QStringLiteral("blocked"); }

    static ChatEntry fromJson(const QJsonObject &document);
    bool operator==(const ChatEntry &) const = default;
};

/// What a message says in one line; words for what has no text.
QString previewOf(const QJsonObject &message);

/// "@mei" without the sign.
QString nameOfAddress(const QString &address);

} // namespace kith::gui
