// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/checker/checker.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace kith::chaos {

namespace {

constexpr qint64 clampMs = 5 * 60 * 1000; // ID6
constexpr int accepted = 2, delivered = 3, read = 4;
constexpr qint64 mostWalBytes = 8LL * 1024 * 1024;
constexpr qint64 mostResidentBytes = 768LL * 1024 * 1024;
constexpr int openFileSlack = 64; // a store keeps some more table files open than when it was new

/// The key of display order, made from what both ends were told, not from what they computed.
std::tuple<qint64, qint64, quint64> orderOf(const Row &row)
{
    const auto server = *row.server;
    return { std::clamp(row.client, server - clampMs, server + clampMs), server, row.sid };
}

class Judge {
public:
    explicit Judge(const History &history) : history_(history) { }

    Verdict judge()
    {
        for (const auto &[name, person] : history_.people) {
            if (!person.exported)
                fail("I1", name + " has no export");
            index(person);
        }
        for (const auto &[name, person] : history_.people) {
            calls(person);
            ownRows(person);
            othersRows(person);
            order(person);
            remains(person);
        }
        world();
        std::ranges::stable_sort(verdict_.violations, {}, &Violation::invariant); // losses first
        return std::move(verdict_);
    }

private:
    using Rows = QHash<QString, const Row *>;

    void fail(const char *invariant, const QString &what) { verdict_.violations.push_back({ invariant, what }); }

    /// One row per message; every number of the server names one message.
    void index(const Person &person)
    {
        auto &rows = rows_[person.name];
        for (const auto &row : person.rows) {
            const auto place = row.chat + '/' + row.mid + (row.mine ? "/own" : "");
            if (row.kind != "text") {
                ++verdict_.markers;
                if (row.kind == "undecryptable")
                    fail("I10", person.name + " could not open " + row.mid + " of " + row.chat);
                continue;
            }
            if (rows.contains(place))
                fail("I3", person.name + " shows " + row.mid + " twice in the chat with " + row.chat);
            rows.insert(place, &row);
            if (row.sid == 0)
                continue;
            const auto known = midOfSid_.constFind(row.sid);
            if (known == midOfSid_.constEnd())
                midOfSid_.insert(row.sid, row.mid);
            else if (*known != row.mid)
                fail("I5", QStringLiteral("number %1 was given to %2 and %3").arg(row.sid).arg(*known, row.mid));
        }
    }

    const Row *rowAt(const QString &person, const QString &chat, const QString &mid, bool mine) const
    {
        const auto rows = rows_.constFind(person);
        return rows == rows_.constEnd() ? nullptr : rows->value(chat + '/' + mid + (mine ? "/own" : ""), nullptr);
    }

    /// What was asked for and answered is there, once; what was refused is not.
    void calls(const Person &person)
    {
        QHash<QString, int> copies;
        for (const auto &row : person.rows) {
            if (row.mine)
                ++copies[row.chat + '/' + row.sha];
        }
        for (const auto &wish : person.wanted) {
            const auto name = person.name + "'s call " + wish.key + " for " + wish.to;
            const int found = copies.value(wish.to + '/' + wish.sha);
            if (found > 1)
                fail("I3", name + " made more than one message");
            if (wish.refused && found > 0)
                fail("I4", name + " was refused and made a message");
            if (wish.mid.isEmpty() && !wish.refused)
                fail("I2", name + " was never answered");
            if (!wish.mid.isEmpty() && !rowAt(person.name, wish.to, wish.mid, true))
                fail("I2", name + " was answered, and its message " + wish.mid + " is gone");
            wanted_.insert(person.name + '/' + wish.to + '/' + wish.sha);
        }
    }

    void ownRows(const Person &person)
    {
        for (const auto &row : person.rows) {
            if (!row.mine || row.kind != "text")
                continue;
            const auto name = person.name + "'s " + row.mid + " to " + row.chat;
            if (!wanted_.contains(person.name + '/' + row.chat + '/' + row.sha))
                fail("I4", name + " was never asked for");
            const auto *twin = rowAt(row.chat, person.name, row.mid, false);
            if (row.sid != 0) {
                ++verdict_.accepted;
                verdict_.delivered += twin != nullptr;
                if (!twin)
                    fail("I1", name + " was accepted and never came");
            } else if (row.failed.isEmpty() && person.outbox == 0) {
                fail("I2", name + " is neither accepted nor failed nor in the outbox");
            }
            receipts(name, row, twin);
            statuses(name, person.statuses.value(row.mid), row.state);
        }
    }

