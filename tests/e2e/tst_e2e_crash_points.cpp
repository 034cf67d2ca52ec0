// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/client/store/database.h"
#include "common/crypto/sender_keys.h"
#include "tests/e2e/armed_agent.h"
#include "tests/e2e/conversation.h"
#include "tests/e2e/crash_points.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace kith;
using namespace kith::e2e;

namespace {

constexpr int textsEachRound = 3;
constexpr int mostRounds = 8; ///< a point that was not passed by then does not fire
constexpr auto storeOption = "--store-a-sender-key";
constexpr int stockBeforeRefill = 24; // below security C13's low mark of 25
constexpr int stockAfterRefill = 100; // LIM9

/// What makes a process pass a point.
enum class Scene {
    agentTalks,
    serverTalks,
    firstMessage,
    preKeyTaken,
    registration,
    refill,
    serverStart,
    serverRecovery,
    senderKey
};

struct Act {
    const char *point;
    Scene scene;
    int mostPasses = 1; ///< passes that the scene surely makes
};

constexpr Act acts[] = {
    { "c1", Scene::agentTalks, 3 },
    { "c2", Scene::agentTalks, 3 },
    { "c3", Scene::agentTalks, 5 }, // hello, login, then messages
    { "c4", Scene::agentTalks, 4 },
    { "c5", Scene::agentTalks, 2 },
    { "c6", Scene::agentTalks, 3 },
    { "c7-session", Scene::agentTalks, 6 },
    { "c8", Scene::agentTalks, 3 },
    { "c9", Scene::agentTalks, 3 },
    { "c10", Scene::agentTalks, 1 },
    { "c7-prekey", Scene::firstMessage, 2 }, // load, remove
    { "c7-signed-prekey", Scene::firstMessage },
    { "c7-identity", Scene::firstMessage },
    { "c7-sender-key", Scene::senderKey },
    { "s1", Scene::serverTalks, 4 },
    { "s2", Scene::serverTalks, 4 },
    { "s3", Scene::serverTalks, 4 },
    { "s4", Scene::serverTalks, 4 },
    { "s5", Scene::serverTalks, 4 },
    { "s6", Scene::serverTalks, 3 },
    { "s7", Scene::serverTalks, 3 },
    { "s8", Scene::serverRecovery, 2 },
    { "s9", Scene::serverStart },
    { "s11", Scene::preKeyTaken },
    { "s9", Scene::registration },
    { "c11", Scene::registration },
    { "c11", Scene::refill },
    { "c12", Scene::refill },
    { "c13", Scene::refill },
};

/// Whoever dies in a conversation, and how often.
struct Victim {
    std::function<void(int pass)> arm;
    std::function<bool()> isDead;
    std::function<bool()> diedAtItsPoint;
    std::function<void()> revive;
};

SecretBytes databaseKey()
{
    const QByteArray key(32, 'k');
    return SecretBytes(viewOf(key));
}

/// Rotates a sender key inside a transaction, as a profile does.
Result<void> storeSenderKey(const std::string &path)
{
    SystemRandom random;
    const auto mode = QFile::exists(QString::fromStdString(path)) ? sql::OpenMode::existing : sql::OpenMode::create;
    KITH_TRY(const auto database, client::store::Database::open(path, databaseKey(), mode));
    KITH_TRY(const auto sessions, crypto::Sessions::open(database->crypto().stores(), random));
    crypto::SenderKeys senderKeys(*sessions);
    KITH_TRY(sql::Transaction transaction, database->transaction());
    KITH_CHECK(senderKeys.rotate(*random.id<GroupId>(), { *random.id<AccountId>(), 1 }));
    return transaction.commit();
}

} // namespace

// covers: delivery c1-c13, s1-s9, s11, FI1, AT1-AT4, PK1-PK5, ID7; security EV19
//
// Every crash point of delivery 7, in the built programs: the process dies there by -9, starts again, and nothing is
// lost, doubled, reordered or stuck. KITH_E2E_SEED chooses texts and passes.
class TestCrashPoints : public QObject {
    Q_OBJECT

