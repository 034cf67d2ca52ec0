// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <array>
#include <span>
#include <vector>

class QAbstractEventDispatcher;

namespace kith::server::gateway {

class LeanChannel;

/// What the lean channels of one worker share: the buffer they read into, and the list of those that have something to
/// write when the loop's turn ends. So a channel at rest holds no buffer, and what one turn sends leaves in one call.
///
/// Lives on the worker's thread and outlives its channels.
class LeanTurn final : public QObject {
public:
    explicit LeanTurn(QAbstractEventDispatcher &dispatcher);

    /// Room for one read; what is in it lasts until the next one.
    std::span<char> buffer() { return buffer_; }
    void flushLater(LeanChannel &channel) { waiting_.push_back(&channel); }
    /// `channel` dies.
    void forget(LeanChannel &channel);

private:
    void flush();

    std::array<char, 64 * 1024> buffer_;
    std::vector<LeanChannel *> waiting_; ///< null: died meanwhile
};

} // namespace kith::server::gateway
