// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/models/notices.h"

#include "client-gui/models/error_text.h"

namespace kith::gui {

void Notices::show(const QString &text)
{
    text_ = text;
    timer_ = world_.timers.after(lasts, [this] { dismiss(); });
    Q_EMIT changed();
}

void Notices::say(const QString &text)
{
    dismiss();
    show(text);
}

void Notices::fail(const rpc::RpcError &error)
{
    if (error.code != rpc::ErrorCode::cancelled)
        say(errorText(error));
}

void Notices::offerUndo(const QString &text, std::function<void()> undo, std::function<void()> commit)
{
    dismiss();
    undo_ = std::move(undo);
    commit_ = std::move(commit);
    show(text);
}

void Notices::undo()
{
    const auto undo = std::exchange(undo_, nullptr);
    commit_ = nullptr;
    dismiss();
    if (undo)
        undo();
}

void Notices::dismiss()
{
    timer_.cancel();
    undo_ = nullptr;
    text_.clear();
    if (const auto commit = std::exchange(commit_, nullptr))
        commit();
    Q_EMIT changed();
}

} // namespace kith::gui
