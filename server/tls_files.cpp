// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tls_files.h"

#include "common/base/durable_file.h"
#include "common/base/secret_bytes.h"

#include <QSslKey>
#include <QSslSocket>

#include <cstdlib>

namespace kith::server {

namespace {

constexpr std::size_t fileLimit = 256 * 1024;
constexpr std::string_view credential = "credential:";

Result<std::string> pathOfKey(const std::string &key)
{
    if (!key.starts_with(credential))
        return key;
    const char *folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (!folder)
        return Error { ErrorCode::notFound, "listen.tls_key: systemd gave this process no credentials" };
    return std::string(folder) + '/' + key.substr(credential.size());
}

QSslKey readKey(const QByteArray &pem)
{
    for (const auto algorithm : { QSsl::Ec, QSsl::Rsa })
        if (const QSslKey key(pem, algorithm); !key.isNull())
            return key;
    return {};
}

} // namespace

Result<TlsFiles> readTlsFiles(const std::string &certificate, const std::string &key)
{
    KITH_TRY(const auto chainText, readWhole(certificate, fileLimit));
    KITH_TRY(const auto keyPath, pathOfKey(key));
    KITH_TRY(auto keyText, readWhole(keyPath, fileLimit));
    const auto chain = QSslCertificate::fromData(chainText, QSsl::Pem);
    const auto privateKey = readKey(keyText);
    wipe({ reinterpret_cast<std::uint8_t *>(keyText.data()), static_cast<std::size_t>(keyText.size()) });
    if (chain.isEmpty())
        return Error { ErrorCode::invalid, "listen.tls_cert: no certificate in PEM form" };
    if (privateKey.isNull())
        return Error { ErrorCode::invalid, "listen.tls_key: no EC or RSA key in PEM form" };
    TlsFiles files { QSslConfiguration::defaultConfiguration(), chain.front() };
    files.configuration.setLocalCertificateChain(chain);
    files.configuration.setPrivateKey(privateKey);
    files.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    files.configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return files;
}

} // namespace kith::server
