// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/event_log.h"

#include "common/client/store/database.h"

#include <QJsonDocument>

#include <algorithm>

namespace kith::client {

namespace {

constexpr int pageEntries = 1'000;

template <class T>
bool wants(const std::vector<T> &wanted, const std::optional<T> &value)
{
    return wanted.empty() || (value && std::ranges::find(wanted, *value) != wanted.end());
}

Failure noConsumer()
{
    return { FailureCode::notFound, "no such consumer", "kith consumer list shows them" };
}

} // namespace

bool EventFilter::matches(const Event &event) const
{
    return wants(types, std::optional(event.type)) && wants(chats, event.chat) && wants(from, event.from);
}

EventLog::EventLog(store::Database &database, Clock &clock) : database_(database), clock_(clock) { }

Result<void> EventLog::append(const std::string &type, const std::optional<AccountId> &chat,
                              const std::optional<AccountId> &from, QJsonObject body)
{
    Event event;
    event.time = clock_.now();
    event.type = type;
    event.chat = chat;
    event.from = from;
    body.insert(QStringLiteral("schema"), 1);
    body.insert(QStringLiteral("ts"), static_cast<qint64>(toMs(event.time)));
    body.insert(QStringLiteral("type"), QString::fromStdString(type));
    const QString mid = body.value(u"message").toObject().value(u"mid").toString();
    event.mid = mid.toStdString();
    event.json = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
    KITH_TRY(event.cursor, database_.events().append(event));
    database_.afterCommit([this, event] { Q_EMIT appended(event); });
    return {};
}

Result<void> EventLog::forget(const AccountId &chat, const std::optional<Mid> &mid)
{
    KITH_TRY(const auto events, database_.events().withMessages(chat, mid ? mid->base32() : std::string {}));
    for (const Event &event : events) {
        QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(event.json)).object();
        QJsonObject message = body.value(u"message").toObject();
        message.remove(QStringLiteral("text"));
        message.remove(QStringLiteral("quote"));
        message.insert(QStringLiteral("deleted"), true);
        body.insert(QStringLiteral("message"), message);
        KITH_CHECK(
            database_.events().replace(event.cursor, QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString()));
    }
    return {};
}

Answer<EventPage> EventLog::read(std::int64_t cursor, const EventFilter &filter, int limit) const
{
    EventPage page;
    page.through = cursor;
    KITH_TRY(const std::int64_t newest, database_.events().head());
    KITH_TRY(const auto oldest, database_.events().tail());
    // Cursors are given without holes, so whatever lies before the oldest entry was dropped.
    const std::int64_t firstKept = oldest.value_or(newest + 1);
    if (cursor + 1 < firstKept) {
        page.gap = { cursor + 1, firstKept - 1 };
        page.through = firstKept - 1;
    }
    KITH_TRY(auto events, database_.events().since(page.through, pageEntries));
    for (Event &event : events) {
        if (page.events.size() >= static_cast<std::size_t>(limit))
            break;
        page.through = event.cursor;
        if (filter.matches(event))
            page.events.push_back(std::move(event));
    }
    page.more = page.through < newest;
    return page;
}

Answer<std::int64_t> EventLog::head() const
{
    KITH_TRY(const std::int64_t head, database_.events().head());
    return head;
}

Answer<std::int64_t> EventLog::pending(std::int64_t cursor, const EventFilter &filter) const
{
    if (filter.types.empty() && filter.chats.empty() && filter.from.empty()) {
        KITH_TRY(const std::int64_t count, database_.events().countSince(cursor));
        return count;
    }
    std::int64_t count = 0;
    for (bool more = true; more;) {
        KITH_TRY(const EventPage page, read(cursor, filter, pageEntries));
        count += static_cast<std::int64_t>(page.events.size());
        more = page.more && page.through > cursor;
        cursor = page.through;
    }
    return count;
}

Answer<std::optional<Consumer>> EventLog::consumer(const std::string &name) const
{
    KITH_TRY(const auto row, database_.consumers().find(name));
    if (!row)
        return std::optional<Consumer>();
    KITH_TRY(const std::int64_t lag, database_.events().countSince(row->acked));
    return std::optional(Consumer { row->name, row->acked, lag, row->seen });
}

