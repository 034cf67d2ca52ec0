// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/output.h"

#include "client-cli/pager.h"
#include "client-cli/terminal_text.h"
#include "common/rpc/message.h"

#include <QDateTime>
#include <QJsonDocument>

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace kith::cli {

namespace {

void writeTo(int fd, QByteArray bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t n = ::write(fd, bytes.constData(), static_cast<std::size_t>(bytes.size()));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EPIPE)
            dieOfBrokenPipe();
        if (n < 0)
            ::_exit(1);
        bytes.remove(0, n);
    }
}

/// The member at a dotted place.
QJsonValue member(const QJsonObject &object, const QString &path)
{
    QJsonValue value = object;
    for (const QString &name : path.split(u'.'))
        value = value.toObject().value(name);
    return value;
}

void putMember(QJsonObject &target, const QStringList &path, const QJsonValue &value)
{
    if (path.size() == 1) {
        target.insert(path.first(), value);
        return;
    }
    QJsonObject inner = target.value(path.first()).toObject();
    putMember(inner, path.mid(1), value);
    target.insert(path.first(), inner);
}

/// Every object that has `ts` also gets it as RFC 3339 (cli 3).
QJsonValue withTimes(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray result;
        for (const QJsonValue &item : value.toArray())
            result.append(withTimes(item));
        return result;
    }
    if (!value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it)
        result.insert(it.key(), withTimes(it.value()));
    if (const QJsonValue ts = object.value(u"ts"); ts.isDouble())
        result.insert(QStringLiteral("time"), rpc::toRfc3339(ts.toInteger()));
    return result;
}

QByteArray jsonLine(const QJsonObject &document)
{
    return jsonSafe(QJsonDocument(document).toJson(QJsonDocument::Compact)) + '\n';
}

QString textOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 17);
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts.append(textOf(part));
        return parts.join(u',');
    }
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toString();
}

QString ticksOf(const QString &state)
{
    if (state == u"accepted")
        return QStringLiteral("\u2713");
    if (state == u"delivered" || state == u"read")
        return QStringLiteral("\u2713\u2713") + (state == u"read" ? QStringLiteral(" read") : QString());
    return state;
}

/// What a person should know before believing the message.
QString warningOf(const QJsonObject &message)
{
    QStringList words;
    for (const QJsonValue &mark : message.value(u"marks").toArray())
        words.append(mark == QStringLiteral("old")               ? QStringLiteral("old")
                         : mark == QStringLiteral("brokenChain") ? QStringLiteral("broken chain")
                                                                 : QStringLiteral("removed device"));
    return words.isEmpty() ? QString() : QStringLiteral(" ! ") + words.join(QStringLiteral(", "));
}

} // namespace

std::optional<Format> formatNamed(const QString &name)
{
    const QStringList names { QStringLiteral("table"), QStringLiteral("plain"), QStringLiteral("json"),
                              QStringLiteral("jsonl") };
    const qsizetype at = names.indexOf(name);
    return at < 0 ? std::nullopt : std::optional(static_cast<Format>(at));
}

void dieOfBrokenPipe()
{
    ::signal(SIGPIPE, SIG_DFL); // QtNetwork ignores it; die of it, as other programs do
    ::raise(SIGPIPE);
    ::_exit(128 + SIGPIPE); // blocked by whoever started this
}

void writeOut(const QByteArray &bytes)
{
    writeTo(STDOUT_FILENO, bytes);
}

QByteArray jsonDocument(const QJsonObject &object)
{
    return jsonLine(withTimes(object).toObject());
}

