// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/rpc/profile_paths.h"
#include "tests/support/rpc/fake_agent.h"

#include <QTemporaryDir>

#include <memory>

namespace kith::test {

/// What a run of `kith` left.
struct Ran {
    int exit = -1;
    QByteArray out;
    QByteArray err;
};

/// A home folder of its own, with a fake agent on the socket of profile "default", and the built `kith` run in it.
class KithHome {
public:
    KithHome();

    FakeAgent &agent() { return *agent_; }
    /// Ends the fake agent: nobody answers any more.
    void removeAgent() { agent_.reset(); }
    const rpc::ProfilePaths &paths() const { return paths_; }
    QString path(const QString &name) const { return folder_.filePath(name); }
    void set(const QString &variable, const QString &value) { environment_.insert(variable, value); }
    const Documents &documents() const { return documents_; }
    const QProcessEnvironment &environment() const { return environment_; }

    /// Runs `kith` with these words to its end, which must come within 20 s; the fake agent answers meanwhile.
    Ran run(const QStringList &words, const QByteArray &input = {});
    Ran run(const char *line, const QByteArray &input = {});
    /// The same, sending SIGINT as soon as the fake agent has been asked for `method`.
    Ran interruptAt(const QString &method, const QStringList &words);

private:
    QTemporaryDir folder_;
    QProcessEnvironment environment_;
    rpc::ProfilePaths paths_;
    Documents documents_;
    std::unique_ptr<FakeAgent> agent_;
};

} // namespace kith::test
