// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/session.h"
#include "client-cli/version.h"

#include <QCoreApplication>

#include <clocale>

namespace {

/// Errors of a command line that could not be read, in the form that its words ask for.
int refuse(const kith::rpc::RpcError &error, const QStringList &words, const kith::Clock &clock)
{
    using namespace kith::cli;
    Output::Options options;
    const qsizetype at = words.indexOf(QStringLiteral("--output"));
    const bool asksJson = words.contains(u"--json") || (at >= 0 && words.value(at + 1).startsWith(u"json"))
        || words.contains(u"--output=json") || words.contains(u"--output=jsonl");
    options.format = asksJson ? Format::json : Format::plain;
    Output(options, clock).error(error);
    return error.exitCode();
}

} // namespace

int main(int argc, char **argv)
{
    using namespace kith::cli;
    std::setlocale(LC_ALL, "");
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("kith"));
    QCoreApplication::setApplicationVersion(versionText());

    const kith::SystemClock clock;
    const QStringList words = QCoreApplication::arguments().mid(1);
    auto invocation = parse(commandTable(), words);
    if (!invocation)
        return refuse(invocation.error(), words, clock);
    kith::QtTimers timers;
    kith::SystemRandom random;
    Interrupt interrupt;
    Session session(std::move(*invocation), QProcessEnvironment::systemEnvironment(), clock, timers, random, interrupt);
    return session.run();
}
