// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/init.h"

#include "common/base/durable_file.h"
#include "server/admin/config_values.h"
#include "server/admin/self_signed.h"

#include <QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

namespace kith::server::admin {

namespace {

constexpr std::size_t maxKeyBytes = 16 * 1024;

std::string folderOf(const std::string &path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

/// Sets `name = value` in the section's part of the commented default text.
void setKey(std::string &text, const std::string &name, const std::string &value)
{
    const auto dot = name.find('.');
    const auto section = text.find("[" + name.substr(0, dot) + "]\n");
    const auto line = text.find("\n# " + name.substr(dot + 1) + " = ", section) + 1;
    text.replace(line, text.find('\n', line) - line, name.substr(dot + 1) + " = \"" + value + '"');
}

Result<void> refuseToOverwrite(const std::vector<std::string> &paths)
{
    for (const auto &path : paths) {
        if (::access(path.c_str(), F_OK) == 0)
            return Error { ErrorCode::exists,
                           path
                               + " is there already; nothing was changed (--renew makes a new "
                                 "certificate for the same key)" };
    }
    return {};
}

/// The folder of a configuration belongs to its administrator, who may have made it already.
Result<void> makeFolder(const std::string &path)
{
    if (QFileInfo(QString::fromStdString(path)).isDir())
        return {};
    return makePrivateFolder(path);
}

} // namespace

Result<InitDone> initServer(const InitWish &wish, Random &random)
{
    const std::string folder = folderOf(wish.configFile);
    InitDone done { folder + "/tls.crt", folder + "/tls.key", {} };
    KITH_CHECK(parseEndpoint(wish.listen));
    QByteArray oldKey;
    if (wish.renew) {
        KITH_TRY(oldKey, readWhole(done.keyFile, maxKeyBytes));
    } else {
        KITH_CHECK(refuseToOverwrite({ wish.configFile, done.certificateFile, done.keyFile }));
    }
    auto made = makeSelfSigned(wish.hosts, random, viewOf(oldKey));
    if (!oldKey.isEmpty())
        wipe({ reinterpret_cast<std::uint8_t *>(oldKey.data()), static_cast<std::size_t>(oldKey.size()) });
    if (!made)
        return std::move(made).error();
    done.pin = made->pin;
    KITH_CHECK(makeFolder(folder));
    if (!wish.renew) {
        std::string text = defaultConfigText();
        setKey(text, "listen.gateway", wish.listen);
        setKey(text, "listen.tls_cert", done.certificateFile);
        setKey(text, "listen.tls_key", done.keyFile);
        if (!wish.dataDir.empty())
            setKey(text, "store.data_dir", wish.dataDir);
        KITH_CHECK(writeDurably(done.keyFile, made->key.view()));
        KITH_CHECK(writeDurably(wish.configFile, viewOf(text)));
    }
    KITH_CHECK(writeDurably(done.certificateFile, viewOf(made->certificate)));
    return done;
}

} // namespace kith::server::admin