Answer<std::vector<Consumer>> EventLog::consumers() const
{
    KITH_TRY(const auto rows, database_.consumers().list());
    std::vector<Consumer> result;
    for (const auto &row : rows) {
        KITH_TRY(const std::int64_t lag, database_.events().countSince(row.acked));
        result.push_back({ row.name, row.acked, lag, row.seen });
    }
    return result;
}

Answer<Consumer> EventLog::attach(const std::string &name, const std::string &filterJson)
{
    KITH_TRY(auto transaction, database_.transaction());
    KITH_TRY(auto row, database_.consumers().find(name));
    if (!row) {
        KITH_TRY(const auto others, database_.consumers().list());
        if (others.size() >= maxConsumers)
            return Failure { FailureCode::outboxFull, "there are too many consumers",
                             "remove one: kith consumer remove NAME" };
        KITH_TRY(const std::int64_t newest, database_.events().head());
        row = store::ConsumerRow { name, name == defaultConsumer ? 0 : newest, {}, {} };
    }
    row->seen = clock_.now();
    row->filter = filterJson;
    KITH_CHECK(database_.consumers().save(*row));
    KITH_TRY(const std::int64_t lag, database_.events().countSince(row->acked));
    KITH_CHECK(transaction.commit());
    return Consumer { row->name, row->acked, lag, row->seen };
}

Answer<std::string> EventLog::filterOf(const std::string &name) const
{
    KITH_TRY(const auto row, database_.consumers().find(name));
    return row ? row->filter : std::string("{}");
}

Answer<Consumer> EventLog::ack(const std::string &name, std::int64_t cursor)
{
    KITH_TRY(auto transaction, database_.transaction());
    KITH_TRY(auto row, database_.consumers().find(name));
    if (!row)
        return noConsumer();
    KITH_TRY(const std::int64_t newest, database_.events().head());
    row->acked = std::max(row->acked, std::min(cursor, newest));
    row->seen = clock_.now();
    KITH_CHECK(database_.consumers().save(*row));
    KITH_TRY(const std::int64_t lag, database_.events().countSince(row->acked));
    KITH_CHECK(transaction.commit());
    return Consumer { row->name, row->acked, lag, row->seen };
}

Answer<Consumer> EventLog::reset(const std::string &name, std::int64_t cursor)
{
    KITH_TRY(auto transaction, database_.transaction());
    KITH_TRY(auto row, database_.consumers().find(name));
    if (!row)
        return noConsumer();
    KITH_TRY(const std::int64_t newest, database_.events().head());
    KITH_TRY(const auto oldest, database_.events().tail());
    row->acked = std::clamp(cursor, oldest.value_or(newest + 1) - 1, newest);
    row->seen = clock_.now();
    KITH_CHECK(database_.consumers().save(*row));
    KITH_TRY(const std::int64_t lag, database_.events().countSince(row->acked));
    KITH_CHECK(transaction.commit());
    return Consumer { row->name, row->acked, lag, row->seen };
}

Answer<bool> EventLog::remove(const std::string &name)
{
    KITH_TRY(const bool removed, database_.consumers().remove(name));
    return removed;
}

Result<void> EventLog::prune()
{
    KITH_TRY(auto transaction, database_.transaction());
    const WallTime monthAgo = clock_.now() - keptFor;
    KITH_TRY(const int forgotten, database_.consumers().removeUnseen(monthAgo));
    static_cast<void>(forgotten);
    KITH_TRY(const std::int64_t newest, database_.events().head());
    KITH_TRY(const auto readers, database_.consumers().list());
    std::int64_t needless = newest;
    bool hasDefault = false;
    for (const auto &reader : readers) {
        needless = std::min(needless, reader.acked);
        hasDefault = hasDefault || reader.name == defaultConsumer;
    }
    if (!hasDefault)
        needless = 0; // it begins at the start when it comes
    KITH_TRY(const std::int64_t old, database_.events().lastBefore(monthAgo));
    KITH_CHECK(database_.events().pruneThrough(std::max({ needless, old, newest - maxKept })));
    return transaction.commit();
}

} // namespace kith::client
