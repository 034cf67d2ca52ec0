// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/base/task.h"
#include "server/accounts/accounts.h"
#include "server/admin/server_key.h"
#include "server/delivery/delivery.h"
#include "server/ports/account_directory.h"

#include <QJsonObject>

#include <functional>
#include <map>
#include <string>

namespace kith::server::admin {

/// What an operator does to a running server: `invite/create`, `user/list` and so on, JSON in and JSON out. Everything
/// that changes something leaves a line in the category kith.audit. Main thread.
class AdminCommands {
public:
    struct Parts {
        AccountDirectory &directory;
        accounts::Accounts &accounts;
        delivery::Delivery &delivery;
        const ServerKey &key;
        const Clock &clock;
        Random &random;
        std::function<Task<Result<void>>(const std::string &)> checkpoint; ///< copies the store into a new folder
        std::string keyFile; ///< of the server's identity
    };
    AdminCommands(const Parts &parts, milliseconds inviteLife);

    using Answer = Result<QJsonObject>;
    /// Errors: notFound (the command, or what it names), invalid (an argument), exists, io and the like.
    Task<Answer> run(const std::string &command, const QJsonObject &arguments);

    void setInviteLife(milliseconds life) { inviteLife_ = life; }

private:
    Task<Answer> createInvite(const QJsonObject &arguments);
    Task<Answer> listInvites(const QJsonObject &arguments);
    Task<Answer> revokeInvite(const QJsonObject &arguments);
    Task<Answer> listUsers(const QJsonObject &arguments);
    Task<Answer> deleteUser(const QJsonObject &arguments);
    Task<Answer> backup(const QJsonObject &arguments);
    Answer receipt(const Account &account) const;

    Parts parts_;
    milliseconds inviteLife_;
    std::map<std::string, Task<Answer> (AdminCommands::*)(const QJsonObject &)> commands_;
};

} // namespace kith::server::admin
