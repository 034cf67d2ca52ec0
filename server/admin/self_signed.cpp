// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/self_signed.h"

#include "common/base/hash.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <limits>
#include <memory>

namespace kith::server::admin {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long tenYears = 10L * 365 * 24 * 3600;

Error refused(const char *what)
{
    return { ErrorCode::internal, std::string("OpenSSL refused ") + what };
}

Bio memory()
{
    return { BIO_new(BIO_s_secmem()), BIO_free };
}

ByteView contentOf(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return { reinterpret_cast<const std::uint8_t *>(data), static_cast<std::size_t>(size) };
}

Result<Key> keyFrom(ByteView pem)
{
    if (pem.empty()) {
        Key fresh(EVP_EC_gen("P-256"), EVP_PKEY_free);
        if (!fresh)
            return refused("to make a key");
        return fresh;
    }
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    Key key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr, EVP_PKEY_free);
    if (!key)
        return Error { ErrorCode::invalid, "the old key file holds no private key" };
    return key;
}

/// "DNS:chat.example,IP:127.0.0.1,...".
Result<std::string> subjectNames(const std::vector<std::string> &hosts)
{
    static const QRegularExpression name(QStringLiteral("\\A[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\\z"));
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    for (const auto &host : hosts) {
        const auto text = QString::fromStdString(host);
        if (!QHostAddress(text).isNull())
            names += ",IP:" + host;
        else if (name.match(text).hasMatch())
            names += ",DNS:" + host;
        else
            return Error { ErrorCode::invalid, "a host is neither a name nor an IP address" };
    }
    return names;
}

bool extend(X509 *certificate, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

bool fill(X509 *certificate, EVP_PKEY *key, std::uint64_t serial, const std::string &commonName,
          const std::string &names)
{
    auto *subject = X509_get_subject_name(certificate);
    const auto *name = reinterpret_cast<const unsigned char *>(commonName.c_str());
    return X509_set_version(certificate, X509_VERSION_3) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) // a client's clock may be behind a little
        && X509_gmtime_adj(X509_getm_notAfter(certificate), tenYears) && X509_set_pubkey(certificate, key) == 1
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, subject) == 1
        && extend(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && extend(certificate, NID_key_usage, "critical,digitalSignature")
        && extend(certificate, NID_ext_key_usage, "serverAuth") && extend(certificate, NID_subject_alt_name, names)
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArray pinOf(EVP_PKEY *key)
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    if (size <= 0)
        return {};
    const Sha256 hash = sha256(ByteView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    return hash.bytes();
}

} // namespace

Result<SelfSigned> makeSelfSigned(const std::vector<std::string> &hosts, Random &random, ByteView oldKey)
{
    KITH_TRY(const auto names, subjectNames(hosts));
    KITH_TRY(const Key key, keyFrom(oldKey));
    const auto serial = (random.below(std::numeric_limits<std::int64_t>::max()) | 1); // odd: never 0
    const Certificate certificate(X509_new(), X509_free);
    const std::string commonName = hosts.empty() ? "localhost" : hosts.front().substr(0, 64); // X.520's bound
    if (!certificate || !fill(certificate.get(), key.get(), serial, commonName, names))
        return refused("to make a certificate");
    const Bio certificatePem = memory();
    const Bio keyPem = memory();
    if (!certificatePem || !keyPem || PEM_write_bio_X509(certificatePem.get(), certificate.get()) != 1
        || PEM_write_bio_PKCS8PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return refused("to write a certificate");
    SelfSigned made;
    made.certificate = toByteArray(contentOf(certificatePem));
    made.key = SecretBytes(contentOf(keyPem));
    made.pin = pinOf(key.get());
    if (made.pin.isEmpty())
        return refused("to name the key");
    return made;
}

} // namespace kith::server::admin
