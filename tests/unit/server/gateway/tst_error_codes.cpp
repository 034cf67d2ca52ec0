// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security ERR1-ERR14, S13
#include "tests/support/gateway/test_server.h"

#include <QtTest>

#include <functional>
#include <map>

using namespace kith;
using namespace kith::support;
using Code = wire::ErrorCode;

/// Every code of the protocol's table, as a client gets it.
class ErrorCodesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeIsProvoked_data();
    void everyCodeIsProvoked();

private:
    static const std::map<Code, std::function<Code()>> &provocations();
    static Code mismatch(std::uint64_t listVersion, std::vector<wire::DeviceCiphertext> ciphertexts);
};

/// A send whose devices do not fit: DeviceMismatch is how ERR5 and ERR6 travel.
Code ErrorCodesTest::mismatch(std::uint64_t listVersion, std::vector<wire::DeviceCiphertext> ciphertexts)
{
    TestServer server;
    const auto mei = server.account("mei"), bob = server.account("bob");
    auto client = server.joins(mei), recipient = server.joins(bob);
    const auto answer = client->ask<wire::DeviceMismatch>(
        wire::SendMessage { midOf(1), { { bob.id(), listVersion, std::move(ciphertexts) } }, 1 });
    if (!answer || answer->accounts.size() != 1)
        return Code::unknown;
    const auto &account = answer->accounts.front();
    if (!account.stale.empty())
        return Code::staleDevices;
    return account.missing.empty() && account.extra.empty() ? Code::unknown : Code::mismatchedDevices;
}

const std::map<Code, std::function<Code()>> &ErrorCodesTest::provocations()
{
    using enum Code;
    static const auto joined = [](TestServer &server) { return server.joins(server.account("mei")); };
    static const std::map<Code, std::function<Code()>> all {
        { invalid,
          [] {
              TestServer s;
              return joined(s)->refusal(wire::Hello {});
          } },
        { unauthenticated,
          [] {
              TestServer s;
              auto c = s.connects();
              c->hello();
              return c->refusal(wire::Heartbeat {});
          } },
        { forbidden,
          [] {
              TestServer s({ .mode = wire::RegistrationMode::closed });
              auto c = s.connects();
              c->hello();
              return c->refusal(s.account("mei").registration(c->serverId, c->challenge));
          } },
        { notFound,
          [] {
              TestServer s;
              return joined(s)->refusal(wire::Lookup { "nobody" });
          } },
        { mismatchedDevices,
          [] {
              return mismatch(1, { { 2, wire::CiphertextType::message, "sealed" } });
          } },
        { staleDevices,
          [] {
              return mismatch(7, { { 1, wire::CiphertextType::message, "sealed" } });
          } },
        { rate,
          [] {
              TestServer s({ .rateFactor = 1 });
              auto c = joined(s);
              for (int i = 0; i < 60; ++i)
                  c->send(wire::Lookup { "nobody" });
              return c->refusal(wire::Lookup { "nobody" });
          } },
        { queueFull,
          [] {
              TestServer s({ .queues = { .limits = { .messages = 1 } } });
              const auto bob = s.account("bob");
              auto recipient = s.joins(bob), c = joined(s);
              c->send(message(midOf(1), { &bob }));
              return c->refusal(message(midOf(2), { &bob }));
          } },
        { tooLarge,
          [] {
              TestServer s;
              const auto bob = s.account("bob");
              auto recipient = s.joins(bob), c = joined(s);
              return c->refusal(message(midOf(1), { &bob }, QByteArray(96 * 1024 + 1, 'x')));
          } },
        { conflict,
          [] {
              TestServer s;
              auto first = joined(s), c = s.connects();
              c->hello();
              return c->refusal(s.account("mei").registration(c->serverId, c->challenge));
          } },
        { unavailable,
          [] {
              TestServer s;
              const auto bob = s.account("bob");
              auto recipient = s.joins(bob), c = joined(s);
              s.store.accepting = Error { kith::ErrorCode::io, "disk" };
              return c->refusal(message(midOf(1), { &bob }));
          } },
        { internal,
          [] {
              TestServer s;
              const auto bob = s.account("bob");
              auto recipient = s.joins(bob), c = joined(s);
              s.store.accepting = Error { kith::ErrorCode::corrupt, "row" };
              return c->refusal(message(midOf(1), { &bob }));
          } },
    };
    return all;
}

void ErrorCodesTest::everyCodeIsProvoked_data()
{
    QTest::addColumn<int>("code");
    for (int code = 1; code <= 14; ++code)
        QTest::newRow(wire::toString(static_cast<Code>(code))) << code;
}

void ErrorCodesTest::everyCodeIsProvoked()
{
    QFETCH(int, code);
    const auto wanted = static_cast<Code>(code);
    const auto provoke = provocations().find(wanted);
    if (wanted == Code::quota || wanted == Code::epoch) { // belong to media and groups, which this server has not
        QVERIFY2(provoke == provocations().end(), "it can be provoked now: it needs a row");
        return;
    }
    QVERIFY2(provoke != provocations().end(), "a code without a way to get it");
    QCOMPARE(provoke->second(), wanted);
}

QTEST_GUILESS_MAIN(ErrorCodesTest)
#include "tst_error_codes.moc"
