// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/lean/lean_turn.h"

#include "server/gateway/lean/lean_channel.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

namespace kith::server::gateway {

LeanTurn::LeanTurn(QAbstractEventDispatcher &dispatcher)
{
    connect(&dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &LeanTurn::flush);
}

void LeanTurn::forget(LeanChannel &channel)
{
    std::ranges::replace(waiting_, &channel, nullptr);
}

void LeanTurn::flush()
{
    for (std::size_t i = 0; i < waiting_.size(); ++i) { // who hears that he was written may send again
        if (waiting_[i])
            waiting_[i]->flush();
    }
    waiting_.clear();
}

} // namespace kith::server::gateway
