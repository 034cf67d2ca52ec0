// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/wire/content/content.h"
#include "common/wire/content/content.pb.h"
#include "common/wire/error.h"

/// Bodies of a content: `write` fills the generated class, `read` checks a parsed one. Room-private.
namespace kith::wire {

void writeBody(const ContentBody &body, v1::Content &out);
/// The one known member of the oneof; the caller has counted them.
Outcome<ContentBody> readBody(const v1::Content &in);

} // namespace kith::wire
