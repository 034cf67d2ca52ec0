// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/checker/history.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace kith::chaos {

namespace {

template <class F>
void forEachLine(const QString &path, F f)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    while (!file.atEnd()) {
        const auto object = QJsonDocument::fromJson(file.readLine()).object();
        if (!object.isEmpty())
            f(object);
    }
}

void readIntents(Person &person, const QString &path)
{
    QHash<QString, std::vector<std::size_t>> byKey;
    forEachLine(path, [&](const QJsonObject &line) {
        if (line.contains("intent")) {
            const auto key = line["intent"].toString();
            for (const auto &to : line["to"].toArray()) {
                byKey[key].push_back(person.wanted.size());
                person.wanted.push_back(
                    { key, to.toString(), line["sha"].toString(), line["reply"].toString(), {}, false });
            }
        } else if (line.contains("answered")) {
            const auto mids = line["mids"].toObject();
            for (const auto at : byKey[line["answered"].toString()])
                person.wanted[at].mid = mids[person.wanted[at].to].toString();
        } else if (line.contains("refused")) {
            for (const auto at : byKey[line["refused"].toString()])
                person.wanted[at].refused = true;
        }
    });
}

int stateNamed(const QString &name)
{
    static const QHash<QString, int> states { { "queued", 1 }, { "accepted", 2 }, { "delivered", 3 }, { "read", 4 } };
    return states.value(name, 0);
}

Row rowOf(const QJsonObject &line)
{
    Row row;
    row.mid = line["row"].toString();
    row.chat = line["chat"].toString();
    row.kind = line["kind"].toString();
    row.sha = line["sha"].toString();
    row.reply = line["reply"].toString();
    row.failed = line["failed"].toString();
    row.mine = line["mine"].toBool();
    row.state = line["state"].toInt();
    row.client = line["client"].toInteger();
    row.eff = line["eff"].toInteger();
    if (line.contains("server"))
        row.server = line["server"].toInteger();
    row.sid = line["sid"].toString().toULongLong();
    return row;
}

void readExport(Person &person, const QString &path)
{
    forEachLine(path, [&](const QJsonObject &line) {
        if (line.contains("row")) {
            person.rows.push_back(rowOf(line));
        } else if (line.contains("notified")) {
            ++person.notified[line["notified"].toString()];
        } else if (line.contains("status")) {
            if (const int state = stateNamed(line["state"].toString()))
                person.statuses[line["status"].toString()].push_back(state);
        } else if (line.contains("missing")) {
            person.missing += static_cast<int>(line["to"].toInteger() - line["from"].toInteger() + 1);
        } else if (line.contains("rest")) {
            person.exported = true; // the last line
            person.outbox = line["outbox"].toInt();
            person.parked = line["parked"].toInt();
            person.gaps = line["gaps"].toInt();
            person.walBytes = line["walBytes"].toInteger();
        }
    });
}

void readWorld(WorldAfter &world, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const auto object = QJsonDocument::fromJson(file.readAll()).object();
    world.known = true;
    world.queuedRows = object["queuedRows"].toInt(-1);
    world.openFilesBefore = object["openFilesBefore"].toInt();
    world.openFilesAfter = object["openFilesAfter"].toInt();
    world.residentBytes = object["residentBytes"].toInteger();
    world.reusedKeys = object["reusedKeys"].toInt();
    world.sharedPreKeys = object["sharedPreKeys"].toInt();
    for (const auto &name : object["plaintextIn"].toArray())
        world.plaintextIn << name.toString();
}

} // namespace

History readHistory(const QString &folder)
{
    History history;
    const QString ending = ".intents.jsonl";
    for (const auto &file : QDir(folder).entryList({ '*' + ending })) {
        const auto name = file.chopped(ending.size());
        auto &person = history.people[name];
        person.name = name;
        readIntents(person, folder + '/' + file);
        readExport(person, folder + '/' + name + ".export.jsonl");
    }
    readWorld(history.world, folder + "/world.json");
    return history;
}

} // namespace kith::chaos
