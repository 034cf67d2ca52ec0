// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/keyring.h"

#include <QObject>

namespace kith::agent {

/// The desktop's keyring by QtKeychain, under the service name "kith". Its insecure fallback, a plain file, stays off
/// (security L3). Gives up after 10 s: a desktop that never answers must not hold the profile's calls for ever.
class DesktopKeyring final : public QObject, public client::Keyring {
    Q_OBJECT
public:
    Task<Result<SecretBytes>> read(const std::string &name) override;
    Task<Result<void>> write(const std::string &name, const SecretBytes &secret) override;
    Task<Result<void>> remove(const std::string &name) override;
};

} // namespace kith::agent