    void receipts(const QString &name, const Row &row, const Row *twin)
    {
        if (twin && row.state < delivered)
            fail("I7", name + " was stored, and its sender was never told");
        if (!twin && row.state >= delivered)
            fail("I7", name + " counts as delivered and is not there");
        if (row.state == read && twin && twin->state != read)
            fail("I7", name + " counts as read and was not");
        if (row.state >= accepted && row.sid == 0)
            fail("I7", name + " counts as accepted without a number");
    }

    void statuses(const QString &name, const std::vector<int> &history, int last)
    {
        if (!std::ranges::is_sorted(history))
            fail("I7", name + " went back in its states");
        if (!history.empty() && history.back() > last)
            fail("I7", name + " was further than it is");
    }

    void othersRows(const Person &person)
    {
        for (const auto &row : person.rows) {
            if (row.mine || row.kind != "text")
                continue;
            const auto name = row.mid + " of " + row.chat + " at " + person.name;
            const auto *twin = rowAt(row.chat, person.name, row.mid, true);
            if (!twin || twin->sha != row.sha)
                fail("I4", name + " was never composed so");
            else if (twin->server && row.server && orderOf(*twin) != orderOf(row))
                fail("I5", name + " stands at another place than at its sender");
            const int notices = person.notified.value(row.mid);
            if (notices != 1)
                fail(notices > 1 ? "I3" : "I1", name + QStringLiteral(" was announced %1 times").arg(notices));
        }
    }

    /// Every chat is sorted by what both sides know, and an answer comes after what it answers.
    void order(const Person &person)
    {
        const Row *before = nullptr;
        QSet<QString> seen;
        for (const auto &row : person.rows) {
            if (before && before->chat != row.chat) {
                before = nullptr;
                seen.clear();
            }
            if (row.kind != "text" || !row.server)
                continue;
            if (before && orderOf(row) < orderOf(*before))
                fail("I5", row.mid + " stands in the wrong place of " + person.name + "'s chat with " + row.chat);
            if (!row.reply.isEmpty() && !seen.contains(row.reply))
                fail("I6", row.mid + " stands before what it answers at " + person.name);
            seen.insert(row.mid);
            before = &row;
        }
    }

    void remains(const Person &person)
    {
        verdict_.markers += person.missing;
        if (person.missing > 0 || person.gaps > 0)
            fail("I1", person.name + QStringLiteral(" misses %1 numbers").arg(std::max(person.missing, person.gaps)));
        if (person.parked > 0)
            fail("I2", person.name + QStringLiteral(" has %1 parked ciphertexts").arg(person.parked));
        if (person.walBytes > mostWalBytes)
            fail("I12", person.name + QStringLiteral("'s write-ahead log has %1 bytes").arg(person.walBytes));
    }

    void world()
    {
        const auto &world = history_.world;
        if (!world.known)
            return fail("I9", "nobody looked at the server's store");
        if (world.queuedRows != 0)
            fail("I9", QStringLiteral("%1 rows are left in the queues").arg(world.queuedRows));
        if (world.reusedKeys > 0)
            fail("I10", QStringLiteral("%1 message keys sealed two ciphertexts").arg(world.reusedKeys));
        if (world.sharedPreKeys > 0)
            fail("I10", QStringLiteral("%1 one-time prekeys began two sessions").arg(world.sharedPreKeys));
        if (world.openFilesAfter > world.openFilesBefore + openFileSlack)
            fail("I12",
                 QStringLiteral("the server has %1 open files, and had %2")
                     .arg(world.openFilesAfter)
                     .arg(world.openFilesBefore));
        if (world.residentBytes > mostResidentBytes)
            fail("I12", QStringLiteral("the server has %1 bytes of memory").arg(world.residentBytes));
        for (const auto &file : world.plaintextIn)
            fail("I12", "a text can be read in the server's " + file);
    }

    const History &history_;
    Verdict verdict_;
    QHash<QString, Rows> rows_;
    QHash<quint64, QString> midOfSid_;
    QSet<QString> wanted_; ///< sender/recipient/sha
};

} // namespace

Verdict check(const History &history)
{
    return Judge(history).judge();
}

} // namespace kith::chaos
