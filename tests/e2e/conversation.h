// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "tests/e2e/stage.h"

#include <QStringList>

#include <map>
#include <vector>

namespace kith::e2e {

/// `count` texts of 1 byte to the 8 KiB limit: letters, emoji, right-to-left, control characters, binary-looking text.
/// The same seed gives the same texts; every text is unique within the list.
QStringList randomTexts(std::uint64_t seed, int count);

/// Two people who accepted each other. False when a step failed (a warning says which).
bool introduce(Person &mei, Person &bob);

/// Sends `texts` to `to` in order through the JSON-RPC socket, at most 16 calls open, and repeats unanswered calls with
/// their key after the agent died: what a careful script does.
class Sender {
public:
    Sender(Person &from, QString to, QStringList texts, QString keyPrefix);

    /// Does what can be done now; true when every text was answered. Call again from an event loop.
    bool advance();
    int answered() const { return answered_; }
    QStringList failures() const { return failures_; }

private:
    void call(int index);

    Person &from_;
    QString to_;
    QStringList texts_;
    QString keyPrefix_;
    std::shared_ptr<rpc::Client> client_;
    QObject context_;
    std::map<int, bool> open_; ///< index -> its answer is awaited
    int next_ = 0;
    int answered_ = 0;
    std::vector<bool> done_;
    QStringList failures_;
};

/// Every message object of the chat with `peer`, oldest first, read page by page.
std::vector<QJsonObject> history(Person &person, const QString &peer);

/// Texts of `history` by the person with this name, oldest first.
QStringList textsOf(const std::vector<QJsonObject> &messages, bool own);

/// Rows (messages and events) that the stopped server's queues still hold. -1 when its store does not open.
int queuedRows(const Server &server);

/// The one-time prekeys that the stopped server holds for device 1 of the user with this name. -1 when it has no such
/// user or its store does not open.
int preKeysLeft(const Server &server, const QString &name);
/// Takes all but `leave` of them, as other people's first messages would.
bool drainPreKeys(const Server &server, const QString &name, int leave);

} // namespace kith::e2e
