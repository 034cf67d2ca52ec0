// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/client/town.h"

#include <algorithm>

namespace kith::support {

namespace {

constexpr const char *url = "ws://127.0.0.1:8480";

std::uint64_t chooseSeed()
{
    const int wished = qEnvironmentVariableIntValue("KITH_TEST_SEED");
    SystemRandom random;
    return wished > 0 ? static_cast<std::uint64_t>(wished) : random.below(1'000'000'000);
}

} // namespace

Citizen::Citizen(Town &town, std::string theName, std::uint64_t seed)
    : name(std::move(theName))
    , clock(town.server.time)
    , network(town.network.sibling())
    , town_(town)
    , jitter_(seed)
{
}

void Citizen::open(sql::OpenMode mode)
{
    SecretBytes key(viewOf(QByteArray(32, 'k')));
    auto database = client::store::Database::open(path(), key, mode);
    if (!database)
        qFatal("no database: %s", database.error().detail.c_str());
    client::World world { clock, town_.server.time, random_, jitter_, *network, keyring, name };
    auto opened = client::Engine::open(std::move(*database), world);
    if (!opened)
        qFatal("no engine: %s", opened.error().detail.c_str());
    engine = std::move(*opened);
}

std::string Citizen::path() const
{
    return town_.folder.filePath(QString::fromStdString(name) + ".db").toStdString();
}

client::Answer<client::AccountView> Citizen::asksForAccount(const std::string &wish, const std::string &invite)
{
    if (!engine)
        open(sql::OpenMode::create);
    const auto server = net::ServerAddress::parse(url);
    if (!server)
        qFatal("a bad address");
    return get(town_, engine->account().registerAccount({ wish, *server, invite, {} }));
}

void Citizen::registers()
{
    const auto view = asksForAccount(name);
    if (!view)
        qFatal("%s cannot register: %s", name.c_str(), view.error().detail.c_str());
}

void Citizen::opens()
{
    open(sql::OpenMode::existing);
    engine->start();
}

void Citizen::comes()
{
    opens();
    if (!town_.until([this] { return engine->connection().isOnline(); }))
        qFatal("%s does not get online: %s", name.c_str(), engine->connection().reason().c_str());
}

void Citizen::leaves()
{
    engine->stop();
    engine.reset();
    town_.server.time.runUntilIdle();
}

void Citizen::dies()
{
    engine.reset();
    town_.server.time.runUntilIdle();
}

Mid Citizen::says(const Citizen &to, const std::string &text)
{
    const auto states = get(town_, engine->outbox().send({ { to.address() }, text, {}, {} }));
    if (!states)
        qFatal("%s cannot send: %s", name.c_str(), states.error().detail.c_str());
    return states->front().mid;
}

std::vector<client::Message> Citizen::history(const Citizen &peer)
{
    const auto contact = engine->contacts().find(peer.address());
    if (!contact)
        return {};
    const auto page = engine->conversations().latest(contact->account, client::Conversations::maxPage);
    return page ? page->messages : std::vector<client::Message> {};
}

std::vector<std::string> Citizen::reads(const Citizen &peer)
{
    std::vector<std::string> texts;
    for (const auto &message : history(peer)) {
        if (message.kind == client::MessageKind::text)
            texts.push_back(message.text);
    }
    return texts;
}

client::Message Citizen::message(const Mid &mid)
{
    const auto found = engine->conversations().get(mid);
    if (!found)
        qFatal("no such message: %s", found.error().detail.c_str());
    return *found;
}

AccountId Citizen::id()
{
    return engine->account().show()->account;
}

DeviceId Citizen::device()
{
    return { id(), 1 };
}

int Citizen::events(const std::string &type)
{
    const auto page = engine->events().read(0, {}, 1000);
    return page ? static_cast<int>(std::ranges::count(page->events, type, &client::Event::type)) : -1;
}

Town::Town(TestServer::Options options) : server(options), seed_(chooseSeed())
{
    qInfo("seed %llu", static_cast<unsigned long long>(seed_));
    network.listen(url, [this](std::unique_ptr<net::Channel> channel) {
        auto session = std::make_unique<server::gateway::Session>(std::move(channel), server.parts);
        auto *raw = session.get();
        QObject::connect(raw, &server::gateway::Session::finished, raw, [this, raw] {
            const auto found = std::ranges::find(sessions_, raw, [](const auto &one) { return one.get(); });
            if (found == sessions_.end())
                return;
            found->release()->deleteLater();
            sessions_.erase(found);
        });
        sessions_.push_back(std::move(session));
    });
}

Town::~Town()
{
    citizens_.clear();
    server.time.runUntilIdle();
    sessions_.clear();
    server.time.runUntilIdle();
}

Citizen &Town::stranger(const std::string &name)
{
    citizens_.push_back(std::make_unique<Citizen>(*this, name, seed_ + citizens_.size()));
    return *citizens_.back();
}

Citizen &Town::citizen(const std::string &name)
{
    auto &citizen = stranger(name);
    citizen.registers();
    return citizen;
}

void Town::introduce(Citizen &a, Citizen &b)
{
    const auto added = get(*this, a.engine->contacts().add(b.address(), {}));
    const auto addedBack = get(*this, b.engine->contacts().add(a.address(), {}));
    if (!added || !addedBack)
        qFatal("%s and %s cannot meet", a.name.c_str(), b.name.c_str());
    pass(milliseconds { 1'000 });
}

bool Town::until(const std::function<bool()> &reached, milliseconds limit)
{
    return server.time.advanceUntil(reached, limit);
}

void Town::plant(const DeviceId &to, const DeviceId &from, const Mid &mid, wire::CiphertextType type,
                 const QByteArray &content)
{
    const auto done = valueOf(server.queues.accept({ from, mid, 0, { { to, type, content } } }));
    if (!done)
        qFatal("cannot plant: %s", done.error().detail.c_str());
}

} // namespace kith::support
