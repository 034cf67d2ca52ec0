// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace kith {

/// What went wrong inside one process, as a class of reaction rather than of cause.
///
/// Errors that cross the wire have their own closed enum (wire::ErrorCode, security ERR1-ERR14), and so do those that
/// cross the JSON-RPC socket (rpc::ErrorCode, cli 7.5). A switch over this enum has no default.
enum class ErrorCode {
    invalid, ///< malformed input from outside
    tooLarge, ///< a limit was exceeded; nothing was allocated for it
    notFound, ///< the named thing does not exist
    exists, ///< the named thing exists already with other content
    conflict, ///< somebody else changed it first; read again
    permission, ///< owner, mode or policy forbids it
    locked, ///< the store is locked: no key at hand
    busy, ///< held by another process
    full, ///< disk, queue or quota is full
    io, ///< the operating system refused; nothing is known about the medium
    corrupt, ///< stored bytes are damaged or were tampered with
    unsupported, ///< a version or feature that this build does not know
    network, ///< the peer cannot be reached
    timeout, ///< the deadline passed
    cancelled, ///< the asker went away, or the process stops
    untrusted, ///< an identity is not the one that was pinned
    internal, ///< a bug of ours or of a library
};

/// The enumerator's own name, for logs and JSON.
const char *toString(ErrorCode code);

/// A failure. `detail` names the kind of the bad value, never its content (style 5.11): it may be logged.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string detail;

    bool operator==(const Error &) const = default;
};

} // namespace kith
