// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: delivery I1-I12, MU1-MU6, MU9-MU13
#include "tests/chaos/checker/checker.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace kith::chaos;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr qint64 minute = 60'000;
constexpr quint64 firstSid = 1'000'000'000'000;

Row rowOf(int number, const QString &chat, bool mine)
{
    Row row;
    row.mid = QStringLiteral("m%1").arg(number);
    row.chat = chat;
    row.kind = "text";
    row.sha = QStringLiteral("sha%1").arg(number);
    row.mine = mine;
    row.state = 3;
    row.client = start + number * 1'000;
    row.server = row.client + 5;
    row.eff = row.client;
    row.sid = firstSid + static_cast<quint64>(number);
    return row;
}

/// Ann writes the even ones, Ben the odd ones; each answers the one before. All came, the first was read.
History sound()
{
    History history;
    auto &ann = history.people["ann"];
    auto &ben = history.people["ben"];
    for (int number = 0; number < 10; ++number) {
        auto &sender = number % 2 == 0 ? ann : ben;
        auto &reader = number % 2 == 0 ? ben : ann;
        const QString from = number % 2 == 0 ? "ann" : "ben";
        const QString to = number % 2 == 0 ? "ben" : "ann";
        auto own = rowOf(number, to, true);
        auto others = rowOf(number, from, false);
        if (number > 0)
            own.reply = others.reply = QStringLiteral("m%1").arg(number - 1);
        if (number == 0)
            own.state = others.state = 4;
        sender.wanted.push_back({ QStringLiteral("key%1").arg(number), to, own.sha, own.reply, own.mid, false });
        sender.statuses[own.mid] = number == 0 ? std::vector { 2, 3, 4 } : std::vector { 2, 3 };
        reader.notified[others.mid] = 1;
        sender.rows.push_back(own);
        reader.rows.push_back(others);
    }
    for (auto &[name, person] : history.people) {
        person.name = name;
        person.exported = true;
    }
    history.world.known = true;
    history.world.openFilesBefore = history.world.openFilesAfter = 30;
    history.world.residentBytes = 60'000'000;
    return history;
}

/// A bug of the product, as it would show in the histories.
struct Mutation {
    const char *name;
    const char *invariant;
    std::function<void(Person &ann, Person &ben, WorldAfter &world)> apply;
};

