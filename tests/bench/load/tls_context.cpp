// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/load/tls_context.h"

#include <openssl/x509.h>

namespace kith::bench {

TlsContext makeTlsContext()
{
    TlsContext context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    return context;
}

QByteArray certificateHashOf(const SSL *tls)
{
    X509 *certificate = tls ? SSL_get1_peer_certificate(tls) : nullptr;
    if (!certificate)
        return {};
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    X509_digest(certificate, EVP_sha256(), digest, &size);
    X509_free(certificate);
    return { reinterpret_cast<const char *>(digest), static_cast<qsizetype>(size) };
}

} // namespace kith::bench
