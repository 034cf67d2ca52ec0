// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/wire/protobuf_io.h"

#include "common/wire/check.h"
#include "common/wire/limits.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message_lite.h>
#include <google/protobuf/stubs/logging.h>

namespace kith::wire {

Outcome<void> parse(ByteView bytes, google::protobuf::MessageLite &message)
{
    // The library prints a line about each bad text; a peer must not be able to fill our log (security S13).
    static const auto printer = google::protobuf::SetLogHandler(nullptr);
    (void)printer;
    const int size = static_cast<int>(bytes.size());
    google::protobuf::io::CodedInputStream input(bytes.data(), size);
    input.SetRecursionLimit(limits::protobufDepth);
    input.SetTotalBytesLimit(size);
    if (!message.ParseFromCodedStream(&input) || !input.ConsumedEntireMessage())
        return invalidFault("bytes");
    return {};
}

QByteArray serialize(const google::protobuf::MessageLite &message)
{
    QByteArray bytes(static_cast<qsizetype>(message.ByteSizeLong()), Qt::Uninitialized);
    google::protobuf::io::ArrayOutputStream array(bytes.data(), static_cast<int>(bytes.size()));
    google::protobuf::io::CodedOutputStream output(&array);
    output.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&output);
    return bytes;
}

} // namespace kith::wire
