// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/crypto/session_record.h"

#include "common/crypto/protobuf_wire.h"
#include "common/crypto/session_cipher.h"

#include <algorithm>

namespace kith::crypto {

namespace {

// Field numbers of the library's LocalStorageProtocol.proto.
constexpr std::uint32_t recordCurrent = 1;
constexpr std::uint32_t recordPrevious = 2;
constexpr std::uint32_t stateRemoteIdentity = 3;
constexpr std::uint32_t stateSenderChain = 6;
constexpr std::uint32_t stateReceiverChain = 7;
constexpr std::uint32_t statePendingPreKey = 9;
constexpr std::uint32_t stateRemoteRegistrationId = 10;
constexpr std::uint32_t stateBaseKey = 13;
constexpr std::uint32_t chainRatchetKey = 1;
constexpr std::uint32_t chainKey = 3;
constexpr std::uint32_t chainMessageKey = 4;
constexpr std::uint32_t keyIndex = 1; // of a chain key and of a message key

/// Stored by us within maxSessionRecordSize; anything much longer is damage.
constexpr std::size_t maxReadableRecord = 4 * maxSessionRecordSize;

Error corrupt()
{
    return { ErrorCode::corrupt, "a session record that does not parse" };
}

bool equal(ByteView a, ByteView b)
{
    return std::ranges::equal(a, b);
}

/// The index of a chain key or of a message key.
Result<std::uint32_t> readIndex(ByteView key)
{
    std::uint32_t index = 0;
    WireReader reader(key);
    while (const auto field = reader.next())
        if (field->number == keyIndex && !field->isBytes)
            index = static_cast<std::uint32_t>(field->value);
    if (!reader.isComplete())
        return corrupt();
    return index;
}

Result<ChainView> readChain(ByteView bytes)
{
    ChainView chain;
    WireReader reader(bytes);
    while (const auto field = reader.next()) {
        if (field->number == chainRatchetKey && field->isBytes)
            chain.ratchetKey = field->bytes;
        else if (field->number == chainMessageKey && field->isBytes) {
            ++chain.skippedKeys;
            KITH_TRY(const auto index, readIndex(field->bytes));
            chain.newestSkipped = std::max(chain.newestSkipped, index);
        } else if (field->number == chainKey && field->isBytes) {
            KITH_TRY(chain.index, readIndex(field->bytes));
        }
    }
    if (!reader.isComplete())
        return corrupt();
    return chain;
}

Result<StateView> readState(ByteView bytes)
{
    StateView state;
    state.bytes = bytes;
    WireReader reader(bytes);
    while (const auto field = reader.next()) {
        if (field->number == stateRemoteRegistrationId && !field->isBytes)
            state.remoteRegistrationId = static_cast<std::uint32_t>(field->value);
        if (!field->isBytes)
            continue;
        if (field->number == stateRemoteIdentity)
            state.remoteIdentity = field->bytes;
        else if (field->number == stateBaseKey)
            state.baseKey = field->bytes;
        else if (field->number == statePendingPreKey)
            state.unacknowledged = true;
        else if (field->number == stateSenderChain) {
            KITH_TRY(state.sender, readChain(field->bytes));
        } else if (field->number == stateReceiverChain) {
            KITH_TRY(auto chain, readChain(field->bytes));
            state.receivers.push_back(chain);
        }
    }
    if (!reader.isComplete())
        return corrupt();
    return state;
}

/// `chain` without its `drop` oldest message keys.
QByteArray thinnedChain(ByteView chain, std::size_t &drop)
{
    QByteArray out;
    WireReader reader(chain);
    while (const auto field = reader.next()) {
        if (drop > 0 && field->number == chainMessageKey)
            --drop;
        else
            out.append(reinterpret_cast<const char *>(field->raw.data()), static_cast<qsizetype>(field->raw.size()));
    }
    return out;
}

/// `state` without its `drop` oldest message keys: chains are kept oldest first, and so are the keys of a chain.
QByteArray thinnedState(ByteView state, std::size_t drop)
{
    QByteArray out;
    WireReader reader(state);
    while (const auto field = reader.next()) {
        if (drop > 0 && field->number == stateReceiverChain)
            appendField(out, stateReceiverChain, viewOf(thinnedChain(field->bytes, drop)));
        else
            out.append(reinterpret_cast<const char *>(field->raw.data()), static_cast<qsizetype>(field->raw.size()));
    }
    return out;
}

void appendRaw(QByteArray &out, ByteView raw)
{
    out.append(reinterpret_cast<const char *>(raw.data()), static_cast<qsizetype>(raw.size()));
}

/// `chain` without its message keys up to `through`.
Result<QByteArray> withoutKeys(ByteView chain, std::uint32_t through)
{
    QByteArray out;
    WireReader reader(chain);
    while (const auto field = reader.next()) {
        if (field->number == chainMessageKey) {
            KITH_TRY(const auto index, readIndex(field->bytes));
            if (index <= through)
                continue;
        }
        appendRaw(out, field->raw);
    }
    return out;
}

/// `state` without the skipped keys that `parts` name.
Result<QByteArray> withoutKeys(ByteView state, const std::vector<AgingPart> &parts)
{
    QByteArray out;
    WireReader reader(state);
    while (const auto field = reader.next()) {
        if (field->number != stateReceiverChain) {
            appendRaw(out, field->raw);
            continue;
        }
        KITH_TRY(const auto chain, readChain(field->bytes));
        QByteArray kept = toByteArray(field->bytes);
        for (const auto &part : parts) {
            if (part.through && equal(viewOf(part.key), chain.ratchetKey)) {
                KITH_TRY(kept, withoutKeys(viewOf(kept), *part.through));
            }
        }
        appendField(out, stateReceiverChain, viewOf(kept));
    }
    return out;
}

/// A state as it is going to be written.
struct Kept {
    QByteArray bytes;
    std::size_t skippedKeys = 0;
};

/// Drops the oldest skipped keys beyond maxSkippedKeys in all. `states`: newest first.
void limitSkippedKeys(std::vector<Kept> &states)
{
    std::size_t all = 0;
    for (const auto &state : states)
        all += state.skippedKeys;
    for (auto state = states.rbegin(); state != states.rend() && all > maxSkippedKeys; ++state) {
        const std::size_t drop = std::min(state->skippedKeys, all - maxSkippedKeys);
        state->bytes = thinnedState(viewOf(state->bytes), drop);
        state->skippedKeys -= drop;
        all -= drop;
    }
}

/// The record of `current` (may be empty) and `previous`, within all limits.
Result<QByteArray> written(const QByteArray &current, const std::vector<QByteArray> &previous)
{
    std::vector<Kept> states;
    const auto keep = [&states](const QByteArray &bytes) -> Result<void> {
        KITH_TRY(const auto state, readState(viewOf(bytes)));
        states.push_back({ bytes, state.skippedKeys() });
        return {};
    };
    KITH_CHECK(keep(current));
    for (const auto &bytes : previous) {
        KITH_TRY(const auto state, readState(viewOf(bytes)));
        if (state.sender && states.size() <= maxArchivedStates)
            KITH_CHECK(keep(bytes));
    }
    limitSkippedKeys(states);

    QByteArray record;
    if (!current.isEmpty())
        appendField(record, recordCurrent, viewOf(states.front().bytes));
    for (std::size_t i = 1; i < states.size(); ++i) {
        constexpr qsizetype head = 8; // tag and length
        if (static_cast<std::size_t>(record.size() + head + states[i].bytes.size()) > maxSessionRecordSize)
            break;
        appendField(record, recordPrevious, viewOf(states[i].bytes));
    }
    if (static_cast<std::size_t>(record.size()) > maxSessionRecordSize)
        return Error { ErrorCode::tooLarge, "a session record" };
    return record;
}

} // namespace

std::size_t StateView::skippedKeys() const
{
    std::size_t count = 0;
    for (const auto &chain : receivers)
        count += chain.skippedKeys;
    return count;
}

const ChainView *StateView::receiver(ByteView ratchetKey) const
{
    const auto found =
        std::ranges::find_if(receivers, [&](const auto &chain) { return equal(chain.ratchetKey, ratchetKey); });
    return found == receivers.end() ? nullptr : &*found;
}

Result<RecordView> RecordView::read(ByteView record)
{
    if (record.size() > maxReadableRecord)
        return Error { ErrorCode::tooLarge, "a session record" };
    RecordView view;
    WireReader reader(record);
    while (const auto field = reader.next()) {
        if (!field->isBytes || (field->number != recordCurrent && field->number != recordPrevious))
            return corrupt();
        KITH_TRY(auto state, readState(field->bytes));
        if (field->number == recordPrevious)
            view.previous.push_back(std::move(state));
        else if (view.current)
            return corrupt();
        else
            view.current = std::move(state);
    }
    if (!reader.isComplete())
        return corrupt();
    return view;
}

std::vector<const StateView *> RecordView::usable() const
{
    std::vector<const StateView *> states;
    if (current && current->sender)
        states.push_back(&*current);
    for (const auto &state : previous)
        if (state.sender)
            states.push_back(&state);
    return states;
}

RecordSelection select(const RecordView &record, const std::vector<const StateView *> &chosen)
{
    RecordSelection selection;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (i == 0)
            selection.visible.emplace();
        appendField(*selection.visible, i == 0 ? recordCurrent : recordPrevious, chosen[i]->bytes);
    }
    const auto isChosen = [&](const StateView &state) { return std::ranges::find(chosen, &state) != chosen.end(); };
    if (record.current && record.current->sender && !isChosen(*record.current))
        selection.withheldCurrent = toByteArray(record.current->bytes);
    for (const auto &state : record.previous)
        if (!isChosen(state))
            selection.withheldPrevious.push_back(toByteArray(state.bytes));
    return selection;
}

