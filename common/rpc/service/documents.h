// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/client/account.h"
#include "common/client/contacts.h"
#include "common/client/outbox.h"

#include <QJsonArray>
#include <QJsonObject>

namespace kith::rpc::service {

// The engine's values as the objects of resources/rpc/v1 that only answers use; those that events share are in
// common/client/document.h.

QJsonObject accountDocument(const client::AccountView &account);
QJsonObject serverDocument(const client::ServerView &server, const QString &connection);
QJsonArray deviceDocuments(const std::vector<client::DeviceView> &devices);
QJsonObject requestDocument(const client::Request &request);
/// The answer of `send`.
QJsonObject sendDocument(const std::vector<client::TargetState> &targets, const QString &key);

} // namespace kith::rpc::service
