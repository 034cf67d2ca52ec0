// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace kith::support {

/// An ECDSA P-256 key and a certificate for it, both PEM.
struct TestCertificate {
    QByteArray certificate;
    QByteArray key;
};

struct CertificateWish {
    QList<QByteArray> names { "DNS:localhost", "IP:127.0.0.1" };
    long fromSeconds = -3600; ///< validity, relative to the machine's clock
    long toSeconds = 86'400;
    const TestCertificate *issuer = nullptr; ///< null: signed by itself
    const TestCertificate *sameKeyAs = nullptr; ///< null: a new key
    bool authority = false;
};

/// Aborts the test when OpenSSL fails.
TestCertificate makeCertificate(const CertificateWish &wish = {});

} // namespace kith::support
