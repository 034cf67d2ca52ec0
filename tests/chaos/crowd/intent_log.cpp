// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/crowd/intent_log.h"

#include "common/base/random.h"
#include "tests/chaos/crowd/people.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace kith::chaos {

IntentLog::~IntentLog()
{
    if (fd_ >= 0)
        ::close(fd_);
}

bool IntentLog::open()
{
    QFile file(path_);
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd()) {
            const auto line = QJsonDocument::fromJson(file.readLine()).object();
            const auto done = line["answered"].toString(line["refused"].toString());
            if (!done.isEmpty())
                std::erase_if(unanswered_, [&](const Intent &intent) { return intent.key == done; });
            if (!line.contains("intent"))
                continue;
            ++count_;
            Intent intent { line["intent"].toString(), {}, line["reply"].toString() };
            for (const auto &name : line["to"].toArray())
                intent.to << name.toString();
            unanswered_.push_back(std::move(intent));
        }
    }
    fd_ = ::open(qPrintable(path_), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return fd_ >= 0;
}

void IntentLog::intend(const Intent &intent)
{
    ++count_;
    QJsonObject line { { "intent", intent.key },
                       { "to", QJsonArray::fromStringList(intent.to) },
                       { "sha", digestOf(textOf(intent.key)) } };
    if (!intent.replyTo.isEmpty())
        line.insert("reply", intent.replyTo);
    append(line, true);
}

void IntentLog::answered(const QString &key, const QJsonObject &mids)
{
    append({ { "answered", key }, { "mids", mids } }, false);
}

void IntentLog::refused(const QString &key, const QString &reason)
{
    append({ { "refused", key }, { "reason", reason } }, false);
}

/// One write, so that a killed process leaves whole lines.
void IntentLog::append(const QJsonObject &line, bool sync)
{
    const auto bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    if (::write(fd_, bytes.constData(), static_cast<std::size_t>(bytes.size())) != bytes.size()
        || (sync && ::fdatasync(fd_) != 0))
        qFatal("the intent log cannot be written");
}

QString textOf(const QString &key)
{
    const auto digest = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256);
    SeededRandom random(digest.left(15).toHex().left(15).toULongLong(nullptr, 16));
    static const QString alphabet = QStringLiteral("abcdefghij KLMNOP 0123456789 .,!? äöü 漢字 مرحبا \n");
    const auto length = random.below(20) == 0 ? random.below(3'000) : random.below(160);
    QString text = key + ' ' + plaintextMarker + ' ';
    for (std::uint64_t i = 0; i < length; ++i)
        text += alphabet[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(alphabet.size())))];
    return text;
}

QString digestOf(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace kith::chaos
