// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace kith::gui {

/// One message as a row shows it; read from a type.message document. Texts are fit to be shown.
struct MessageEntry {
    QString mid;
    QString chat;
    QString user; ///< address of the sender
    QString sender; ///< what the sender is called
    QString text; ///< the whole, tamed
    QString kind; ///< text, system, undecryptable
    QString state; ///< queued, accepted, delivered, read, failed
    QString reason;
    QString quoteMid, quoteSender, quoteText;
    QString link; ///< the first address in it
    QString marks; ///< comma-separated: old, removedDevice, brokenChain
    qint64 ts = 0;
    qint64 serverTs = 0;
    quint64 sid = 0;
    int hue = 0;
    int quoteHue = 0;
    bool mine = false;
    bool isJumbo = false;
    bool isRightToLeft = false;
    bool hasQuote = false;
    bool isQuoteKnown = false; ///< the quoted message is here: a click may go there

    static MessageEntry fromJson(const QJsonObject &document);
    bool operator==(const MessageEntry &) const = default;
};

/// The order of a chat as the agent computes it: (client time, server time, sid); an own message that the server has
/// not seen stands behind what has the same time.
bool isOlder(const MessageEntry &one, const MessageEntry &other);

} // namespace kith::gui
