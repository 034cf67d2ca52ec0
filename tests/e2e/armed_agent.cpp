// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/armed_agent.h"

#include <QFile>

#include <csignal>

namespace kith::e2e {

namespace {

QByteArray ruleOf(const QByteArray &point, int pass)
{
    return point + ':' + QByteArray::number(pass);
}

QByteArray lastWordsAt(const QByteArray &point)
{
    return "failpoint " + point + '\n';
}

} // namespace

ArmedAgent::ArmedAgent(Person &person, QByteArray point, int pass) : point_(std::move(point))
{
    person.stopAgent();
    auto environment = person.environment();
    environment.insert("FAILPOINT", ruleOf(point_, pass));
    process_.setProcessEnvironment(environment);
    process_.start(programPath("kith"), { "-p", person.name(), "agent", "--foreground", "--print-ready", "json" });
    ready_ = eventually([&] { return isDead() || process_.bytesAvailable() > 0; });
}

bool ArmedAgent::diedAtItsPoint()
{
    const QByteArray words = process_.readAllStandardError();
    const bool killed = isDead() && process_.exitStatus() == QProcess::CrashExit && process_.exitCode() == SIGKILL;
    if (!killed || !words.endsWith(lastWordsAt(point_)))
        qWarning() << "not dead at" << point_ << process_.state() << process_.exitCode() << words.right(500);
    return killed && words.endsWith(lastWordsAt(point_));
}

void arm(Server &server, const QByteArray &point, int pass)
{
    server.setEnvironment("FAILPOINT", ruleOf(point, pass));
}

void disarm(Server &server)
{
    server.setEnvironment("FAILPOINT", {});
}

bool diedAtItsPoint(const Server &server, const QByteArray &point)
{
    QFile log(server.logFile());
    if (server.deathSignal() != SIGKILL || !log.open(QIODevice::ReadOnly))
        return false;
    return log.readAll().endsWith(lastWordsAt(point));
}

} // namespace kith::e2e