QJsonObject errorDocument(const rpc::RpcError &error)
{
    const rpc::ErrorRow &row = rpc::rowOf(error.code);
    QJsonObject body { { QStringLiteral("code"), QLatin1StringView(row.name) },
                       { QStringLiteral("message"), error.message },
                       { QStringLiteral("exit"), row.exit },
                       { QStringLiteral("retryable"), error.retryable } };
    if (!error.hint.isEmpty())
        body.insert(QStringLiteral("hint"), error.hint);
    if (error.retryAfter)
        body.insert(QStringLiteral("retryAfterMs"), static_cast<qint64>(error.retryAfter->count()));
    if (!error.details.isNull())
        body.insert(QStringLiteral("details"), error.details);
    return { { QStringLiteral("schema"), 1 }, { QStringLiteral("error"), body } };
}

QString Output::bold(const QString &text) const
{
    return options_.colour ? QStringLiteral("\x1b[1m") + text + QStringLiteral("\x1b[0m") : text;
}

QJsonValue Output::selected(const QJsonValue &value) const
{
    if (options_.fields.isEmpty() || !value.isObject())
        return value;
    const QJsonObject object = value.toObject();
    QJsonObject result;
    if (object.contains(u"schema"))
        result.insert(QStringLiteral("schema"), object.value(u"schema"));
    for (const QString &field : options_.fields) {
        if (const QJsonValue found = member(object, field); !found.isUndefined())
            putMember(result, field.split(u'.'), found);
    }
    return result;
}

Columns Output::chosen(const Columns &columns) const
{
    if (options_.fields.isEmpty())
        return columns;
    Columns result;
    for (const QString &field : options_.fields) {
        const auto known =
            std::ranges::find_if(columns, [&](const Column &c) { return field == QLatin1StringView(c.field); });
        result.push_back(known != columns.end() ? *known : Column { field.toUtf8(), field.toUtf8() });
    }
    return result;
}

