// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/session.h"

namespace kith::cli {

/// Writes what `kith doctor` found, versions, settings and the end of the log to a new file of mode 0600, as one JSON
/// document. Names of people, the server's address and this user's paths are replaced; messages and keys are not in it.
/// Errors: invalidParams when the file exists or cannot be written.
rpc::RpcResult<void> writeBundle(Session &session, const QJsonObject &report, const QString &file);

/// `text` with each of `secrets` replaced by its name, the longest first: {"alice", "USER"}.
QString redacted(QString text, QList<std::pair<QString, QString>> secrets);

} // namespace kith::cli
