// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net/certificates.h"

#include "common/base/random.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <limits>
#include <memory>

namespace kith::support {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void must(bool good)
{
    if (!good)
        qFatal("OpenSSL refused to make a test certificate");
}

QByteArray textOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

Key readKey(const QByteArray &pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    return { PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free };
}

Certificate readCertificate(const QByteArray &pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    return { PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free };
}

void extend(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    must(extension && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

void name(X509 *certificate, const char *text)
{
    auto *subject = X509_get_subject_name(certificate);
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(text), -1, -1,
                                    0)
         == 1);
}

} // namespace

TestCertificate makeCertificate(const CertificateWish &wish)
{
    const Key key = wish.sameKeyAs ? readKey(wish.sameKeyAs->key) : Key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate(X509_new(), X509_free);
    must(key && certificate);
    SystemRandom random;
    const auto serial = random.below(std::numeric_limits<std::uint64_t>::max());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.fromSeconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.toSeconds);
    X509_set_pubkey(certificate.get(), key.get());
    name(certificate.get(), wish.authority ? "test authority" : "test server");
    const Certificate issuer =
        wish.issuer ? readCertificate(wish.issuer->certificate) : Certificate(nullptr, X509_free);
    const Key issuerKey = wish.issuer ? readKey(wish.issuer->key) : Key(nullptr, EVP_PKEY_free);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer ? issuer.get() : certificate.get()));
    if (wish.authority)
        extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    else
        extend(certificate.get(), NID_subject_alt_name, wish.names.join(','));
    must(X509_sign(certificate.get(), issuerKey ? issuerKey.get() : key.get(), EVP_sha256()) > 0);

    const Bio certificatePem(BIO_new(BIO_s_mem()), BIO_free);
    const Bio keyPem(BIO_new(BIO_s_mem()), BIO_free);
    must(PEM_write_bio_X509(certificatePem.get(), certificate.get()) == 1);
    must(PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return { textOf(certificatePem.get()), textOf(keyPem.get()) };
}

} // namespace kith::support
