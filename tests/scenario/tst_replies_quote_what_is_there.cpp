// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: cli 7.2 (replyTo), security C17
#include "tests/support/client/insider.h"
#include "tests/support/client/wiretap.h"

#include <QtTest>

namespace kith {

using support::Citizen;
using support::Insider;
using support::Town;
using support::Wiretap;

class RepliesQuoteWhatIsThere : public QObject {
    Q_OBJECT

    static client::Answer<std::vector<client::TargetState>> reply(Town &town, Citizen &from, Citizen &to,
                                                                  const std::string &text, const Mid &parent)
    {
        return get(town, from.engine->outbox().send({ { to.address() }, text, parent, {} }));
    }
    /// Alice's modified client answers to `parent` as `quote` says; what Bob sees of it.
    static client::Message forged(Citizen &alice, Citizen &bob, Wiretap &tap, const Mid &parent,
                                  const std::optional<wire::Quote> &quote)
    {
        Insider insider(alice, bob);
        auto content = insider.text("as you said");
        auto &text = std::get<wire::Text>(content.body);
        text.replyTo = parent;
        text.quote = quote;
        tap.deliver(insider.seal(content));
        return bob.message(content.header.mid);
    }

private Q_SLOTS:
    void bothSeeWhatIsAnswered()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        const auto question = alice.says(bob, "coming?");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1; }));
        const auto sent = reply(town, bob, alice, "yes", question);
        QVERIFY(sent);
        QVERIFY(town.until([&] { return alice.reads(bob).size() == 2; }));
        for (auto *reader : { &alice, &bob }) {
            const auto message = reader->message(sent->front().mid);
            QCOMPARE(message.replyTo, std::optional(question));
            QVERIFY(message.quote && message.quote->known);
            QCOMPARE(message.quote->text, std::string("coming?"));
            QVERIFY(message.quote->sender == alice.id());
        }
    }

    void aLongTextIsQuotedFromItsBeginning()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        std::string umlauts = "x";
        for (int i = 0; i < 1000; ++i)
            umlauts += "\xC3\xBC";
        const auto mid = alice.says(bob, umlauts);
        const auto sent = reply(town, alice, bob, "that was long", mid);
        QVERIFY(sent);
        QCOMPARE(alice.message(sent->front().mid).quote->text, umlauts.substr(0, 255)); // between two characters
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2; }));
        QCOMPARE(bob.message(sent->front().mid).quote->text, umlauts.substr(0, 255));
    }

    void onlyMessagesOfTheChatCanBeAnswered()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        town.introduce(alice, bob);
        town.introduce(alice, carol);
        const auto secret = alice.says(carol, "for Carol alone");
        for (const auto &parent : { secret, Mid::from(QByteArray(16, 'n')).value() }) {
            const auto refused = reply(town, alice, bob, "see", parent);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, client::FailureCode::notFound);
        }
        const auto both =
            get(town, alice.engine->outbox().send({ { carol.address(), bob.address() }, "see", secret, {} }));
        QVERIFY(!both);
        QCOMPARE(both.error().code, client::FailureCode::invalid);
        QVERIFY(alice.reads(bob).empty());
    }

    void whatIsHereIsShownAndNotTheClaim()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        town.introduce(alice, bob);
        Wiretap tap(town, bob);
        const auto mid = bob.says(alice, "I never lent you money");
        alice.says(bob, "hello");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 2 && alice.reads(bob).size() == 2; }));
        const auto shown = forged(alice, bob, tap, mid, wire::Quote { bob.id(), "I owe you 100" });
        QVERIFY(shown.quote->known);
        QCOMPARE(shown.quote->text, std::string("I never lent you money"));
    }

    void aClaimIsShownAsOne_data()
    {
        QTest::addColumn<bool>("ofThirdPerson");
        QTest::addColumn<bool>("ofOtherChat");
        QTest::newRow("a message that does not exist") << false << false;
        QTest::newRow("in a third person's name") << true << false;
        QTest::newRow("a message of another chat") << true << true;
    }
    void aClaimIsShownAsOne()
    {
        QFETCH(bool, ofThirdPerson);
        QFETCH(bool, ofOtherChat);
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        town.introduce(alice, bob);
        town.introduce(bob, carol);
        Wiretap tap(town, bob);
        const auto secret = carol.says(bob, "Carol's secret");
        alice.says(bob, "hello");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1 && bob.reads(carol).size() == 1; }));
        const Mid parent = ofOtherChat ? secret : Mid::from(QByteArray(16, 'n')).value();
        const auto shown =
            forged(alice, bob, tap, parent, wire::Quote { ofThirdPerson ? carol.id() : bob.id(), "as claimed" });
        QVERIFY(!shown.quote->known);
        QCOMPARE(shown.quote->text, std::string("as claimed"));
        QCOMPARE(shown.quote->sender, ofThirdPerson ? std::optional<AccountId>() : std::optional(bob.id()));
    }

    void aBareIdOfAnotherChatShowsNothingOfIt()
    {
        Town town;
        auto &alice = town.citizen("alice");
        auto &bob = town.citizen("bob");
        auto &carol = town.citizen("carol");
        town.introduce(alice, bob);
        town.introduce(bob, carol);
        Wiretap tap(town, bob);
        const auto secret = carol.says(bob, "Carol's secret");
        alice.says(bob, "hello");
        QVERIFY(town.until([&] { return bob.reads(alice).size() == 1 && bob.reads(carol).size() == 1; }));
        const auto shown = forged(alice, bob, tap, secret, {});
        QVERIFY(!shown.quote->known && shown.quote->text.empty() && !shown.quote->sender);
    }
};

} // namespace kith

QTEST_GUILESS_MAIN(kith::RepliesQuoteWhatIsThere)
#include "tst_replies_quote_what_is_there.moc"
