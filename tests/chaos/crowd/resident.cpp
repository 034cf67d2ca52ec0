// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/crowd/resident.h"

#include "common/client/account.h"
#include "common/client/connection.h"
#include "common/client/contacts.h"
#include "common/client/conversations.h"
#include "common/client/outbox.h"
#include "common/client/store/database.h"
#include "common/crypto/sender_keys.h"
#include "common/wire/frames.h"

#include <QFile>

namespace kith::chaos {

namespace {

constexpr int circle = 8; ///< neighbours on each side that a resident knows
constexpr std::int64_t mostWaiting = 128; ///< own messages that the server has not taken: then nothing new is written
constexpr int newcomersPeers = 3;
constexpr int looksPerRequestCheck = 10;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t a, std::uint64_t b)
{
    return seed * 0x9e3779b97f4a7c15ULL + a * 0xbf58476d1ce4e5b9ULL + b * 0x94d049bb133111ebULL;
}

SecretBytes profileKey()
{
    return SecretBytes(viewOf(QByteArray(32, 'k')));
}

} // namespace

Resident::Resident(const Town &town, int index, int incarnation)
    : town_(town)
    , index_(index)
    , name_(nameOf(index))
    , jitter_(mixed(town.seed, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(incarnation) + 1'000'000))
    , random_(mixed(town.seed, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(incarnation)))
    , log_(town.logs + '/' + name_ + ".intents.jsonl")
    , isNewcomer_(index >= town.people)
{
}

Resident::~Resident() = default;

bool Resident::open()
{
    if (!log_.open())
        return false;
    again_ = log_.unanswered();
    // Somebody killed while the empty database was made starts anew: nothing was told to anybody yet.
    const QString made = town_.logs + '/' + name_ + ".made";
    const bool isNew = !QFile::exists(made);
    if (isNew) {
        for (const char *ending : { "", "-wal", "-shm" })
            QFile::remove(databasePath() + ending);
    }
    auto database = client::store::Database::open(databasePath().toStdString(), profileKey(),
                                                  isNew ? sql::OpenMode::create : sql::OpenMode::existing);
    if (!database) {
        qWarning("%s: the profile does not open: %s", qPrintable(name_), database.error().detail.c_str());
        return false;
    }
    QFile mark(made);
    if (isNew && !mark.open(QIODevice::WriteOnly))
        return false;
    static_cast<void>((*database)->connection().run("PRAGMA cache_size = -16384")); // many profiles, few seconds
    auto engine = client::Engine::open(std::move(*database),
                                       { town_.clock, town_.timers, secrets_, jitter_, town_.dialer, nullptr, {} });
    if (!engine) {
        qWarning("%s: no engine: %s", qPrintable(name_), engine.error().detail.c_str());
        return false;
    }
    engine_ = std::move(*engine);
    for (const auto &peer : peers()) {
        if (!engine_->contacts().find('@' + peer.toStdString()))
            unmet_.insert(peer);
    }
    const auto account = engine_->account().show();
    if (account && account->state == client::AccountState::registered)
        engine_->start();
    return true;
}

void Resident::close()
{
    if (engine_)
        engine_->stop();
    engine_.reset();
}

std::vector<QString> Resident::peers() const
{
    std::vector<QString> names;
    if (isNewcomer_) {
        for (int i = 0; i < newcomersPeers; ++i)
            names.push_back(nameOf((firstPeerOf(index_, town_.people) + i * 3) % town_.people));
        return names;
    }
    const int side = std::min(circle, (town_.people - 1) / 2);
    for (int i = 1; i <= side; ++i) {
        names.push_back(nameOf((index_ + i) % town_.people));
        names.push_back(nameOf((index_ + town_.people - i) % town_.people));
    }
    if (names.empty() && town_.people > 1)
        names.push_back(nameOf(index_ == 0 ? 1 : 0));
    return names;
}

bool Resident::isSettled() const
{
    return engine_ && unmet_.empty() && !registering_;
}

void Resident::live(bool mayWrite)
{
    if (!engine_ || offline_)
        return;
    const auto account = engine_->account().show();
    if (!account || account->state != client::AccountState::registered)
        return registerNow();
    if (engine_->connection().isOnline())
        meetPeers();
    if (++looks_ % looksPerRequestCheck == 0)
        acceptRequests();
    if (!again_.empty() && open_.empty())
        repeat();
    if (mayWrite && unmet_.empty() && again_.empty())
        write();
    readSome();
}

void Resident::registerNow()
{
    if (std::exchange(registering_, true))
        return;
    engine_->account()
        .registerAccount({ name_.toStdString(), town_.server, {}, {} })
        .then(this, [this](const client::Answer<client::AccountView> &answer) {
            registering_ = false;
            if (!answer && answer.error().code == client::FailureCode::refused)
                qWarning("%s: refused: %s", qPrintable(name_), answer.error().detail.c_str());
        });
}

/// A newcomer writes to whom she never met; neighbours accept each other first.
void Resident::meetPeers()
{
    if (isNewcomer_) {
        unmet_.clear();
        return;
    }
    const auto waiting = unmet_;
    for (const auto &peer : waiting) {
        if (meeting_.size() < 4 && meeting_.insert(peer).second)
            meet(peer);
    }
}

void Resident::meet(const QString &peer)
{
    engine_->contacts()
        .add('@' + peer.toStdString(), {})
        .then(this, [this, peer](const client::Answer<client::Contact> &contact) {
            meeting_.erase(peer);
            if (contact)
                unmet_.erase(peer);
        });
}

