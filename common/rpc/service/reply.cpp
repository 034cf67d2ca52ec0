// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/service/reply.h"

namespace kith::rpc::service {

RpcError toRpc(const client::Failure &failure)
{
    const auto code = errorCodeNamed(QString::fromLatin1(client::toString(failure.code)));
    RpcError error(code.value_or(ErrorCode::internal), QString::fromStdString(failure.detail).left(1024),
                   QString::fromStdString(failure.hint).left(1024));
    if (error.message.isEmpty())
        error.message = QString::fromLatin1(client::toString(failure.code));
    if (failure.retryAfter) {
        error.retryAfter = failure.retryAfter;
        error.retryable = true;
    }
    return error;
}

} // namespace kith::rpc::service
