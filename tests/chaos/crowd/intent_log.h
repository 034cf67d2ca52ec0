// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace kith::chaos {

/// One call of send, before it is made.
struct Intent {
    QString key;
    QStringList to; ///< names
    QString replyTo; ///< mid, or empty
};

/// What one resident wanted and what came of it, as JSON lines beside the profile. An intent is on the disk before the
/// call is made, an outcome once it was answered, so that a killed process leaves the truth (delivery section 9).
class IntentLog {
public:
    explicit IntentLog(QString path) : path_(std::move(path)) { }
    ~IntentLog();

    /// Reads what is there and goes on behind it. False when the file cannot be written.
    bool open();
    /// Those without an outcome, oldest first: to be tried again with the same key.
    const std::vector<Intent> &unanswered() const { return unanswered_; }
    /// How many there are, the next key's number.
    int count() const { return count_; }

    void intend(const Intent &intent);
    /// `mids` by name.
    void answered(const QString &key, const QJsonObject &mids);
    void refused(const QString &key, const QString &reason);

private:
    void append(const QJsonObject &line, bool sync);

    QString path_;
    int fd_ = -1;
    int count_ = 0;
    std::vector<Intent> unanswered_;
};

/// The text of the message with this key: long and short ones, always the same for the same key.
QString textOf(const QString &key);
/// SHA-256 in hex, what logs and exports name in place of a text.
QString digestOf(const QString &text);

} // namespace kith::chaos
