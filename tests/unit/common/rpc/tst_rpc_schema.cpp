// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/method_table.h"
#include "common/rpc/schema.h"
#include "tests/support/rpc/fake_agent.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace kith::rpc;

// covers: style 7.16, security B3, cli 7.2, cli 7.4
class TestRpcSchema : public QObject {
    Q_OBJECT

    SchemaSet schemas_;
    kith::test::Documents documents_ { QStringLiteral(KITH_SOURCE_DIR "/tests/data/json/documents.json") };

    static QStringList secretNames()
    {
        return { QStringLiteral("secret"), QStringLiteral("passphrase"), QStringLiteral("privateKey"),
                 QStringLiteral("databaseKey"), QStringLiteral("sql") };
    }

private Q_SLOTS:
    void everyMethodHasSchemasAndASample()
    {
        for (const Method &method : methodTable()) {
            const QString name = QString::fromLatin1(method.name);
            QVERIFY2(!schemas_.document(method.paramsSchema()).isEmpty(), method.name);
            QVERIFY2(!schemas_.document(method.resultSchema()).isEmpty(), method.name);
            QVERIFY2(documents_.methods().contains(name), method.name);
            QVERIFY2(documents_.result(name).value(u"schema").toInt() == 1 || name == u"hello"
                         || name == u"rpc.discover",
                     method.name);
        }
        QCOMPARE(documents_.methods().size(), static_cast<qsizetype>(methodTable().size()));
    }

    void everySchemaBelongsToAMethodOrEvent()
    {
        const QStringList shipped = shippedSchemas();
        QVERIFY(shipped.size() > 100);
        for (const QString &name : shipped) {
            const bool known = name.startsWith(u"type.") || (name.startsWith(u"event.") && findEvent(name.mid(6)))
                || (name.endsWith(u".params") && findMethod(name.chopped(7)))
                || (name.endsWith(u".result") && findMethod(name.chopped(7)));
            QVERIFY2(known, qPrintable(name));
        }
    }

    void samplesAreValid()
    {
        for (const QString &method : documents_.methods()) {
            const auto params = schemas_.validate(method + QStringLiteral(".params"), documents_.params(method));
            QVERIFY2(params.ok(), params ? "" : qPrintable(method + u' ' + params.error().message));
            const auto result = schemas_.validate(method + QStringLiteral(".result"), documents_.result(method));
            QVERIFY2(result.ok(), result ? "" : qPrintable(method + u' ' + result.error().message));
        }
    }

    void everyEventTypeHasAValidSample()
    {
        QStringList seen;
        for (const QJsonValue &event : documents_.events()) {
            const QString type = event.toObject().value(u"type").toString();
            const auto valid = schemas_.validate(QStringLiteral("event.") + type, event);
            QVERIFY2(valid.ok(), valid ? "" : qPrintable(valid.error().message));
            const EventType *known = findEvent(type);
            QVERIFY(known);
            QCOMPARE(event.toObject().contains(u"cursor"), known->delivery == Delivery::durable);
            seen.append(type);
        }
        for (const EventType &type : eventTable())
            QVERIFY2(seen.contains(QString::fromLatin1(type.name)), type.name);
    }

    void everyRequiredMemberIsMissed()
    {
        int checked = 0;
        for (const Method &method : methodTable()) {
            for (const QString &schema : { method.paramsSchema(), method.resultSchema() }) {
                const QJsonObject whole = schema == method.paramsSchema()
                    ? documents_.params(QString::fromLatin1(method.name))
                    : documents_.result(QString::fromLatin1(method.name));
                for (const QJsonValue &member : schemas_.document(schema).value(u"required").toArray()) {
                    QJsonObject broken = whole;
                    broken.remove(member.toString());
                    QVERIFY2(!schemas_.validate(schema, broken).ok(), qPrintable(schema + u' ' + member.toString()));
                    ++checked;
                }
            }
        }
        QVERIFY(checked > 100);
    }

    void unknownParameterIsRefusedByEveryMethod()
    {
        for (const Method &method : methodTable()) {
            QJsonObject params = documents_.params(QString::fromLatin1(method.name));
            params.insert(QStringLiteral("unheardOf"), 1);
            QVERIFY2(!schemas_.validate(method.paramsSchema(), params).ok(), method.name);
        }
    }

    void onlyKeyedMethodsTakeAKey()
    {
        for (const Method &method : methodTable()) {
            const bool takes =
                schemas_.document(method.paramsSchema()).value(u"properties").toObject().contains(u"key");
            QVERIFY2(takes == (method.effect == Effect::keyed), method.name);
        }
    }