    struct Refill {
        std::unique_ptr<Person> person;
        std::unique_ptr<ArmedAgent> agent;
    };

    quint64 seed_ = 1;
    std::unique_ptr<SeededRandom> random_;
    QTemporaryDir folder_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Person> mei_;
    std::unique_ptr<Person> bob_;
    std::map<QByteArray, Refill> refills_;
    int strangers_ = 0;
    int rounds_ = 0;
    QStringList meisTexts_;
    QStringList bobsTexts_;

    int below(int bound) { return static_cast<int>(random_->below(static_cast<std::uint64_t>(bound))); }

    /// The first pass, and a later one where the scene has more.
    std::vector<int> passesOf(int most)
    {
        return most == 1 ? std::vector { 1 } : std::vector { 1, 2 + below(most - 1) };
    }

    std::unique_ptr<Person> stranger()
    {
        auto person = std::make_unique<Person>(folder_.path(), "stranger" + QString::number(++strangers_));
        const auto enrolled = person->enrol(*server_);
        if (enrolled.exit != 0)
            qWarning() << enrolled.err;
        return enrolled.exit == 0 ? std::move(person) : nullptr;
    }

    bool restartServer()
    {
        server_->kill();
        return server_->start() && isOnline(*mei_) && isOnline(*bob_);
    }
    /// Once more when the agent died under the call, as a careful script asks.
    static rpc::RpcResult<QJsonValue> ask(Person &person, const QString &method, const QJsonObject &params = {},
                                          int deadlineMs = 30'000)
    {
        auto answer = person.call(method, params, deadlineMs);
        if (answer || answer.error().code != rpc::ErrorCode::stopping)
            return answer;
        return person.call(method, params, deadlineMs);
    }
    /// A ping does not wait for the back-off's end.
    static bool isOnline(Person &person, int deadlineMs = 30'000)
    {
        return bool(ask(person, "server.ping", {}, deadlineMs));
    }
    /// The same for one that may die before it answers.
    static void hurry(Person &person) { static_cast<void>(isOnline(person, 2'000)); }

    // ---- two people who talk ----------------------------------------------------------------------------------------

    static std::vector<QJsonObject> latest(Person &person, const Person &peer, int count)
    {
        const auto page = ask(person, "messages.list", { { "chat", peer.address() }, { "limit", count } });
        std::vector<QJsonObject> messages;
        if (page)
            for (const auto &item : page->toObject()["items"].toArray())
                messages.push_back(item.toObject());
        return messages;
    }
    static bool isRead(Person &sender, Person &reader, int count)
    {
        if (!ask(reader, "chats.markRead", { { "chat", sender.address() } }))
            return false;
        int read = 0;
        for (const auto &message : latest(sender, reader, 2 * count))
            read += message["from"].toObject()["me"].toBool() && message["state"].toString() == "read";
        return read >= count;
    }

    static QStringList newest(const QStringList &all, int count)
    {
        return all.mid(std::max<qsizetype>(0, all.size() - count));
    }

    /// Texts that arrived: the newest ones of `sender` at both, byte by byte, each under the mid its key was given.
    static void compare(Person &sender, Person &reader, const QStringList &texts, const QString &keys)
    {
        const int count = static_cast<int>(texts.size());
        QStringList mids;
        for (const auto &message : latest(sender, reader, 4 * count))
            if (message["from"].toObject()["me"].toBool())
                mids << message["mid"].toString();
        QCOMPARE(newest(textsOf(latest(sender, reader, 4 * count), true), count), texts); // code unit by code unit
        QCOMPARE(newest(textsOf(latest(reader, sender, 4 * count), false), count), texts);
        mids = newest(mids, count);
        QCOMPARE(mids.size(), texts.size());
        for (int i = 0; i < count; ++i) {
            const auto again = ask(sender, "send",
                                   { { "to", QJsonArray { reader.address() } },
                                     { "text", texts[i] },
                                     { "key", keys + QString::number(i) } });
            QVERIFY(again);
            QCOMPARE(again->toObject()["mid"].toString(), mids[i]);
        }
    }

    /// One round of texts in both directions, which both have read at its end, whoever died meanwhile.
    void talk(int count, const std::function<void()> &watch)
    {
        ++rounds_;
        const auto texts = [&](quint64 side) {
            return randomTexts((seed_ * 10'000 + static_cast<quint64>(rounds_)) * 2 + side, count + 3).mid(3);
        };
        const QString keys = QStringLiteral("round-%1-").arg(rounds_);
        const QStringList meis = texts(0);
        const QStringList bobs = texts(1);
        meisTexts_ += meis;
        bobsTexts_ += bobs;
        Sender fromMei(*mei_, bob_->address(), meis, keys);
        Sender fromBob(*bob_, mei_->address(), bobs, keys);
        const bool sent = eventually([&] {
            watch();
            const bool meiDone = fromMei.advance();
            return fromBob.advance() && meiDone;
        });
        QVERIFY2(sent, qPrintable(QStringLiteral("sent %1 and %2").arg(fromMei.answered()).arg(fromBob.answered())));
        QCOMPARE(fromMei.failures() + fromBob.failures(), QStringList {});
        QVERIFY(eventually([&] {
            watch();
            const bool bobRead = isRead(*mei_, *bob_, count);
            return isRead(*bob_, *mei_, count) && bobRead;
        }));
        compare(*mei_, *bob_, meis, keys);
        compare(*bob_, *mei_, bobs, keys);
    }

    void dieTalking(const Victim &victim, const std::vector<int> &passes)
    {
        std::size_t deaths = 0;
        bool rightly = true;
        victim.arm(passes.front());
        const auto watch = [&] {
            if (deaths == passes.size() || !victim.isDead())
                return;
            rightly = victim.diedAtItsPoint() && rightly;
            if (++deaths < passes.size())
                victim.arm(passes[deaths]);
            else
                victim.revive();
        };
        for (int round = 0; round < mostRounds && deaths < passes.size() && !QTest::currentTestFailed(); ++round)
            talk(textsEachRound, watch);
        QVERIFY2(deaths == passes.size(), "the point was not passed");
        QVERIFY(rightly);
        talk(1, [] {});
    }

    void agentTalks(const QByteArray &point, const std::vector<int> &passes)
    {
        std::unique_ptr<ArmedAgent> agent;
        const auto arm = [&](int pass) {
            agent.reset();
            agent = std::make_unique<ArmedAgent>(*mei_, point, pass);
        };
        dieTalking({ arm, [&] { return agent->isDead(); }, [&] { return agent->diedAtItsPoint(); },
                     [&] { QVERIFY(mei_->link()); } },
                   passes);
    }

    void serverTalks(const QByteArray &point, const std::vector<int> &passes)
    {
        const auto arm = [&](int pass) {
            kith::e2e::arm(*server_, point, pass);
            server_->kill();
            QVERIFY(server_->start());
            hurry(*mei_);
            hurry(*bob_);
        };
        const auto revive = [&] {
            disarm(*server_);
            QVERIFY(restartServer());
        };
        dieTalking({ arm, [&] { return !server_->isRunning(); },
                     [&] { return kith::e2e::diedAtItsPoint(*server_, point); }, revive },
                   passes);
        disarm(*server_);
    }

    // ---- somebody new
    // ------------------------------------------------------------------------------------------------

    static bool says(Person &from, const Person &to, const QString &text)
    {
        const auto sent = from.call("send", { { "to", QJsonArray { to.address() } }, { "text", text } });
        if (!sent)
            qWarning() << from.name() << "could not send:" << sent.error().message;
        return bool(sent);
    }
    static bool isDelivered(Person &from, const Person &to)
    {
        return eventually([&] {
            const auto messages = latest(from, to, 1);
            return !messages.empty() && messages.front()["state"].toString() == "delivered";
        });
    }

    /// `guest` has written "hello" to `host`: it comes, once, and both can go on.
    static void befriend(Person &guest, Person &host)
    {
        QVERIFY(eventually([&] { return latest(host, guest, 10).size() == 1; }));
        QVERIFY(host.call("requests.accept", { { "user", guest.address() } }));
        QVERIFY(isDelivered(guest, host));
        QVERIFY(says(host, guest, "welcome"));
        QVERIFY(isDelivered(host, guest));
        QVERIFY(says(guest, host, "thanks"));
        QVERIFY(isDelivered(guest, host));
        const QStringList guests { "hello", "thanks" };
        const QStringList hosts { "welcome" };
        QCOMPARE(textsOf(latest(guest, host, 10), true), guests);
        QCOMPARE(textsOf(latest(host, guest, 10), false), guests);
        QCOMPARE(textsOf(latest(host, guest, 10), true), hosts);
        QCOMPARE(textsOf(latest(guest, host, 10), false), hosts);
    }

    void firstMessage(const QByteArray &point, const std::vector<int> &passes)
    {
        for (const int pass : passes) {
            const auto guest = stranger();
            QVERIFY(guest);
            ArmedAgent agent(*bob_, point, pass);
            QVERIFY(says(*guest, *bob_, "hello"));
            QVERIFY2(eventually([&] { return agent.isDead(); }), "the point was not passed");
            QVERIFY(agent.diedAtItsPoint());
            QVERIFY(bob_->link());
            befriend(*guest, *bob_);
        }
    }

    void preKeyTaken(const QByteArray &point)
    {
        const auto guest = stranger();
        QVERIFY(guest);
        server_->kill();
        const int before = preKeysLeft(*server_, bob_->name());
        QVERIFY(before > 0);
        arm(*server_, point, 1);
        QVERIFY(server_->start() && isOnline(*guest));
        QVERIFY(says(*guest, *bob_, "hello"));
        QVERIFY2(eventually([&] { return !server_->isRunning(); }), "the point was not passed");
        QVERIFY(diedAtItsPoint(*server_, point));
        QCOMPARE(preKeysLeft(*server_, bob_->name()), before - 1);
        disarm(*server_);
        QVERIFY(restartServer() && isOnline(*guest));
        befriend(*guest, *bob_);
        server_->kill();
        QCOMPARE(preKeysLeft(*server_, bob_->name()), before - 2);
        QVERIFY(restartServer());
    }

    void registration(const QByteArray &point)
    {
        Person person(folder_.path(), "reg" + QString::fromLatin1(point));
        ArmedAgent agent(person, point, 1);
        QVERIFY(agent.isReady());
        const auto enrolled = person.enrol(*server_); // goes on with the agent that comes after
        QVERIFY2(enrolled.exit == 0, enrolled.err);
        QVERIFY2(eventually([&] { return agent.isDead(); }), "the point was not passed");
        QVERIFY(agent.diedAtItsPoint());
        QVERIFY(says(person, *bob_, "hello"));
        befriend(person, *bob_);
    }

    void refill(const QByteArray &point)
    {
        auto &[person, agent] = refills_.at(point);
        if (!agent->isDead())
            hurry(*person);
        QVERIFY2(eventually([&] { return agent->isDead(); }, 90'000), "the point was not passed");
        QVERIFY(agent->diedAtItsPoint());
        QVERIFY(isOnline(*person)); // by an ordinary agent
        const auto guest = stranger();
        QVERIFY(guest);
        QVERIFY(says(*guest, *person, "hello"));
        befriend(*guest, *person);
    }

    void serverStart(const QByteArray &point)
    {
        Server fresh(folder_.filePath("fresh"));
        arm(fresh, point, 1);
        QVERIFY(!fresh.start());
        QVERIFY(diedAtItsPoint(fresh, point));
        disarm(fresh);
        QVERIFY(fresh.start());
        Person ann(folder_.filePath("fresh"), "ann");
        Person ben(folder_.filePath("fresh"), "ben");
        QCOMPARE(ann.enrol(fresh).exit, 0);
        QCOMPARE(ben.enrol(fresh).exit, 0);
        QVERIFY(says(ann, ben, "hello"));
        befriend(ann, ben);
    }

    /// A start after a death writes files of what the log held; it may die in that too.
    void serverRecovery(const QByteArray &point, const std::vector<int> &passes)
    {
        const auto ann = stranger();
        const auto ben = stranger();
        QVERIFY(ann && ben);
        QVERIFY(says(*ann, *ben, "hello"));
        befriend(*ann, *ben);
        QVERIFY(ben->stopAgent());
        QCOMPARE(ann->kith({ "send", "-t", ben->address(), "--wait", "accepted", "kept" }).exit, 0);
        server_->kill();
        for (const int pass : passes) {
            arm(*server_, point, pass);
            QVERIFY(!server_->start());
            QVERIFY(diedAtItsPoint(*server_, point));
        }
        disarm(*server_);
        QVERIFY(server_->start());
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(latest(*ben, *ann, 4), false).contains("kept"), 30'000);
        QVERIFY(isDelivered(*ann, *ben)); // acknowledged before ben leaves
    }

    /// No group exists yet that would pass it: a child of this test does, with the stores of a profile.
    void senderKey(const QByteArray &point)
    {
        const QString path = folder_.filePath("sender-key.db");
        const auto child = [&](const QByteArray &rule) {
            auto process = std::make_unique<QProcess>();
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert("FAILPOINT", rule);
            process->setProcessEnvironment(environment);
            process->start(QCoreApplication::applicationFilePath(), { storeOption, path });
            process->waitForFinished();
            return process;
        };
        const auto rows = [&] {
            const auto database =
                client::store::Database::open(path.toStdString(), databaseKey(), sql::OpenMode::existing);
            const auto count = database
                ? (*database)->connection().one("SELECT count(*) FROM sender_key",
                                                [](const sql::Row &row) { return row.integer(0); })
                : Result<std::optional<std::int64_t>>(database.error());
            return count ? count->value_or(-1) : -1;
        };
        const auto dead = child(point + ":1");
        QCOMPARE(dead->exitStatus(), QProcess::CrashExit);
        QCOMPARE(dead->exitCode(), SIGKILL);
        QCOMPARE(dead->readAllStandardError(), "failpoint " + point + '\n');
        QCOMPARE(rows(), 0);
        QCOMPARE(child({})->exitCode(), 0);
        QCOMPARE(rows(), 1);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsSet("KITH_E2E_SEED"))
            seed_ = qEnvironmentVariable("KITH_E2E_SEED").toULongLong();
        qInfo() << "seed" << seed_;
        random_ = std::make_unique<SeededRandom>(seed_);
        server_ = std::make_unique<Server>(folder_.filePath("server"));
        QVERIFY(server_->start());
        mei_ = std::make_unique<Person>(folder_.path(), "mei");
        bob_ = std::make_unique<Person>(folder_.path(), "bob");
        QCOMPARE(mei_->enrol(*server_).exit, 0);
        QCOMPARE(bob_->enrol(*server_).exit, 0);
        QVERIFY(introduce(*mei_, *bob_));
        meisTexts_ << "hello, it is mei";
        bobsTexts_ << "hello back";

        // A refill comes up to a minute after its cause: they wait while the other points have their turn.
        for (const auto &act : acts)
            if (act.scene == Scene::refill) {
                auto person = std::make_unique<Person>(folder_.path(), "refill" + QString::fromLatin1(act.point));
                QCOMPARE(person->enrol(*server_).exit, 0);
                refills_[act.point].person = std::move(person);
            }
        server_->kill();
        for (const auto &[point, refill] : refills_)
            QVERIFY(drainPreKeys(*server_, refill.person->name(), stockBeforeRefill));
        QVERIFY(server_->start());
        for (auto &[point, refill] : refills_)
            refill.agent = std::make_unique<ArmedAgent>(*refill.person, point, 1);
    }

    void everyPointHasARow()
    {
        for (const auto &point : crashPoints) {
            const auto isActed = [&](const Act &act) { return QByteArray(act.point) == point.name; };
            QVERIFY2(std::any_of(std::begin(acts), std::end(acts), isActed), point.name);
        }
    }

    void nothingIsLostWhenAProcessDiesAt_data()
    {
        QTest::addColumn<int>("act");
        static constexpr const char *scenes[] = { "agent",        "server",          "first message",
                                                  "prekey taken", "registration",    "refill",
                                                  "server start", "server recovery", "sender key" };
        for (std::size_t i = 0; i < std::size(acts); ++i)
            QTest::addRow("%s, %s", acts[i].point, scenes[static_cast<std::size_t>(acts[i].scene)])
                << static_cast<int>(i);
    }

    void nothingIsLostWhenAProcessDiesAt()
    {
        QFETCH(int, act);
        const QByteArray point = acts[act].point;
        const auto passes = passesOf(acts[act].mostPasses);
        qInfo() << "seed" << seed_ << "point" << point << "passes" << passes;
        switch (acts[act].scene) {
        case Scene::agentTalks:
            return agentTalks(point, passes);
        case Scene::serverTalks:
            return serverTalks(point, passes);
        case Scene::firstMessage:
            return firstMessage(point, passes);
        case Scene::preKeyTaken:
            return preKeyTaken(point);
        case Scene::registration:
            return registration(point);
        case Scene::refill:
            return refill(point);
        case Scene::serverStart:
            return serverStart(point);
        case Scene::serverRecovery:
            return serverRecovery(point, passes);
        case Scene::senderKey:
            return senderKey(point);
        }
    }

    void aStrangerReachesBoth()
    {
        for (Person *host : { mei_.get(), bob_.get() }) {
            const auto guest = stranger();
            QVERIFY(guest);
            QVERIFY(says(*guest, *host, "hello"));
            befriend(*guest, *host);
        }
    }

    void nothingIsLeftOver()
    {
        for (auto [one, other] : { std::pair { mei_.get(), bob_.get() }, std::pair { bob_.get(), mei_.get() } }) {
            const auto all = history(*one, other->address());
            QCOMPARE(textsOf(all, true), one == mei_.get() ? meisTexts_ : bobsTexts_);
            QCOMPARE(textsOf(all, false), one == mei_.get() ? bobsTexts_ : meisTexts_);
            QCOMPARE(static_cast<qsizetype>(all.size()), meisTexts_.size() + bobsTexts_.size()); // no marker either
        }
        for (auto &[point, refill] : refills_)
            QVERIFY(refill.person->stopAgent());
        QVERIFY(mei_->stopAgent());
        QVERIFY(bob_->stopAgent());
        QVERIFY(server_->stop());
        QCOMPARE(queuedRows(*server_), 0);
        for (const char *point : { "c12", "c13" }) // uploaded once: a guest took one
            QCOMPARE(preKeysLeft(*server_, refills_.at(point).person->name()), stockAfterRefill - 1);
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && QByteArray(argv[1]) == storeOption)
        return storeSenderKey(argv[2]) ? EXIT_SUCCESS : EXIT_FAILURE;
    QCoreApplication application(argc, argv);
    TestCrashPoints test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_e2e_crash_points.moc"
