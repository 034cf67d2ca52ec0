// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/commands.h"
#include "client-cli/qr_text.h"
#include "client-cli/session.h"

namespace kith::cli {

namespace {

QJsonObject userOf(const Arguments &arguments)
{
    return { { QStringLiteral("user"), arguments.value("USER") } };
}

/// 60 digits as people read them to each other: 12 blocks of 5, 4 a line.
QString blocks(const QString &digits)
{
    QString text;
    for (qsizetype i = 0; i < digits.size(); i += 5)
        text += (i == 0 ? QString() : i % 20 == 0 ? QStringLiteral("\n") : QStringLiteral(" ")) + digits.mid(i, 5);
    return text;
}

int runShow(Session &session, const Arguments &arguments)
{
    const auto number = session.call("safety.show", userOf(arguments));
    if (!number)
        return session.fail(number.error());
    session.out().sentence(*number,
                           QStringLiteral("%1\n%2: %3")
                               .arg(blocks(number->value(u"digits").toString()), number->value(u"user").toString(),
                                    number->value(u"state").toString()));
    const bool forPeople = session.out().format() == Format::table && session.out().isTerminal();
    if (!session.out().isJson() && (forPeople || arguments.has("qr")))
        session.out().text(
            qrText(QByteArray::fromBase64(number->value(u"qr").toString().toLatin1(), QByteArray::Base64UrlEncoding),
                   session.out().isColoured()));
    return 0;
}

QString trustSentence(const QJsonObject &trust)
{
    return QStringLiteral("%1: %2").arg(trust.value(u"user").toString(), trust.value(u"state").toString());
}

int runVerify(Session &session, const Arguments &arguments)
{
    QJsonObject params = userOf(arguments);
    QString digits = arguments.values("DIGITS").join(QString());
    digits.remove(u' ').remove(u'\n');
    if (!digits.isEmpty())
        params.insert(QStringLiteral("digits"), digits);
    return session.showSentence("safety.verify", params, trustSentence);
}

int runReset(Session &session, const Arguments &arguments)
{
    return session.showSentence("safety.reset", userOf(arguments), trustSentence);
}

} // namespace

std::vector<Command> safetyCommands()
{
    const Word user { "USER", "whose key", Complete::user };
    return {
        { "safety show",
          "the safety number with somebody",
          Agent::existing,
          runShow,
          { user },
          { { "--qr", nullptr, "with the code to scan, also where no terminal shows it" } },
          "safety show @mei" },
        { "safety verify",
          "mark somebody as verified",
          Agent::existing,
          runVerify,
          { user, { "DIGITS", "the number they read to you; it must be yours", Complete::nothing, false, true } },
          {},
          "safety verify @mei\nsafety verify @mei 12345 67890 ..." },
        { "safety reset", "accept a changed key, or forget a verification", Agent::existing, runReset, { user } },
    };
}

} // namespace kith::cli