const Mutation mutations[] = {
    { "MU1 MU2 MU9 a message vanishes at its recipient", "I1",
      [](auto &, auto &ben, auto &) { ben.rows.erase(ben.rows.begin() + 4); } },
    { "a message came and nobody was told", "I1", [](auto &, auto &ben, auto &) { ben.notified.remove("m4"); } },
    { "MU12 a number never came", "I1", [](auto &, auto &ben, auto &) { ben.missing = 1; } },
    { "a profile is gone", "I1", [](auto &, auto &ben, auto &) { ben.exported = false; } },
    { "MU1 an answered call left nothing", "I2", [](auto &ann, auto &, auto &) { ann.rows.erase(ann.rows.begin()); } },
    { "a call is never answered", "I2", [](auto &ann, auto &, auto &) { ann.wanted[1].mid.clear(); } },
    { "a message is forgotten in between", "I2",
      [](auto &ann, auto &ben, auto &) {
          ann.rows[8].sid = 0;
          ann.rows[8].server.reset();
          ann.rows[8].state = 1;
          ann.statuses.remove("m8");
          ben.rows.erase(ben.rows.begin() + 8);
      } },
    { "MU10 a refused call made a message", "I4", [](auto &ann, auto &, auto &) { ann.wanted[2].refused = true; } },
    { "a ciphertext stays parked", "I2", [](auto &, auto &ben, auto &) { ben.parked = 1; } },
    { "MU3 a message is shown twice", "I3", [](auto &, auto &ben, auto &) { ben.rows.push_back(ben.rows.back()); } },
    { "MU13 a message is announced twice", "I3", [](auto &, auto &ben, auto &) { ben.notified["m2"] = 2; } },
    { "a repeated call makes a second message", "I3",
      [](auto &ann, auto &ben, auto &) {
          auto twin = ann.rows[8];
          twin.mid = "m99";
          twin.sid += 1'000;
          ann.rows.push_back(twin);
          twin.chat = "ann";
          twin.mine = false;
          ben.rows.push_back(twin);
          ben.notified["m99"] = 1;
      } },
    { "a message out of nothing", "I4",
      [](auto &, auto &ben, auto &) {
          ben.rows.push_back(rowOf(42, "ann", false));
          ben.notified["m42"] = 1;
      } },
    { "MU4 a message has another text", "I4", [](auto &, auto &ben, auto &) { ben.rows[0].sha = "another"; } },
    { "a message nobody asked for", "I4",
      [](auto &ann, auto &ben, auto &) {
          ann.rows.push_back(rowOf(42, "ben", true));
          ben.rows.push_back(rowOf(42, "ann", false));
          ben.notified["m42"] = 1;
      } },
    { "two messages stand the other way round", "I5",
      [](auto &, auto &ben, auto &) { std::swap(ben.rows[2], ben.rows[3]); } },
    { "MU6 one number for two messages", "I5",
      [](auto &ann, auto &ben, auto &) { ann.rows[2].sid = ben.rows[2].sid = firstSid; } },
    { "both ends know another time", "I5", [](auto &, auto &ben, auto &) { *ben.rows[9].server += 10 * minute; } },
    { "an answer stands before the question", "I6", [](auto &, auto &ben, auto &) { ben.rows[4].reply = "m7"; } },
    { "the sender is never told", "I7", [](auto &ann, auto &, auto &) { ann.rows[4].state = 2; } },
    { "MU5 delivered, and not there", "I7", [](auto &, auto &ben, auto &) { ben.rows.erase(ben.rows.begin() + 6); } },
    { "read by nobody", "I7", [](auto &ann, auto &, auto &) { ann.rows[4].state = 4; } },
    { "MU11 a state goes back", "I7",
      [](auto &ann, auto &, auto &) {
          ann.statuses["m4"] = { 2, 3, 2 };
      } },
    { "a state that was reached is gone", "I7",
      [](auto &ann, auto &, auto &) {
          ann.statuses["m4"] = { 2, 3, 4 };
      } },
    { "a queue keeps a row", "I9", [](auto &, auto &, auto &world) { world.queuedRows = 1; } },
    { "nobody looked at the store", "I9", [](auto &, auto &, auto &world) { world.known = false; } },
    { "MU8 a message cannot be opened", "I10", [](auto &, auto &ben, auto &) { ben.rows[2].kind = "undecryptable"; } },
    { "MU4 a key seals two ciphertexts", "I10", [](auto &, auto &, auto &world) { world.reusedKeys = 1; } },
    { "a prekey begins two sessions", "I10", [](auto &, auto &, auto &world) { world.sharedPreKeys = 1; } },
    { "descriptors leak", "I12", [](auto &, auto &, auto &world) { world.openFilesAfter = 500; } },
    { "memory leaks", "I12", [](auto &, auto &, auto &world) { world.residentBytes = 2'000'000'000; } },
    { "a log is never emptied", "I12", [](auto &ann, auto &, auto &) { ann.walBytes = 100'000'000; } },
    { "a text lies open in the store", "I12", [](auto &, auto &, auto &world) { world.plaintextIn << "000012.sst"; } },
};

} // namespace

/// A checker that cannot fail is worthless: each invariant has histories that break it, and one sound one.
class TestChaosChecker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSoundHistoryHolds()
    {
        const auto verdict = check(sound());
        QVERIFY2(verdict.holds(), verdict.holds() ? "" : qPrintable(verdict.violations.front().what));
        QCOMPARE(verdict.accepted, 10);
        QCOMPARE(verdict.delivered, 10);
    }

    void aBrokenOneDoesNot_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < std::size(mutations); ++i)
            QTest::addRow("%s", mutations[i].name) << static_cast<int>(i);
    }
    void aBrokenOneDoesNot()
    {
        QFETCH(int, number);
        auto history = sound();
        mutations[number].apply(history.people["ann"], history.people["ben"], history.world);
        const auto verdict = check(history);
        QVERIFY(std::ranges::any_of(verdict.violations, [&](const Violation &violation) {
            return violation.invariant == mutations[number].invariant;
        }));
    }

    /// Groups do not exist yet, and nothing can break I8 and I11.
    void everyInvariantCanFail()
    {
        std::set<QString> broken;
        for (const auto &mutation : mutations)
            broken.insert(mutation.invariant);
        for (int number = 1; number <= 12; ++number) {
            if (number != 8 && number != 11)
                QVERIFY2(broken.contains(QStringLiteral("I%1").arg(number)), qPrintable(QString::number(number)));
        }
    }
};

QTEST_GUILESS_MAIN(TestChaosChecker)
#include "tst_chaos_checker.moc"
