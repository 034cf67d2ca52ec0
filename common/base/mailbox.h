// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace kith {

/// Functions that other threads want run on this one: posted singly or in batches, run in order, with one wake-up of
/// the event loop for everything that gathered meanwhile (style 5.23).
///
/// Shared ownership, because a sender may outlive the thread it answers to: what is posted after that is dropped.
class Mailbox final : public QObject {
public:
    using Call = std::function<void()>;

    /// The calling thread's own mailbox, made at first use.
    static std::shared_ptr<Mailbox> ofThisThread();

    /// Any thread.
    void post(Call call);
    void post(std::vector<Call> calls);

    bool event(QEvent *event) override;

private:
    std::mutex mutex_;
    std::vector<Call> waiting_;
};

} // namespace kith
