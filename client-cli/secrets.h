// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"
#include "common/base/secret_bytes.h"
#include "common/rpc/error.h"

#include <QJsonObject>
#include <QProcessEnvironment>

#include <optional>

namespace kith::cli {

/// Options by which a passphrase or key file comes in; never a flag's own value, never the environment (cli 3).
std::vector<Option> secretOptions();

/// Asks on the terminal. Errors: locked when there is none, cancelled at an interrupt or end of file.
rpc::RpcResult<SecretBytes> askPassphrase(const QString &prompt);
/// Asks twice. Errors: as above; invalidParams when both differ or it is empty.
rpc::RpcResult<SecretBytes> askNewPassphrase();
/// Asks for something that is no secret.
rpc::RpcResult<QString> askLine(const QString &prompt);

/// The passphrase that systemd hands over: the credential `kith.passphrase`. Nothing when there is none.
/// Errors: invalidParams when it cannot be read.
rpc::RpcResult<std::optional<SecretBytes>> credentialPassphrase(const QProcessEnvironment &environment);

/// {kind, secret?, path?} as the options say, else the credential; nothing when none of them is given.
/// Errors: invalidParams for two of them, an unreadable file or an empty passphrase.
rpc::RpcResult<std::optional<QJsonObject>> unlockFromOptions(const Arguments &arguments,
                                                             const QProcessEnvironment &environment);
/// {kind: recovery, secret}, its line read from a file or, for "-", standard input. Errors: invalidParams.
rpc::RpcResult<QJsonObject> unlockWithRecoveryKey(const QString &path);
/// {kind: passphrase, secret}. The caller sends it at once: QJsonObject cannot wipe.
QJsonObject unlockWith(const SecretBytes &passphrase);

/// Standard input up to its end. Errors: tooLarge over `limit`, invalidParams when it is not UTF-8.
rpc::RpcResult<QString> readStandardInput(qsizetype limit);

/// Whether somebody can be asked: standard input and standard error are terminals.
bool hasTerminal();

} // namespace kith::cli
