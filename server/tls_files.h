// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/result.h"

#include <QSslCertificate>
#include <QSslConfiguration>

#include <string>

namespace kith::server {

struct TlsFiles {
    QSslConfiguration configuration; ///< TLS 1.2 or later, no client certificate
    QSslCertificate certificate; ///< the server's own
};

/// Reads a PEM chain and its key. `key` is a path, or credential:NAME of systemd's LoadCredential. Errors: notFound,
/// permission, io; invalid when either cannot be used or they do not belong together.
Result<TlsFiles> readTlsFiles(const std::string &certificate, const std::string &key);

} // namespace kith::server
