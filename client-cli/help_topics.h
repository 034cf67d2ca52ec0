// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace kith::cli {

/// Names of the topics that are no commands.
QStringList helpTopics();

/// The text of a topic; empty when there is none of that name.
QString helpTopic(const QString &name);

} // namespace kith::cli