void Resident::acceptRequests()
{
    const auto requests = engine_->contacts().requests();
    if (!requests)
        return;
    for (const auto &request : *requests)
        static_cast<void>(engine_->contacts().accept('@' + request.contact.name));
}

void Resident::write()
{
    if (count("SELECT count(*) FROM outbox") >= mostWaiting || !open_.empty())
        return;
    const auto friends = peers();
    Intent intent { QStringLiteral("%1-%2").arg(name_).arg(log_.count()), {}, {} };
    if (isNewcomer_ && log_.count() >= 2 * newcomersPeers)
        return; // strangers are admitted with few
    const auto first = below(friends.size());
    const auto how = below(10);
    const auto many = how == 0 || isNewcomer_ ? 1 : std::min<std::uint64_t>(friends.size(), 4 + below(13));
    for (std::uint64_t i = 0; i < many; ++i)
        intent.to << friends[(first + i) % friends.size()];
    if (how == 0) { // an answer to the newest thing that this person wrote
        const auto peer = engine_->contacts().find('@' + intent.to[0].toStdString());
        const auto page = peer ? engine_->conversations().latest(peer->account, 5)
                               : client::Answer<client::MessagePage>(peer.error());
        if (page) {
            for (const auto &message : page->messages) {
                if (!message.fromMe && message.kind == client::MessageKind::text)
                    intent.replyTo = QString::fromStdString(message.mid.hex());
            }
        }
    }
    log_.intend(intent);
    send(intent);
}

/// What was not answered, here or in the process before this one: the same keys, in order.
void Resident::repeat()
{
    for (const auto &intent : std::exchange(again_, {}))
        send(intent);
}

void Resident::send(const Intent &intent)
{
    client::Draft draft;
    for (const auto &name : intent.to)
        draft.to.push_back('@' + name.toStdString());
    draft.text = textOf(intent.key).toStdString();
    draft.key = intent.key.toStdString();
    if (!intent.replyTo.isEmpty())
        draft.replyTo = *Mid::from(QByteArray::fromHex(intent.replyTo.toLatin1()));
    open_.insert(intent.key);
    engine_->outbox().send(draft).then(this, [this, intent](const auto &states) {
        open_.erase(intent.key);
        if (!states) {
            const auto code = states.error().code;
            using Code = client::FailureCode;
            const bool later = code == Code::network || code == Code::timeout || code == Code::storeFull
                || code == Code::internal || code == Code::outboxFull || code == Code::storeDamaged
                || code == Code::notFound;
            if (later)
                again_.push_back(intent);
            else
                log_.refused(intent.key, client::toString(code));
            return;
        }
        QJsonObject mids;
        for (const auto &state : *states)
            mids.insert(QString::fromStdString(state.to).mid(1), QString::fromStdString(state.mid.base32()));
        log_.answered(intent.key, mids);
    });
}

/// Now and then somebody opens a chat, so that read receipts go out.
void Resident::readSome()
{
    if (below(60) != 0)
        return;
    const auto friends = peers();
    if (const auto peer = engine_->contacts().find('@' + friends[below(friends.size())].toStdString()))
        static_cast<void>(engine_->conversations().markRead(peer->account, {}));
}

bool Resident::isQuiet()
{
    return engine_ && isSettled() && again_.empty() && open_.empty() && engine_->isIdle() && engine_->isCaughtUp()
        && count("SELECT count(*) FROM parked") == 0 && count("SELECT count(*) FROM gap") == 0
        && count("SELECT count(*) FROM message WHERE mine = 1 AND state < 3 AND failed IS NULL") == 0;
}

bool Resident::isOnline() const
{
    return engine_ && engine_->connection().isOnline();
}

std::int64_t Resident::count(const char *query)
{
    const auto value = engine_->database().connection().one(query, [](const sql::Row &row) { return row.integer(0); });
    return value && *value ? **value : 0;
}

/// From the counters, which are few rows, because this is asked often.
Tally Resident::tally()
{
    if (!engine_)
        return {};
    return { count("SELECT ifnull(sum(n), 0) FROM own_counter"), count("SELECT count(*) FROM outbox"),
             count("SELECT ifnull(sum(highest), 0) FROM peer_counter") };
}

void Resident::hurry()
{
    if (engine_ && !offline_ && !engine_->connection().isOnline())
        engine_->connection().hurry();
}

void Resident::goOffline(milliseconds time)
{
    if (!engine_ || offline_)
        return;
    offline_ = true;
    engine_->connection().stop();
    back_ = town_.timers.after(time, [this] {
        offline_ = false;
        engine_->connection().start();
    });
}

void Resident::takePreKeys(const std::vector<int> &people, int times)
{
    wire::FetchBundles wish;
    for (const int person : people) {
        const auto contact = engine_->contacts().find('@' + nameOf(person).toStdString());
        if (contact)
            wish.accounts.push_back({ contact->account, {} });
    }
    if (wish.accounts.empty() || times == 0 || !engine_->connection().isOnline())
        return;
    engine_->connection().request(wish).then(this,
                                             [this, people, times](const auto &) { takePreKeys(people, times - 1); });
}

void Resident::storeSenderKey()
{
    auto transaction = engine_->database().transaction();
    if (!transaction)
        return;
    const auto sessions = crypto::Sessions::open(engine_->database().crypto().stores(), secrets_);
    const auto self = engine_->database().account().self();
    const auto group = secrets_.id<GroupId>();
    if (sessions && self && *self && group && crypto::SenderKeys(**sessions).rotate(*group, **self))
        static_cast<void>(transaction->commit());
}

} // namespace kith::chaos
