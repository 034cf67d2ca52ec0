// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/limits.h"
#include "tests/unit/common/wire/samples.h"

#include <QTest>

#include <functional>
#include <set>

using namespace kith;
using namespace kith::wire;
using namespace kith::wire::samples;

namespace {

Content sample(const char *name)
{
    for (const auto &[known, content] : contents()) {
        if (known == name)
            return content;
    }
    return {};
}

template <class Change>
void row(const char *name, const char *base, kith::ErrorCode code, Change change)
{
    auto content = sample(base);
    change(content);
    QTest::newRow(name) << encode(content) << static_cast<int>(code);
}

constexpr auto invalid = kith::ErrorCode::invalid;
constexpr auto tooLarge = kith::ErrorCode::tooLarge;

void headerRows()
{
    const auto *base = "content_reply";
    row("version 0", base, invalid, [](Content &c) { c.version = 0; });
    row("null sender", base, invalid, [](Content &c) { c.header.sender.account = {}; });
    row("sender device 0", base, invalid, [](Content &c) { c.header.sender.number = 0; });
    row("null recipient", base, invalid, [](Content &c) { c.header.recipient = {}; });
    row("pair out of order", base, invalid, [](Content &c) { std::swap(c.header.chat.low, c.header.chat.high); });
    row("half a pair", base, invalid, [](Content &c) { c.header.chat.low = {}; });
    row("null mid", base, invalid, [](Content &c) { c.header.mid = {}; });
    row("time beyond 9999", base, invalid, [](Content &c) { c.header.clientTime = fromMs(253'402'300'800'000); });
    row("a text without number", base, invalid, [](Content &c) { c.header.n.reset(); });
    row("number 0", base, invalid, [](Content &c) { c.header.n = 0; });
    row("number of 64 bits", base, invalid, [](Content &c) { c.header.n = UINT64_MAX; });
    row("first content with a hash before", base, invalid, [](Content &c) { c.header.n = 1; });
    row("numbered receipt", "content_receipt", invalid, [](Content &c) { c.header.n = 2; });
    row("receipt with a hash before", "content_receipt", invalid, [](Content &c) { c.header.previous = hash(1); });
    row("voided number 0", base, invalid, [](Content &c) { c.header.voided = { 0 }; });
    row("65 voided numbers", base, tooLarge, [](Content &c) { c.header.voided.assign(65, 1); });
    row("short profile key", base, invalid, [](Content &c) { c.profileKey->chop(1); });
    row("long ephemeral key", base, invalid, [](Content &c) { *c.ephemeralKey += 'x'; });
    row("received_through device 0", base, invalid, [](Content &c) { c.receivedThrough[0].device = 0; });
    row("65 received_through", base, tooLarge, [](Content &c) { c.receivedThrough.resize(65, { 1, 1 }); });
}

void bodyRows()
{
    row("empty text", "content_text", invalid, [](Content &c) { c.body = Text {}; });
    row("text of 8 KiB and one byte", "content_text", tooLarge, [](Content &c) {
        c.body = Text { std::string(8 * 1024 + 1, 't'), {} };
    });
    row("overlong UTF-8", "content_text", invalid, [](Content &c) { c.body = Text { "\xC0\xAF", {} }; });
    row("NUL in a text", "content_text", invalid, [](Content &c) { c.body = Text { std::string(1, '\0'), {} }; });
    row("reply to nothing", "content_text", invalid, [](Content &c) { c.body = Text { "t", Mid {} }; });
    const auto quoting = [](Quote quote) { return Text { "t", mid(1), std::move(quote) }; };
    row("quote of nothing", "content_quote", invalid, [](Content &c) { std::get<Text>(c.body).replyTo.reset(); });
    row("quote of nobody", "content_quote", invalid, [&](Content &c) { c.body = quoting({ {}, "q" }); });
    row("quote of 257 bytes", "content_quote", tooLarge,
        [&](Content &c) { std::get<Text>(c.body).quote->text = std::string(257, 'q'); });
    row("overlong UTF-8 in a quote", "content_quote", invalid,
        [&](Content &c) { std::get<Text>(c.body).quote->text = "\xC0\xAF"; });
    row("empty receipt", "content_receipt", invalid, [](Content &c) { std::get<Receipt>(c.body).entries.clear(); });
    row("unknown receipt kind", "content_receipt", invalid,
        [](Content &c) { std::get<Receipt>(c.body).kind = ReceiptKind { 3 }; });
    row("receipt without sid", "content_receipt", invalid,
        [](Content &c) { std::get<Receipt>(c.body).entries[0].sid = {}; });
    row("receipt of nothing", "content_receipt", invalid,
        [](Content &c) { std::get<Receipt>(c.body).entries[0].mid = {}; });
    row("257 receipts", "content_receipt", tooLarge, [](Content &c) {
        auto &entries = std::get<Receipt>(c.body).entries;
        entries.resize(257, entries[0]);
    });
    row("empty retry", "content_retry_request", invalid, [](Content &c) { c.body = RetryRequest {}; });
    row("65 retries", "content_retry_request", tooLarge,
        [](Content &c) { c.body = RetryRequest { std::vector<Mid>(65, mid(1)) }; });
    row("resend from 0", "content_resend_request", invalid, [](Content &c) { c.body = ResendRequest { 0, 2 }; });
    row("resend backwards", "content_resend_request", invalid, [](Content &c) { c.body = ResendRequest { 3, 2 }; });
    row("1,001 resends", "content_resend_request", tooLarge, [](Content &c) { c.body = ResendRequest { 1, 1'001 }; });
    row("empty resent", "content_resent", invalid, [](Content &c) { c.body = Resent {}; });
    row("no void numbers", "content_void_numbers", invalid, [](Content &c) { c.body = VoidNumbers {}; });
    row("void number 0", "content_void_numbers", invalid, [](Content &c) { c.body = VoidNumbers { { 0 } }; });
    row("1,001 void numbers", "content_void_numbers", tooLarge,
        [](Content &c) { c.body = VoidNumbers { std::vector<std::uint64_t>(1'001, 1) }; });
}

} // namespace

// covers: security S13, C17, LIM2, LIM14
class TestContent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyContentComesBackEqual()
    {
        std::set<std::size_t> kinds;
        for (const auto &[name, content] : contents()) {
            const auto decoded = decodeContent(encode(content));
            QVERIFY2(decoded.ok(), (name + ": " + (decoded ? "" : decoded.error().detail)).c_str());
            QVERIFY2(*decoded == content, name.c_str());
            kinds.insert(content.body.index());
        }
        QCOMPARE(kinds.size(), std::variant_size_v<ContentBody> - 1); // all but UnknownBody
    }

    void refusesWithTheCode_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        headerRows();
        bodyRows();
        QTest::newRow("96 KiB and one byte") << QByteArray(limits::contentBytes + 1, 'c') << static_cast<int>(tooLarge);
        QTest::newRow("nothing") << QByteArray() << static_cast<int>(invalid);
    }
    void refusesWithTheCode()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto decoded = decodeContent(bytes);
        QVERIFY(!decoded.ok());
        QCOMPARE(static_cast<int>(decoded.error().code), code);
    }

    void aBodyOfANewerVersionIsKeptAsUnknown()
    {
        auto content = sample("content_keep_alive");
        auto bytes = encode(content);
        bytes.chop(3); // the empty KeepAlive: two bytes of tag, one of length
        QVERIFY(!decodeContent(bytes).ok()); // no body at all
        const auto decoded = decodeContent(bytes + QByteArray("\xF2\x05\x02\x08\x01", 5)); // field 94
        QVERIFY(decoded.ok());
        QVERIFY(std::holds_alternative<UnknownBody>(decoded->body));
        QCOMPARE(decoded->header, content.header);
    }

    void aNewerContentVersionKeepsItsHeader()
    {
        auto content = sample("content_text");
        content.version = 2;
        const auto decoded = decodeContent(encode(content));
        QVERIFY(decoded.ok());
        QVERIFY(std::holds_alternative<UnknownBody>(decoded->body));
        QCOMPARE(decoded->header, content.header);
    }

    void twoBodiesAreRefused()
    {
        const auto bytes = encode(sample("content_text"));
        QVERIFY(!decodeContent(bytes + QByteArray("\xB2\x01\x00", 3)).ok()); // and a KeepAlive
    }

    void everyContentCutAnywhereIsRefused()
    {
        for (const auto &[name, content] : contents()) {
            const auto bytes = encode(content);
            for (qsizetype size = 0; size < bytes.size(); ++size)
                QVERIFY2(!decodeContent(bytes.left(size)).ok(),
                         qPrintable(QString("%1 %2").arg(name.c_str()).arg(size)));
        }
    }

    void onlyTextIsCounted()
    {
        for (const auto &[name, content] : contents())
            QCOMPARE(isCounted(content.body), std::holds_alternative<Text>(content.body));
    }

    void pairIsTheSameFromBothSides()
    {
        QCOMPARE(PairChat::of(account(1), account(2)), PairChat::of(account(2), account(1)));
        QCOMPARE(PairChat::of(account(2), account(1)).low, account(1));
    }

    void profilesAreChecked()
    {
        QCOMPARE(*decodeProfile(encode(profile())), profile());
        QVERIFY(decodeProfile({}).ok());
        auto bad = profile();
        bad.displayName = std::string(129, 'n');
        QCOMPARE(decodeProfile(encode(bad)).error().code, tooLarge);
        bad = profile();
        bad.about = std::string(513, 'a');
        QCOMPARE(decodeProfile(encode(bad)).error().code, tooLarge);
        bad = profile();
        bad.avatar = QByteArray(64 * 1024 + 1, 'i');
        QCOMPARE(decodeProfile(encode(bad)).error().code, tooLarge);
        bad = profile();
        bad.displayName = "\xF5";
        QCOMPARE(decodeProfile(encode(bad)).error().code, invalid);
    }
};

QTEST_GUILESS_MAIN(TestContent)
#include "tst_content.moc"
