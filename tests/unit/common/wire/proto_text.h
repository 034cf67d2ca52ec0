// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// The .proto files as text: enough of proto3 for the lints (style 7.2, 7.9, 7.13). No nested messages, no maps.
namespace kith::wire::schema {

struct Field {
    QString type; ///< "repeated bytes", "optional uint64", "oneof:body Hello", "value" in an enum
    QString name;
    int number = 0;
    QString comment;
};
struct Message {
    QString name;
    std::vector<Field> fields;
    QStringList reserved; ///< numbers and names of reserved statements
    bool saysNextFree = false; ///< ends with a comment that names the next free number
};

/// Every message and enum of common/wire's .proto files. Empty when one cannot be read.
std::vector<Message> messages();

/// One line per field: "Hello 1 uint32 min_version".
QStringList lines(const std::vector<Message> &messages);

} // namespace kith::wire::schema
