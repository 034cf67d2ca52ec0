// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/mailbox.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>

#include <iterator>
#include <utility>

namespace kith {

std::shared_ptr<Mailbox> Mailbox::ofThisThread()
{
    thread_local const std::shared_ptr<Mailbox> own(new Mailbox, [](Mailbox *box) {
        const auto *home = box->thread();
        if (!home || home->isFinished())
            delete box; // no loop is left that could
        else
            box->deleteLater();
    });
    return own;
}

void Mailbox::post(Call call)
{
    std::vector<Call> one;
    one.push_back(std::move(call));
    post(std::move(one));
}

void Mailbox::post(std::vector<Call> calls)
{
    if (calls.empty())
        return;
    bool wake = false;
    {
        const std::scoped_lock lock(mutex_);
        wake = waiting_.empty();
        std::move(calls.begin(), calls.end(), std::back_inserter(waiting_));
    }
    if (wake)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

bool Mailbox::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    std::vector<Call> calls;
    {
        const std::scoped_lock lock(mutex_);
        calls.swap(waiting_);
    }
    for (const auto &call : calls)
        call();
    return true;
}

} // namespace kith