    void noResultAndNoEventHasAPlaceForASecret()
    {
        for (const QString &name : shippedSchemas()) {
            if (name.endsWith(u".params"))
                continue;
            const QJsonObject properties = schemas_.document(name).value(u"properties").toObject();
            for (const QString &member : properties.keys())
                QVERIFY2(!secretNames().contains(member), qPrintable(name));
        }
    }

    void onlyOneMethodHandsOutAKey()
    {
        for (const QString &name : shippedSchemas()) {
            const QJsonObject properties = schemas_.document(name).value(u"properties").toObject();
            QCOMPARE(properties.contains(u"recoveryKey"), name == u"recovery.create.result");
        }
        QVERIFY(findMethod(u"recovery.create")->effect == Effect::none); // its result is kept nowhere
    }

    void callsWithSecretsAreMarked()
    {
        for (const Method &method : methodTable()) {
            const QJsonObject properties = schemas_.document(method.paramsSchema()).value(u"properties").toObject();
            const bool hasSecret = properties.contains(u"secret") || properties.contains(u"unlock");
            QVERIFY2(hasSecret == (method.params == Params::secret), method.name);
        }
    }

    void rulesAreChecked_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QJsonObject>("value");
        const auto row = [](const char *name, const char *schema, QJsonObject value) {
            QTest::newRow(name) << QString::fromLatin1(schema) << value;
        };
        const QString to = QStringLiteral("to"), text = QStringLiteral("text");
        row("type", "send.params", { { to, QStringLiteral("@mei") }, { text, QStringLiteral("x") } });
        row("item type", "send.params", { { to, QJsonArray { 1 } }, { text, QStringLiteral("x") } });
        row("no items", "send.params", { { to, QJsonArray {} }, { text, QStringLiteral("x") } });
        row("empty text", "send.params", { { to, QJsonArray { QStringLiteral("@m") } }, { text, QString() } });
        row("long text", "send.params",
            { { to, QJsonArray { QStringLiteral("@m") } }, { text, QString(65537, u'x') } });
        row("pattern", "messages.get.params", { { QStringLiteral("mid"), QString(26, u'!') } });
        row("newline at the end", "messages.get.params", { { QStringLiteral("mid"), QString(25, u'A') + u'\n' } });
        row("enum", "agent.stop.params", { { QStringLiteral("when"), QStringLiteral("later") } });
        row("minimum", "messages.list.params",
            { { QStringLiteral("chat"), QStringLiteral("@m") }, { QStringLiteral("limit"), 0 } });
        row("maximum", "messages.list.params",
            { { QStringLiteral("chat"), QStringLiteral("@m") }, { QStringLiteral("limit"), 201 } });
        row("fraction", "messages.list.params",
            { { QStringLiteral("chat"), QStringLiteral("@m") }, { QStringLiteral("limit"), 1.5 } });
        row("inner object", "account.register.params",
            { { QStringLiteral("server"), QStringLiteral("wss://x") },
              { QStringLiteral("unlock"), QJsonObject { { QStringLiteral("kind"), QStringLiteral("none") } } } });
        row("reference", "messages.get.result", { { QStringLiteral("schema"), 1 } });
        row("other members", "account.limits.result",
            { { QStringLiteral("schema"), 1 },
              { QStringLiteral("limits"), QJsonObject { { QStringLiteral("a"), QStringLiteral("b") } } } });
    }
    void rulesAreChecked()
    {
        QFETCH(QString, schema);
        QFETCH(QJsonObject, value);
        const auto valid = schemas_.validate(schema, value);
        QVERIFY(!valid);
        QCOMPARE(valid.error().code, ErrorCode::invalidParams);
    }

    void errorsNeverShowTheValue()
    {
        const QString needle = QStringLiteral("NEEDLE-7f3a");
        const auto valid = schemas_.validate(QStringLiteral("agent.unlock.params"),
                                             QJsonObject { { QStringLiteral("slot"), needle }, { needle, needle } });
        QVERIFY(!valid);
        QVERIFY(!valid.error().message.contains(needle));
    }

    void unknownSchemaIsOurBug()
    {
        QCOMPARE(schemas_.validate(QStringLiteral("nothing"), QJsonObject {}).error().code, ErrorCode::internal);
    }
};

QTEST_GUILESS_MAIN(TestRpcSchema)
#include "tst_rpc_schema.moc"
