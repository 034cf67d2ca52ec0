// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

/// What the processes of one episode left behind, as plain values. Nothing here knows the product.
namespace kith::chaos {

struct WantedMessage {
    QString key; ///< of the call
    QString to;
    QString sha;
    QString reply; ///< mid of the message that it answers
    QString mid; ///< as the call was answered; empty: it was not, or refused
    bool refused = false;
};

/// A line of a chat as its owner sees it.
struct Row {
    QString mid, chat, kind, sha, reply, failed;
    bool mine = false;
    int state = 0; ///< 1 queued, 2 accepted, 3 delivered, 4 read
    qint64 client = 0, eff = 0;
    std::optional<qint64> server;
    quint64 sid = 0;
};

struct Person {
    QString name;
    std::vector<WantedMessage> wanted;
    bool exported = false;
    std::vector<Row> rows; ///< chat by chat, in display order
    QHash<QString, int> notified; ///< events message.received by mid
    QHash<QString, std::vector<int>> statuses; ///< of own messages, in the order of the log
    int missing = 0; ///< numbers that are marked as never come
    int outbox = 0, parked = 0, gaps = 0;
    qint64 walBytes = 0;
};

/// The server at the end, and what was seen from outside.
struct WorldAfter {
    bool known = false;
    int queuedRows = 0; ///< in all queues
    int openFilesBefore = 0, openFilesAfter = 0; ///< of the server, without clients
    qint64 residentBytes = 0;
    QStringList plaintextIn; ///< the server's files that hold a message's text
    int reusedKeys = 0; ///< message keys that two different ciphertexts were sealed with
    int sharedPreKeys = 0; ///< one-time prekeys that two sessions began with
};

struct History {
    std::map<QString, Person> people;
    WorldAfter world;
};

/// Reads *.intents.jsonl, *.export.jsonl and world.json of a folder.
History readHistory(const QString &folder);

} // namespace kith::chaos
