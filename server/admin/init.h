// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/random.h"
#include "common/base/result.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace kith::server::admin {

struct InitWish {
    std::string configFile = "/etc/kith/server.toml"; ///< tls.crt and tls.key go beside it
    std::string dataDir; ///< empty: the default
    std::vector<std::string> hosts; ///< names and addresses in the certificate; the first is the public one
    std::string listen = "0.0.0.0:8443";
    bool renew = false; ///< a new certificate for the key that is there; the configuration stays
};

struct InitDone {
    std::string certificateFile, keyFile;
    QByteArray pin; ///< SHA-256 of SubjectPublicKeyInfo
};

/// `kith-server init`: a commented configuration and a self-signed certificate. Errors: exists (a file is there and
/// would be overwritten; nothing was written), invalid (a host), notFound (renew without a key), permission, io, full.
Result<InitDone> initServer(const InitWish &wish, Random &random);

} // namespace kith::server::admin