QString Output::timeText(const QJsonValue &value) const
{
    if (!value.isDouble())
        return value.toString();
    if (options_.format != Format::table || !options_.terminal)
        return rpc::toRfc3339(value.toInteger());
    const qint64 age = toMs(clock_.now()) - value.toInteger();
    if (age >= 0 && age < 60'000)
        return QStringLiteral("just now");
    if (age >= 0 && age < 3'600'000)
        return QStringLiteral("%1 min ago").arg(age / 60'000);
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(value.toInteger());
    return local.toString(age >= 0 && age < 86'400'000 ? QStringLiteral("HH:mm") : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString Output::cell(const QJsonObject &row, const Column &column) const
{
    const QJsonValue value = member(row, QString::fromUtf8(column.field));
    const bool isTable = options_.format == Format::table;
    QString text = textOf(value);
    if (column.kind == Column::Kind::time)
        text = timeText(value);
    else if (column.kind == Column::Kind::ticks && isTable)
        text = ticksOf(text) + warningOf(row);
    return isTable ? terminalLine(text) : plainCell(text);
}

QByteArray Output::tableBytes(const QJsonArray &items, const Columns &columns) const
{
    std::vector<QStringList> rows;
    std::vector<int> widths;
    for (const Column &column : columns)
        widths.push_back(displayWidth(QString::fromUtf8(column.title)));
    for (const QJsonValue &item : items) {
        QStringList row;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            QString text = cell(item.toObject(), columns[i]);
            if (columns[i].width > 0 && options_.terminal)
                text = fitted(text, columns[i].width);
            widths[i] = std::max(widths[i], displayWidth(text));
            row.append(text);
        }
        rows.push_back(row);
    }
    const auto join = [&](const QStringList &cells) {
        QString line;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const int gap = widths[static_cast<std::size_t>(i)] - displayWidth(cells.at(i)) + 2;
            line += cells.at(i) + (i + 1 < cells.size() ? QString(gap, u' ') : QString());
        }
        return line;
    };
    QStringList titles;
    for (const Column &column : columns)
        titles.append(QString::fromUtf8(column.title));
    QString out = bold(join(titles)) + u'\n';
    for (const QStringList &row : rows)
        out += join(row) + u'\n';
    return out.toUtf8();
}

QByteArray Output::listBytes(const QJsonObject &document, const Columns &allColumns) const
{
    const QJsonArray items = document.value(u"items").toArray();
    const Columns columns = chosen(allColumns);
    QByteArray out;
    switch (options_.format) {
    case Format::table:
        return items.isEmpty() ? QByteArray() : tableBytes(items, columns);
    case Format::plain:
        for (const QJsonValue &item : items) {
            QStringList cells;
            for (const Column &column : columns)
                cells.append(cell(item.toObject(), column));
            out += cells.join(u'\t').toUtf8() + '\n';
        }
        return out;
    case Format::json: {
        QJsonObject shown = withTimes(document).toObject();
        QJsonArray chosenItems;
        for (const QJsonValue &item : shown.value(u"items").toArray())
            chosenItems.append(selected(item));
        shown.insert(QStringLiteral("items"), chosenItems);
        return jsonLine(shown);
    }
    case Format::jsonl:
        for (const QJsonValue &item : items)
            out += jsonLine(selected(withTimes(item)).toObject());
        return out;
    }
    return out;
}

void Output::list(const QJsonObject &document, const Columns &columns) const
{
    writeOut(listBytes(document, columns));
}

void Output::pagedList(const QJsonObject &document, const Columns &columns) const
{
    const QByteArray bytes = listBytes(document, columns);
    if (options_.format != Format::table || !options_.terminal || !page(bytes))
        writeOut(bytes);
}

void Output::object(const QJsonObject &document, const Columns &allColumns) const
{
    if (isJson()) {
        writeOut(jsonLine(selected(withTimes(document)).toObject()));
        return;
    }
    const Columns columns = chosen(allColumns);
    if (options_.format == Format::plain) {
        QStringList cells;
        for (const Column &column : columns)
            cells.append(cell(document, column));
        writeOut(cells.join(u'\t').toUtf8() + '\n');
        return;
    }
    int widest = 0;
    for (const Column &column : columns)
        widest = std::max(widest, displayWidth(QString::fromUtf8(column.title)));
    QString out;
    for (const Column &column : columns) {
        const QString title = QString::fromUtf8(column.title);
        const QString value = cell(document, column);
        if (!value.isEmpty())
            out += bold(title) + QString(widest - displayWidth(title) + 2, u' ') + value + u'\n';
    }
    writeOut(out.toUtf8());
}

void Output::streamed(const QJsonObject &object, const Columns &allColumns) const
{
    if (isJson()) {
        writeOut(jsonLine(selected(withTimes(object)).toObject()));
        return;
    }
    QStringList cells;
    for (const Column &column : chosen(allColumns))
        cells.append(cell(object, column));
    if (options_.format == Format::table)
        cells.removeAll(QString());
    writeOut(cells.join(options_.format == Format::table ? QStringLiteral("  ") : QStringLiteral("\t")).toUtf8()
             + '\n');
}

void Output::sentence(const QJsonObject &document, const QString &text) const
{
    if (isJson())
        writeOut(jsonLine(selected(withTimes(document)).toObject()));
    else
        writeOut((terminalSafe(text) + u'\n').toUtf8());
}

void Output::text(const QString &text) const
{
    writeOut(text.toUtf8());
}

void Output::hint(const QString &text) const
{
    if (!options_.quiet)
        writeTo(STDERR_FILENO, (QStringLiteral("hint: ") + terminalSafe(text) + u'\n').toUtf8());
}

void Output::note(const QString &text) const
{
    writeTo(STDERR_FILENO, (QStringLiteral("note: ") + terminalLine(text) + u'\n').toUtf8());
}

void Output::error(const rpc::RpcError &error) const
{
    if (isJson()) {
        writeTo(STDERR_FILENO, jsonLine(errorDocument(error)));
        return;
    }
    writeTo(STDERR_FILENO, (QStringLiteral("kith: ") + terminalSafe(error.message) + u'\n').toUtf8());
    if (!error.hint.isEmpty())
        hint(error.hint);
}

} // namespace kith::cli
