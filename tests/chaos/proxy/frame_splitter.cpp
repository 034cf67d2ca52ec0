// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/proxy/frame_splitter.h"

namespace kith::chaos {

namespace {

constexpr qsizetype shortHead = 2, mediumHead = 4, longHead = 10, maskSize = 4;

/// Where the mask or the payload begins; 0 while the head is not whole.
qsizetype headSize(QByteArrayView frame)
{
    if (frame.size() < shortHead)
        return 0;
    const int length = frame[1] & 0x7f;
    const qsizetype size = length < 126 ? shortHead : length == 126 ? mediumHead : longHead;
    return frame.size() < size ? 0 : size;
}

qsizetype payloadSize(QByteArrayView frame, qsizetype head)
{
    if (head == shortHead)
        return frame[1] & 0x7f;
    qsizetype size = 0;
    for (qsizetype i = shortHead; i < head; ++i)
        size = size << 8 | static_cast<unsigned char>(frame[i]);
    return size;
}

bool isMasked(QByteArrayView frame)
{
    return frame[1] & 0x80;
}

} // namespace

std::optional<QByteArray> FrameSplitter::next()
{
    qsizetype size = 0;
    if (open_) {
        size = frameSize();
    } else if (const auto end = waiting_.indexOf("\r\n\r\n", taken_); end >= 0) {
        size = end + 4 - taken_;
        open_ = true;
    }
    if (size == 0 || waiting_.size() - taken_ < size) {
        waiting_.remove(0, std::exchange(taken_, 0));
        return {};
    }
    auto piece = waiting_.mid(taken_, size);
    taken_ += size;
    return piece;
}

qsizetype FrameSplitter::frameSize() const
{
    const auto frame = QByteArrayView(waiting_).sliced(taken_);
    const auto head = headSize(frame);
    return head == 0 ? 0 : head + (isMasked(frame) ? maskSize : 0) + payloadSize(frame, head);
}

QByteArray payloadOf(const QByteArray &frame)
{
    const auto head = headSize(frame);
    if (head == 0)
        return {};
    if (!isMasked(frame))
        return frame.mid(head);
    auto payload = frame.mid(head + maskSize);
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload[i] ^ frame[head + i % maskSize]);
    return payload;
}

} // namespace kith::chaos
