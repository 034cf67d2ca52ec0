// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One device of ours behind a pipe: a JSON object per line in, one per line out. The other side is the Rust library.
#include "common/crypto/safety_number.h"
#include "tests/support/crypto/test_party.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

using namespace kith;
using namespace kith::crypto;

namespace {

QByteArray bytesOf(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

class Driver {
public:
    QJsonObject answer(const QJsonObject &request);

private:
    QJsonObject bundle(const QJsonObject &request) const;
    QJsonObject establish(const QJsonObject &request);
    QJsonObject encrypt(const QJsonObject &request);
    QJsonObject decrypt(const QJsonObject &request);
    static QJsonObject safetyNumberOf(const QJsonObject &request);
    static QJsonObject failure(const Error &error);

    SystemRandom random_;
    std::unique_ptr<TestParty> party_;
    const DeviceId peer_ { testAccount('r'), 1 };
};

QJsonObject Driver::failure(const Error &error)
{
    return { { QStringLiteral("error"), QString::fromStdString(error.detail) } };
}

QJsonObject Driver::bundle(const QJsonObject &request) const
{
    const auto made = party_->bundle(static_cast<std::uint32_t>(request.value(u"oneTimeId").toInt()));
    QJsonObject reply { { QStringLiteral("registrationId"), static_cast<int>(made.registrationId) },
                        { QStringLiteral("identityKey"), text(made.identityKey) },
                        { QStringLiteral("signedPreKeyId"), static_cast<int>(made.signedPreKeyId) },
                        { QStringLiteral("signedPreKey"), text(made.signedPreKey) },
                        { QStringLiteral("signature"), text(made.signedPreKeySignature) } };
    if (made.oneTimeKey) {
        reply[u"oneTimeId"] = static_cast<int>(made.oneTimeKey->id);
        reply[u"oneTimeKey"] = text(made.oneTimeKey->publicKey);
    }
    return reply;
}

QJsonObject Driver::establish(const QJsonObject &request)
{
    PreKeyBundle bundle { peer_,
                          static_cast<std::uint32_t>(request.value(u"registrationId").toInt()),
                          bytesOf(request.value(u"identityKey")),
                          static_cast<std::uint32_t>(request.value(u"signedPreKeyId").toInt()),
                          bytesOf(request.value(u"signedPreKey")),
                          bytesOf(request.value(u"signature")),
                          std::nullopt };
    if (request.contains(u"oneTimeId"))
        bundle.oneTimeKey = { static_cast<std::uint32_t>(request.value(u"oneTimeId").toInt()),
                              bytesOf(request.value(u"oneTimeKey")) };
    const auto done = party_->sessions->establish(bundle, bundle.identityKey);
    return done ? QJsonObject() : failure(done.error());
}

QJsonObject Driver::encrypt(const QJsonObject &request)
{
    const auto sent = party_->sessions->encrypt(peer_, viewOf(bytesOf(request.value(u"text"))));
    if (!sent)
        return failure(sent.error());
    return { { QStringLiteral("type"), static_cast<int>(sent->type) }, { QStringLiteral("bytes"), text(sent->bytes) } };
}

QJsonObject Driver::decrypt(const QJsonObject &request)
{
    const Ciphertext ciphertext { static_cast<CiphertextType>(request.value(u"type").toInt()),
                                  bytesOf(request.value(u"bytes")) };
    QByteArray opened;
    const auto done =
        party_->sessions->decrypt(peer_, ciphertext, bytesOf(request.value(u"identityKey")), [&](ByteView plaintext) {
            opened = toByteArray(plaintext);
            return Result<void>();
        });
    return done ? QJsonObject { { QStringLiteral("text"), text(opened) } } : failure(done.error());
}

QJsonObject Driver::safetyNumberOf(const QJsonObject &request)
{
    const auto self = AccountId::from(bytesOf(request.value(u"self")));
    const auto other = AccountId::from(bytesOf(request.value(u"other")));
    const auto selfKey = Ed25519PublicKey::from(bytesOf(request.value(u"selfKey")));
    const auto otherKey = Ed25519PublicKey::from(bytesOf(request.value(u"otherKey")));
    if (!self || !other || !selfKey || !otherKey)
        return failure({ ErrorCode::invalid, "bad request" });
    const auto number = safetyNumber(*self, *selfKey, *other, *otherKey);
    if (!number)
        return failure(number.error());
    return { { QStringLiteral("digits"), QString::fromStdString(number->digits) },
             { QStringLiteral("scannable"), text(number->scannable) } };
}

QJsonObject Driver::answer(const QJsonObject &request)
{
    const auto op = request.value(u"op").toString();
    if (op == QLatin1String("new")) {
        party_ = std::make_unique<TestParty>(std::uint8_t { 'k' }, random_);
        return { { QStringLiteral("identityKey"), text(party_->identityKey()) } };
    }
    if (op == QLatin1String("safetyNumber"))
        return safetyNumberOf(request);
    if (!party_)
        return failure({ ErrorCode::invalid, "no party" });
    if (op == QLatin1String("bundle"))
        return bundle(request);
    if (op == QLatin1String("establish"))
        return establish(request);
    if (op == QLatin1String("encrypt"))
        return encrypt(request);
    if (op == QLatin1String("decrypt"))
        return decrypt(request);
    return failure({ ErrorCode::invalid, "unknown op" });
}

} // namespace

int main()
{
    Driver driver;
    for (std::string line; std::getline(std::cin, line);) {
        const auto request = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        const QByteArray reply = QJsonDocument(driver.answer(request)).toJson(QJsonDocument::Compact);
        std::puts(reply.constData());
        std::fflush(stdout);
    }
    return 0;
}
