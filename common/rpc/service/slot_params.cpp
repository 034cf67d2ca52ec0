// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/slot_params.h"

#include "common/rpc/service/recovery_key.h"

#include <QDir>
#include <QFile>

namespace kith::rpc::service {

namespace {

void wipeText(QString &text)
{
    auto *data = reinterpret_cast<std::uint8_t *>(text.data());
    wipe({ data, static_cast<std::size_t>(text.size()) * sizeof(QChar) });
}

void wipeBytes(QByteArray &bytes)
{
    wipe({ reinterpret_cast<std::uint8_t *>(bytes.data()), static_cast<std::size_t>(bytes.size()) });
}

SecretBytes secretOf(const QJsonObject &params)
{
    QString text = params.value(u"secret").toString();
    QByteArray utf8 = text.toUtf8();
    SecretBytes secret(viewOf(utf8));
    wipeBytes(utf8);
    wipeText(text);
    return secret;
}

} // namespace

const char *toString(crypto::SlotKind kind)
{
    switch (kind) {
    case crypto::SlotKind::passphrase:
        return "passphrase";
    case crypto::SlotKind::keyFile:
        return "keyFile";
    case crypto::SlotKind::keyring:
        return "keyring";
    case crypto::SlotKind::recovery:
        return "recovery";
    }
    return "keyring";
}

RpcResult<crypto::SlotKind> slotKindOf(const QString &name)
{
    for (const auto kind : { crypto::SlotKind::passphrase, crypto::SlotKind::keyFile, crypto::SlotKind::keyring,
                             crypto::SlotKind::recovery }) {
        if (name == QLatin1StringView(toString(kind)))
            return kind;
    }
    return RpcError { ErrorCode::notFound, QStringLiteral("there is no slot of that kind") };
}

QJsonObject slotDocument(const crypto::KeySlots::Slot &slot)
{
    const QString kind = QString::fromLatin1(toString(slot.kind));
    QJsonObject result { { QStringLiteral("schema"), 1 },
                         { QStringLiteral("id"), kind }, // there is one of each kind
                         { QStringLiteral("kind"), kind } };
    if (slot.kind == crypto::SlotKind::keyFile)
        result.insert(QStringLiteral("path"), QString::fromStdString(slot.hint));
    return result;
}

RpcResult<client::SlotSecret> slotOf(const QJsonObject &params, const char *kindMember)
{
    KITH_TRY(const auto kind, slotKindOf(params.value(QLatin1StringView(kindMember)).toString()));
    client::SlotSecret slot;
    slot.kind = kind;
    const QString path = params.value(u"path").toString();
    if (!path.isEmpty() && !QDir::isAbsolutePath(path))
        return RpcError { ErrorCode::invalidParams, QStringLiteral("the path of the key file must be absolute") };
    slot.path = QFile::encodeName(path).toStdString();
    if (kind == crypto::SlotKind::passphrase || kind == crypto::SlotKind::recovery) {
        slot.secret = secretOf(params);
        if (slot.secret.isEmpty())
            return RpcError { ErrorCode::invalidParams, QStringLiteral("the secret is missing") };
    }
    if (kind == crypto::SlotKind::recovery) {
        auto key = readRecoveryKey(slot.secret);
        if (!key)
            return RpcError { ErrorCode::invalidParams, QString::fromStdString(key.error().detail) };
        slot.secret = std::move(*key);
    }
    return slot;
}

} // namespace kith::rpc::service
