// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/client/failure.h"
#include "common/client/values.h"

#include <QJsonObject>
#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace kith::client {

namespace store {
class Database;
}

/// Which events a reader wants; an empty list wants all.
struct EventFilter {
    std::vector<std::string> types;
    std::vector<AccountId> chats;
    std::vector<AccountId> from;

    bool matches(const Event &event) const;
};

/// One page of the log.
struct EventPage {
    std::vector<Event> events; ///< those that match, ascending
    std::int64_t through = 0; ///< everything up to here was looked at
    bool more = false; ///< there is more behind `through`
    std::optional<std::pair<std::int64_t, std::int64_t>> gap; ///< cursors that the bounds took before this reader came
};

/// The log of everything that front ends may want to know, and its durable readers (cli 2.2).
///
/// An event is part of the transaction that made it true. Kept until every consumer acknowledged it, at most 30 days
/// and 100,000.
class EventLog final : public QObject {
    Q_OBJECT
public:
    static constexpr milliseconds keptFor { 30LL * 24 * 3600 * 1000 };
    static constexpr std::int64_t maxKept = 100'000;
    static constexpr std::size_t maxConsumers = 256;
    /// The consumer that every profile has from its first event on, whether it was ever seen or not: what arrives while
    /// nobody listens waits for it.
    static constexpr const char *defaultConsumer = "default";

    EventLog(store::Database &database, Clock &clock);

    /// Writes into the open transaction; appended() comes after its commit. `body` is the event's own members; schema,
    /// type and ts are added.
    Result<void> append(const std::string &type, const std::optional<AccountId> &chat,
                        const std::optional<AccountId> &from, QJsonObject body);

    /// In the open transaction: takes text and quote of deleted messages out of the log, of the whole chat without
    /// `mid`. Who reads such an event later sees a message that is deleted.
    Result<void> forget(const AccountId &chat, const std::optional<Mid> &mid);

    /// Events behind `cursor`. Looks at no more than 1,000 entries at once.
    Answer<EventPage> read(std::int64_t cursor, const EventFilter &filter, int limit) const;
    Answer<std::int64_t> head() const;
    /// Events behind `cursor` that match, all counted.
    Answer<std::int64_t> pending(std::int64_t cursor, const EventFilter &filter) const;

    Answer<std::vector<Consumer>> consumers() const;
    Answer<std::optional<Consumer>> consumer(const std::string &name) const;
    /// Makes it if it is new: defaultConsumer at the log's beginning, any other at its end. Notes that it is there and
    /// what it wants. `filterJson`: as given to events.subscribe. Errors: outboxFull beyond maxConsumers; store's.
    Answer<Consumer> attach(const std::string &name, const std::string &filterJson);
    /// The filter that it attached with last, as JSON.
    Answer<std::string> filterOf(const std::string &name) const;
    /// Never moves back, never beyond the head. Errors: notFound.
    Answer<Consumer> ack(const std::string &name, std::int64_t cursor);
    /// Moves it anywhere: 0 is the start of what is kept. Errors: notFound.
    Answer<Consumer> reset(const std::string &name, std::int64_t cursor);
    Answer<bool> remove(const std::string &name);

    /// Drops what nobody needs any more and consumers that were not seen for 30 days. Call now and then.
    Result<void> prune();

Q_SIGNALS:
    /// After the commit, in order.
    void appended(const kith::client::Event &event);

private:
    store::Database &database_;
    Clock &clock_;
};

} // namespace kith::client
