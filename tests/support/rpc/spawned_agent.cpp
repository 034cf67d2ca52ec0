// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/durable_file.h"
#include "common/rpc/message.h"
#include "common/rpc/profile_paths.h"
#include "tests/support/rpc/fake_agent.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <unistd.h>

// Stands in for `kith agent --activated`: what it does is the word in the file "behaviour" of the data root, and every
// start leaves a line in "starts" there.
int main(int argc, char **argv)
{
    using namespace kith;
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const auto after = [&words](const QString &name) { return words.value(words.indexOf(name) + 1); };
    const auto paths = rpc::resolvePaths(QProcessEnvironment::systemEnvironment(),
                                         { after(QStringLiteral("-p")), after(QStringLiteral("--data-dir")), {} });
    const int ready = after(QStringLiteral("--ready-fd")).toInt();
    if (!paths)
        return 2;
    QFile starts(paths->dataRoot + QStringLiteral("/starts"));
    if (starts.open(QIODevice::Append))
        starts.write(QByteArray::number(::getpid()) + ' ' + QByteArray::number(::getsid(0)) + '\n');
    starts.close();
    QFile file(paths->dataRoot + QStringLiteral("/behaviour"));
    const QByteArray behaviour = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    const auto say = [ready](const QByteArray &line) {
        if (::write(ready, line.constData(), static_cast<std::size_t>(line.size())) < 0)
            return;
    };
    if (behaviour == "die") {
        qWarning("the planted last words");
        return 1;
    }
    if (behaviour == "refuse") {
        say(rpc::readyLine(rpc::RpcError(rpc::ErrorCode::storeDamaged, QStringLiteral("the planted refusal"))));
        return 11;
    }
    if (!makePrivateFolder(paths->dataDir.toStdString()))
        return 1;
    const auto lock = FileLock::take(paths->lockFile.toStdString());
    if (!lock)
        return 9;
    test::FakeAgent agent(paths->socket,
                          test::Documents(QStringLiteral(KITH_SOURCE_DIR "/tests/data/json/documents.json")));
    if (behaviour != "mute")
        say(rpc::readyLine());
    ::close(ready);
    QTimer::singleShot(20000, &application, &QCoreApplication::quit); // no test leaves it running for long
    if (behaviour == "another API")
        agent.answer(QStringLiteral("hello"), [](const QJsonObject &) -> rpc::RpcResult<QJsonValue> {
            return rpc::RpcError(rpc::ErrorCode::unsupported, QStringLiteral("the planted API"));
        });
    if (behaviour == "mortal")
        agent.answer(QStringLiteral("events.subscribe"),
                     [](const QJsonObject &) -> rpc::RpcResult<QJsonValue> { ::_exit(1); });
    agent.answer(QStringLiteral("agent.stop"), [&](const QJsonObject &params) -> rpc::RpcResult<QJsonValue> {
        if (behaviour == "busy" && params.value(u"when") == QJsonValue(QStringLiteral("idle")))
            return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                            { QStringLiteral("stopping"), false },
                                            { QStringLiteral("when"), QStringLiteral("idle") },
                                            { QStringLiteral("reason"), QStringLiteral("of the planted reason") } });
        QTimer::singleShot(0, &application, &QCoreApplication::quit);
        return QJsonValue(QJsonObject { { QStringLiteral("schema"), 1 },
                                        { QStringLiteral("stopping"), true },
                                        { QStringLiteral("when"), QStringLiteral("now") } });
    });
    return QCoreApplication::exec();
}
