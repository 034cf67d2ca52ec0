// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/error.h"

#include <QString>

namespace kith::gui {

/// A failure as a sentence with a next step, in the language of the window; never a code alone (ui 1.4).
QString errorText(const rpc::RpcError &error);

/// The same for the reason of a message that was not sent.
QString failedText(const QString &reason);

} // namespace kith::gui