Result<QByteArray> merge(ByteView fromLibrary, const RecordSelection &selection)
{
    KITH_TRY(const auto stored, RecordView::read(fromLibrary));
    std::vector<QByteArray> previous;
    if (!selection.withheldCurrent.isEmpty())
        previous.push_back(selection.withheldCurrent);
    for (const auto &state : stored.previous)
        previous.push_back(toByteArray(state.bytes));
    previous.insert(previous.end(), selection.withheldPrevious.begin(), selection.withheldPrevious.end());
    return written(stored.current ? toByteArray(stored.current->bytes) : QByteArray(), previous);
}

std::vector<AgingPart> agingParts(const RecordView &record)
{
    std::vector<AgingPart> parts;
    for (const auto &state : record.previous)
        parts.push_back({ toByteArray(state.baseKey), {} });
    for (const auto *state : record.usable())
        for (const auto &chain : state->receivers)
            if (chain.skippedKeys > 0)
                parts.push_back({ toByteArray(chain.ratchetKey), chain.newestSkipped });
    return parts;
}

Result<QByteArray> without(ByteView record, const std::vector<AgingPart> &parts)
{
    KITH_TRY(const auto view, RecordView::read(record));
    QByteArray current;
    if (view.current) {
        KITH_TRY(current, withoutKeys(view.current->bytes, parts));
    }
    std::vector<QByteArray> previous;
    for (const auto &state : view.previous) {
        const auto isOld = [&](const AgingPart &part) {
            return !part.through && equal(viewOf(part.key), state.baseKey);
        };
        if (std::ranges::any_of(parts, isOld))
            continue;
        KITH_TRY(auto kept, withoutKeys(state.bytes, parts));
        previous.push_back(std::move(kept));
    }
    return written(current, previous);
}

Result<QByteArray> archived(ByteView record)
{
    KITH_TRY(const auto view, RecordView::read(record));
    std::vector<QByteArray> previous;
    for (const auto *state : view.usable())
        previous.push_back(toByteArray(state->bytes));
    return written({}, previous);
}

} // namespace kith::crypto
