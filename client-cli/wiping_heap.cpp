// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Overwrites every block of memory that the program `kith` gives back, whichever library held it (security B3, B5,
// C25). Passphrases and plaintext pass through Qt's strings and JSON, libsignal and SQLCipher, which free without
// wiping; glibc's own M_PERTURB leaves out the blocks of the per-thread cache, which are the small ones that strings
// live in. glibc lets a program replace these functions; the __libc_ names are its own implementations.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they bring a heap of their own

extern "C" void __libc_free(void *block);

extern "C" void free(void *block) noexcept
{
    if (!block)
        return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    __libc_free(block);
}

/// A block that grows always moves, so that its old place can be wiped.
extern "C" void *realloc(void *block, std::size_t size) noexcept
{
    if (!block)
        return std::malloc(size);
    if (size == 0) {
        std::free(block);
        return nullptr;
    }
    const std::size_t usable = ::malloc_usable_size(block);
    if (size <= usable && size >= usable / 2) {
        ::explicit_bzero(static_cast<char *>(block) + size, usable - size);
        return block;
    }
    void *fresh = std::malloc(size);
    if (!fresh)
        return nullptr;
    std::memcpy(fresh, block, std::min(size, usable));
    std::free(block);
    return fresh;
}

#endif
