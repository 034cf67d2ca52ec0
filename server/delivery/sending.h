// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/delivery/delivery.h"

#include <memory>

namespace kith::server::delivery {

/// One SendMessage on its way through the checks of delivery 3 to the store (ST4, ST6, ST8, ST9). Unknown and blocked
/// recipients take the same reads before they get the same answer (security S10). One thread; keeps itself alive until
/// it has answered.
class Sending : public std::enable_shared_from_this<Sending> {
public:
    Sending(Delivery &delivery, DeviceId sender, wire::SendMessage message)
        : delivery_(delivery)
        , sender_(sender)
        , message_(std::move(message))
    {
    }
    Task<wire::Outcome<SendAnswer>> start();

private:
    using Standing = AccountDirectory::Standing;

    std::optional<wire::Fault> malformed() const;
    std::optional<wire::Fault> tooOften() const;
    void readTargets();
    void judgeTargets();
    std::optional<wire::Fault> judgeAccess() const;
    Result<std::optional<wire::MismatchedAccount>> compare(const wire::SendTarget &target,
                                                           const Account &account) const;
    void admitStrangers();
    void store();
    void stored(Result<AcceptResult> result);
    void answerClosed(const AcceptResult &result);
    void tellRecipients(const AcceptResult &result);
    void refuse(wire::Fault fault);
    bool isOwn(const wire::SendTarget &target) const { return target.account == sender_.account; }

    Delivery &delivery_;
    DeviceId sender_;
    wire::SendMessage message_;
    Promise<wire::Outcome<SendAnswer>> promise_;
    std::vector<Result<Account>> accounts_; // of message_.targets, like standings_
    std::vector<Result<Standing>> standings_;
};

} // namespace kith::server::delivery
