// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/conversation.h"

#include <QJsonArray>
#include <QSet>

namespace kith::e2e {

namespace {

constexpr int openCalls = 16;
constexpr int longest = 8 * 1024;

QString randomText(SeededRandom &random, int index)
{
    static const QStringList alphabets {
        "abcdefghijklmnopqrstuvwxyz ABC 0123456789 .,;:!?\n",
        "😀👩‍👩‍👧‍👦🏳️‍🌈🇩🇪✊🏿❤️‍🔥",
        "שלום עולם مرحبا بالعالم ",
        QString("\x01\x02\x7f\t\r\n\x1b[31m\\\"%s{}</x>") + QChar(0x85) + QChar(0x202e),
        "MZ\xc2\x90PK\x03\x04ELF0x00ff==",
        "漢字かな한글ﷺ𝔘",
    };
    const QString tag = QString::number(index, 36) + ':';
    const QString &alphabet = alphabets[static_cast<int>(random.below(static_cast<std::uint64_t>(alphabets.size())))];
    const int wanted = random.below(20) == 0 ? longest : static_cast<int>(random.below(300));
    QString text = tag;
    while (text.toUtf8().size() + alphabet.toUtf8().size() < wanted) {
        const int at = static_cast<int>(random.below(static_cast<std::uint64_t>(alphabet.size())));
        text += alphabet.mid(alphabet[at].isLowSurrogate() ? at - 1 : at);
    }
    return text;
}

} // namespace

QStringList randomTexts(std::uint64_t seed, int count)
{
    SeededRandom random(seed);
    QStringList texts;
    for (int i = 0; i < count; ++i)
        texts << randomText(random, i);
    if (count > 2) {
        texts[1] = "1"; // one byte
        texts[2] = QString(longest, 'x');
    }
    return texts;
}

bool introduce(Person &mei, Person &bob)
{
    const auto step = [](const char *what, const Outcome &outcome) {
        if (outcome.exit != 0)
            qWarning() << what << "gave" << outcome.exit << outcome.err;
        return outcome.exit == 0;
    };
    return step("first message", mei.kith({ "send", "-t", bob.address(), "hello, it is " + mei.name() }))
        && eventually([&] {
               return bob.kith({ "request", "list", "--json" }).out.contains(mei.name().toUtf8());
           })
        && step("accept", bob.kith({ "request", "accept", mei.address() }))
        && step("answer", bob.kith({ "send", "-t", mei.address(), "--wait", "delivered", "hello back" }));
}

Sender::Sender(Person &from, QString to, QStringList texts, QString keyPrefix)
    : from_(from)
    , to_(std::move(to))
    , texts_(std::move(texts))
    , keyPrefix_(std::move(keyPrefix))
    , done_(static_cast<std::size_t>(texts_.size()), false)
{
}

void Sender::call(int index)
{
    open_[index] = true;
    const QJsonObject params { { "to", QJsonArray { to_ } },
                               { "text", texts_[index] },
                               { "key", keyPrefix_ + QString::number(index) } };
    client_->call("send", params, milliseconds { 60'000 })
        .then(&context_, [this, index](const rpc::RpcResult<QJsonValue> &result) {
            open_.erase(index);
            const auto at = static_cast<std::size_t>(index);
            if (result) {
                answered_ += done_[at] ? 0 : 1;
                done_[at] = true;
            } else if (result.error().code != rpc::ErrorCode::stopping) {
                failures_ << result.error().message;
            }
        });
}

bool Sender::advance()
{
    if (answered_ == texts_.size() || !failures_.isEmpty())
        return true;
    if (!client_ || !client_->isOpen()) {
        client_ = from_.link();
        next_ = 0; // everything unanswered again, in order, with the same keys
        while (next_ < texts_.size() && done_[static_cast<std::size_t>(next_)])
            ++next_;
    }
    for (; client_ && static_cast<int>(open_.size()) < openCalls && next_ < texts_.size(); ++next_)
        if (!done_[static_cast<std::size_t>(next_)] && !open_.contains(next_))
            call(next_);
    return false;
}

std::vector<QJsonObject> history(Person &person, const QString &peer)
{
    std::vector<QJsonObject> newestFirst;
    QString before;
    for (;;) {
        QJsonObject params { { "chat", peer }, { "limit", 200 } };
        if (!before.isEmpty())
            params["before"] = before;
        const auto page = person.call("messages.list", params);
        if (!page) {
            qWarning() << "history failed:" << page.error().message;
            return {};
        }
        const auto items = page->toObject()["items"].toArray(); // oldest first within a page
        for (auto i = items.size() - 1; i >= 0; --i)
            newestFirst.push_back(items[i].toObject());
        if (!page->toObject()["more"].toBool() || items.isEmpty())
            break;
        before = items.first().toObject()["mid"].toString();
    }
    return { newestFirst.rbegin(), newestFirst.rend() };
}

QStringList textsOf(const std::vector<QJsonObject> &messages, bool own)
{
    QStringList texts;
    for (const auto &message : messages)
        if (message["from"].toObject()["me"].toBool() == own && message["kind"].toString() == "text")
            texts << message["text"].toString();
    return texts;
}

} // namespace kith::e2e
