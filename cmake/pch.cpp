// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A precompiled header needs a library that owns it.
int kithPrecompiledHeader()
{
    return 0;
}
