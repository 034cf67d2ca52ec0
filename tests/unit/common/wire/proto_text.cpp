// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/common/wire/proto_text.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace kith::wire::schema {

namespace {

class Reader {
public:
    explicit Reader(std::vector<Message> &out) : out_(out) { }

    void line(const QString &text)
    {
        static const QRegularExpression opening("^(message|enum) (\\w+) \\{$");
        static const QRegularExpression oneof("^oneof (\\w+) \\{$");
        const auto trimmed = text.trimmed();
        if (const auto match = opening.match(trimmed); match.hasMatch()) {
            out_.push_back({ match.captured(2), {}, {}, false });
            depth_ = 1;
        } else if (const auto inner = oneof.match(trimmed); inner.hasMatch()) {
            oneof_ = "oneof:" + inner.captured(1) + " ";
            ++depth_;
        } else if (trimmed == "}") {
            oneof_.clear();
            --depth_;
        } else if (depth_ > 0) {
            member(trimmed);
        }
    }

private:
    void member(const QString &text)
    {
        static const QRegularExpression field("^((?:repeated |optional )?[\\w.]+) (\\w+) = (\\d+);(?: // (.*))?$");
        static const QRegularExpression value("^(\\w+) = (\\d+);(?: // (.*))?$");
        static const QRegularExpression reserved("^reserved (.*);");
        auto &message = out_.back();
        if (const auto match = field.match(text); match.hasMatch())
            message.fields.push_back(
                { oneof_ + match.captured(1), match.captured(2), match.captured(3).toInt(), match.captured(4) });
        else if (const auto number = value.match(text); number.hasMatch())
            message.fields.push_back({ "value", number.captured(1), number.captured(2).toInt(), number.captured(3) });
        else if (const auto gone = reserved.match(text); gone.hasMatch())
            message.reserved += gone.captured(1).remove('"').split(", ");
        else if (text.startsWith("// next free: "))
            message.saysNextFree = true;
    }

    std::vector<Message> &out_;
    QString oneof_;
    int depth_ = 0;
};

} // namespace

std::vector<Message> messages()
{
    std::vector<Message> all;
    QStringList paths;
    QDirIterator files(KITH_SOURCE_DIR "/common/wire", { "*.proto" }, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        paths += files.next();
    paths.sort();
    for (const auto &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        Reader reader(all);
        for (const auto &line : QString::fromUtf8(file.readAll()).split('\n'))
            reader.line(line);
    }
    return all;
}

QStringList lines(const std::vector<Message> &messages)
{
    QStringList all;
    for (const auto &message : messages) {
        for (const auto &field : message.fields)
            all += QString("%1 %2 %3 %4").arg(message.name).arg(field.number).arg(field.type, field.name);
    }
    return all;
}

} // namespace kith::wire::schema
