// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/error_text.h"

#include <QCoreApplication>

namespace kith::gui {

namespace {

using rpc::ErrorCode;

/// Names the context of these texts, for the translation tools too.
struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(kith::gui::ErrorText)
};

QString seconds(const rpc::RpcError &error)
{
    const auto ms = error.retryAfter.value_or(std::chrono::milliseconds { 0 }).count();
    return ms > 0 ? ErrorText::tr("Try again in %n seconds.", nullptr, static_cast<int>((ms + 999) / 1000))
                  : ErrorText::tr("Try again in a moment.");
}

/// Ours, where the agent's own words would not help somebody who looks at a window. Empty: take the agent's.
QString known(const rpc::RpcError &error)
{
    switch (error.code) {
    case ErrorCode::network:
        return ErrorText::tr("The server cannot be reached. Check its address and your network.");
    case ErrorCode::untrustedIdentity:
        return ErrorText::tr("The safety number has changed. Compare it before you go on.");
    case ErrorCode::rateLimited:
        return ErrorText::tr("That was too often.") + u' ' + seconds(error);
    case ErrorCode::queueFull:
        return ErrorText::tr("The other side has not fetched its messages for long, and its queue is full.") + u' '
            + seconds(error);
    case ErrorCode::outboxFull:
        return ErrorText::tr("Too many messages wait to be sent. Wait until some have left.");
    case ErrorCode::stopping:
        return ErrorText::tr("Kith's background service is not running. It is being started again.");
    case ErrorCode::timeout:
        return ErrorText::tr("There was no answer in time. Try again.");
    case ErrorCode::blocked:
        return ErrorText::tr("This person is blocked, or has blocked you.");
    case ErrorCode::tooLarge:
        return ErrorText::tr("This is too long to be sent. Shorten it, or send it in parts.");
    case ErrorCode::storeFull:
        return ErrorText::tr("The disk is full. Free some space, then try again.");
    case ErrorCode::storeDamaged:
        return ErrorText::tr("Your messages cannot be read. Nothing was deleted.");
    case ErrorCode::locked:
        return ErrorText::tr("Kith is locked. Unlock it first.");
    case ErrorCode::updateNeeded:
        return ErrorText::tr("This version is too old for the server. Update Kith.");
    case ErrorCode::signedOut:
    case ErrorCode::deviceRemoved:
        return ErrorText::tr("This device is signed out of the account.");
    default:
        return {};
    }
}

} // namespace

QString errorText(const rpc::RpcError &error)
{
    if (const QString text = known(error); !text.isEmpty())
        return text;
    QString text = error.message.left(300);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    if (!text.endsWith(u'.'))
        text.append(u'.');
    return text;
}

QString failedText(const QString &reason)
{
    const auto code = rpc::errorCodeNamed(reason);
    if (code) {
        if (const QString text = known(rpc::RpcError { *code, reason }); !text.isEmpty())
            return text;
    }
    if (reason == u"expired")
        return ErrorText::tr("It waited too long at the server and was not fetched.");
    return ErrorText::tr("It could not be sent.");
}

} // namespace kith::gui
