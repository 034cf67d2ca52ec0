// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal/signal_protocol.h>

#include <memory>

namespace kith::crypto {

template <auto destroy>
struct LibraryDestroyer {
    template <class T>
    void operator()(T *object) const
    {
        destroy(object);
    }
};

struct LibraryUnref {
    template <class T>
    void operator()(T *object) const
    {
        signal_type_unref(reinterpret_cast<signal_type_base *>(object));
    }
};

/// Owns a C object that has a destroy function of its own.
template <class T, auto destroy>
using Owned = std::unique_ptr<T, LibraryDestroyer<destroy>>;
/// Owns one reference to a counted C object.
template <class T>
using Ref = std::unique_ptr<T, LibraryUnref>;
/// Octets of the library; wiped when they die (security C25).
using Buffer = Owned<signal_buffer, signal_buffer_bzero_free>;

/// Adopts what a C function writes through its T** argument: `code = create(Out(pointer), ...);`. The pointer is set at
/// the end of the full expression, so its first use is in the next statement.
template <class Pointer>
class Out {
public:
    explicit Out(Pointer &target) : target_(target) { }
    Out(const Out &) = delete;
    Out &operator=(const Out &) = delete;
    ~Out() { target_.reset(raw_); }

    operator typename Pointer::pointer *() { return &raw_; }

private:
    Pointer &target_;
    typename Pointer::pointer raw_ = nullptr;
};

} // namespace kith::crypto
