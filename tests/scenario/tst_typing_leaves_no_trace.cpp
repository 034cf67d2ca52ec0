// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security C28, C30, TR5
#include "common/wire/codec.h"
#include "common/wire/content/content.h"
#include "tests/support/client/key_holder.h"
#include "tests/support/client/town.h"

#include "common/client/typing.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Town;

namespace {

constexpr milliseconds hour { 3'600'000 };

QByteArray sessionsOf(Citizen &citizen)
{
    QByteArray all;
    const auto rows = citizen.database().connection().all("SELECT quote(record) FROM session ORDER BY account, device",
                                                          [](const sql::Row &row) { return row.text(0); });
    for (const auto &row : *rows)
        all += QByteArray::fromStdString(row);
    return all;
}

/// Whether the content that went out under this mid brings a key for typing notices.
bool bringsKey(Citizen &sender, const Mid &mid)
{
    const auto row = *sender.database().messages().find(sender.id(), mid);
    return wire::decodeContent(*row->content)->ephemeralKey.has_value();
}

struct Notices {
    explicit Notices(Citizen &citizen)
    {
        QObject::connect(&citizen.engine->typing(), &client::Typing::typing, &context,
                         [this](const AccountId &, bool) { ++count; });
    }
    QObject context;
    int count = 0;
};

} // namespace

class TypingLeavesNoTrace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keyTravelsInOrdinaryContentsOnceADay()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto first = alice.says(bob, "with a key");
        QVERIFY(bringsKey(alice, first));
        QVERIFY(!bringsKey(alice, alice.says(bob, "without")));
        town.server.time.jumpWall(25 * hour);
        QVERIFY(bringsKey(alice, alice.says(bob, "with the next")));
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 3; }));
        Notices notices(bob);
        QVERIFY(alice.engine->typing().set(bob.address(), true));
        QVERIFY(town.until([&] { return notices.count == 1; }));
    }

    void strangersGetNeitherKeyNorNotice()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        bob.says(alice, "do you know me?");
        QVERIFY(town.until([&] { return alice.events("request.received") == 1; }));
        int sent = 0;
        alice.network->toServer().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeClientFrame(bytes);
            sent += frame && std::holds_alternative<wire::Ephemeral>(frame->body) ? 1 : 0;
            return 1;
        };
        QVERIFY(alice.engine->typing().set(bob.address(), true));
        town.pass(milliseconds { 10'000 });
        QCOMPARE(sent, 0);
        QVERIFY(!(**alice.database().contacts().find(bob.id())).ownEphemeralKey);
    }

    void atMostOneInFiveSeconds()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "hello");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        int sent = 0;
        alice.network->toServer().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeClientFrame(bytes);
            sent += frame && std::holds_alternative<wire::Ephemeral>(frame->body) ? 1 : 0;
            return 1;
        };
        for (int i = 0; i < 100; ++i) {
            QVERIFY(alice.engine->typing().set(bob.address(), i % 2 == 0));
            town.pass(milliseconds { 100 });
        }
        QVERIFY2(sent == 2, qPrintable(QString::number(sent)));
    }

    void tenThousandDroppedNoticesChangeNoSession()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        alice.says(bob, "hello");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        std::optional<wire::Ephemeral> real;
        bob.network->toClient().copies = [&](const QByteArray &bytes) {
            const auto frame = wire::decodeServerFrame(bytes);
            if (const auto *sealed = frame ? std::get_if<wire::Ephemeral>(&frame->body) : nullptr)
                real = *sealed;
            return 1;
        };
        QVERIFY(alice.engine->typing().set(bob.address(), true));
        QVERIFY(town.until([&] { return real.has_value(); }));
        town.pass(milliseconds { 60'000 });
        const auto sessions = sessionsOf(bob) + sessionsOf(alice);
        Notices notices(bob);
        for (int i = 0; i < 10'000; ++i) {
            auto sealed = *real; // too old
            if (i % 3 == 1)
                sealed.sealed[sealed.sealed.size() - 1] ^= static_cast<char>(1 + i % 7); // no key opens it
            if (i % 3 == 2)
                sealed.sealed = QByteArray(i % 40, 'x'); // cut
            Q_EMIT bob.engine->connection().ephemeral(sealed);
        }
        QCOMPARE(notices.count, 0);
        QVERIFY(sessionsOf(bob) + sessionsOf(alice) == sessions);
        alice.says(bob, "still here");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::TypingLeavesNoTrace)
#include "tst_typing_leaves_no_trace.moc"
