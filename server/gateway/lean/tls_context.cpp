// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/tls_context.h"

#include <QSslCertificate>
#include <QSslKey>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace kith::server::gateway {

namespace {

struct Release {
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

Owned<X509> toOpenSsl(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *data = reinterpret_cast<const unsigned char *>(der.constData());
    return Owned<X509>(d2i_X509(nullptr, &data, der.size()));
}

Owned<EVP_PKEY> toOpenSsl(const QSslKey &key)
{
    QByteArray pem = key.toPem();
    const Owned<BIO> bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    Owned<EVP_PKEY> read(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    OPENSSL_cleanse(pem.data(), static_cast<std::size_t>(pem.size()));
    return read;
}

bool takeCertificates(SSL_CTX *context, QList<QSslCertificate> chain)
{
    if (chain.isEmpty())
        return false;
    const auto own = toOpenSsl(chain.takeFirst());
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
        return false;
    for (const auto &issuer : chain) {
        const auto certificate = toOpenSsl(issuer);
        if (!certificate || SSL_CTX_add1_chain_cert(context, certificate.get()) != 1)
            return false;
    }
    return true;
}

void setUp(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets: nothing to keep for who is gone
    SSL_CTX_set_num_tickets(context, 1);
}

} // namespace

void TlsContext::Free::operator()(ssl_ctx_st *context) const
{
    SSL_CTX_free(context);
}

void TlsContext::Free::operator()(ssl_st *connection) const
{
    SSL_free(connection);
}

TlsContext::TlsContext(std::unique_ptr<ssl_ctx_st, Free> context, const QSslConfiguration &configuration)
    : context_(std::move(context))
    , configuration_(configuration)
{
}

Result<std::shared_ptr<const TlsContext>> TlsContext::make(const QSslConfiguration &configuration)
{
    std::unique_ptr<SSL_CTX, Free> context(SSL_CTX_new(TLS_server_method()));
    auto chain = configuration.localCertificateChain();
    const auto key = toOpenSsl(configuration.privateKey());
    if (!context || !key || !takeCertificates(context.get(), chain)
        || SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1 || SSL_CTX_check_private_key(context.get()) != 1) {
        ERR_clear_error();
        return Error { ErrorCode::invalid, "the TLS certificate and key cannot be used together" };
    }
    setUp(context.get());
    return std::shared_ptr<const TlsContext>(new TlsContext(std::move(context), configuration));
}

TlsContext::Connection TlsContext::newConnection() const
{
    Connection connection(SSL_new(context_.get()));
    if (connection)
        SSL_set_accept_state(connection.get());
    return connection;
}

} // namespace kith::server::gateway
