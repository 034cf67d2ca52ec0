// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/base/task.h"
#include "common/client/failure.h"
#include "common/rpc/error.h"

#include <QJsonObject>

namespace kith::rpc::service {

/// What a method answers.
using Reply = RpcResult<QJsonObject>;

/// The engine's failure as it crosses the socket.
RpcError toRpc(const client::Failure &failure);

inline Task<Reply> ready(Reply reply)
{
    return Task<Reply>::ready(std::move(reply));
}

/// Like KITH_TRY, for an Answer of the engine inside a function that returns a Reply.
#define KITH_ANSWER(declaration, expression) KITH_ANSWER_AS(declaration, expression, KITH_JOIN(kithAnswer, __LINE__))
#define KITH_ANSWER_AS(declaration, expression, name)     \
    auto name = (expression);                             \
    if (!name)                                            \
        return ::kith::rpc::service::toRpc(name.error()); \
    declaration = std::move(name).value()

} // namespace kith::rpc::service
