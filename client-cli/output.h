// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-cli/command.h"
#include "common/base/clock.h"
#include "common/rpc/error.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace kith::cli {

enum class Format { table, plain, json, jsonl };

/// The format of that name; nothing for "auto" and anything else.
std::optional<Format> formatNamed(const QString &name);

/// One column of table and plain output.
struct Column {
    enum class Kind { text, time, ticks };

    QByteArray title;
    QByteArray field; ///< member of the document, dots for members of members
    Kind kind = Kind::text;
    int width = 0; ///< most columns on a terminal; 0: as wide as needed
};
using Columns = std::vector<Column>;

/// How results look (cli 3). stdout is the result and nothing else; stderr is for hints and errors.
class Output {
public:
    struct Options {
        Format format = Format::plain;
        QStringList fields; ///< empty: all
        bool terminal = false; ///< stdout is one
        bool colour = false;
        bool quiet = false;
    };

    Output(Options options, const Clock &clock) : options_(std::move(options)), clock_(clock) { }

    Format format() const { return options_.format; }
    bool isJson() const { return options_.format == Format::json || options_.format == Format::jsonl; }
    bool isTerminal() const { return options_.terminal; }
    bool isColoured() const { return options_.colour; }

    /// A list result {schema, items, more}. With json the document, with jsonl one item a line.
    void list(const QJsonObject &document, const Columns &columns) const;
    /// The same through the pager, where there is a terminal.
    void pagedList(const QJsonObject &document, const Columns &columns) const;
    /// One document; a table shows it as "title  value" lines.
    void object(const QJsonObject &document, const Columns &columns) const;
    /// One object of a stream, on one line in every format, written at once.
    void streamed(const QJsonObject &object, const Columns &columns) const;
    /// A sentence for people where json prints `document`.
    void sentence(const QJsonObject &document, const QString &text) const;
    /// Lines as they are, in every format.
    void text(const QString &text) const;

    void hint(const QString &text) const;
    /// What -v tells, on standard error.
    void note(const QString &text) const;
    void error(const rpc::RpcError &error) const;

private:
    QByteArray listBytes(const QJsonObject &document, const Columns &columns) const;
    QByteArray tableBytes(const QJsonArray &items, const Columns &columns) const;
    QJsonValue selected(const QJsonValue &value) const;
    Columns chosen(const Columns &columns) const;
    QString cell(const QJsonObject &row, const Column &column) const;
    QString timeText(const QJsonValue &value) const;
    QString bold(const QString &text) const;

    Options options_;
    const Clock &clock_;
};

/// Writes all of it to standard output; ends the process as SIGPIPE does when nobody reads.
void writeOut(const QByteArray &bytes);

/// Ends the process silently as SIGPIPE does.
[[noreturn]] void dieOfBrokenPipe();

/// `object` as --output jsonl writes it: times as RFC 3339 too, one line, harmless for a terminal.
QByteArray jsonDocument(const QJsonObject &object);

/// `error` in the form of --output json, one line (cli 3).
QJsonObject errorDocument(const rpc::RpcError &error);

} // namespace kith::cli
