// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-cli/secrets.h"

#include <QDir>
#include <QUtf8StringView>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace kith::cli {

using rpc::RpcError;
using rpc::RpcResult;

namespace {

constexpr std::size_t passphraseLimit = 1024;

RpcError invalid(const QString &message, const QString &hint = {})
{
    return { rpc::ErrorCode::invalidParams, message, hint };
}

/// Terminal echo off for as long as it lives.
class SilentTerminal {
public:
    SilentTerminal()
    {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0)
            return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (changed_)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

private:
    termios before_ {};
    bool changed_ = false;
};

void say(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (::write(STDERR_FILENO, bytes.constData(), static_cast<std::size_t>(bytes.size())) < 0)
        return; // nobody reads the prompt; the answer decides
}

/// One line from a descriptor, without its end, byte by byte so that nothing behind it is taken.
RpcResult<SecretBytes> readLineOf(int fd)
{
    SecretBytes buffer(passphraseLimit);
    std::size_t size = 0;
    for (;;) {
        std::uint8_t byte = 0;
        const ssize_t n = ::read(fd, &byte, 1);
        if (n < 0)
            return errno == EINTR ? RpcError { rpc::ErrorCode::cancelled, QStringLiteral("stopped") }
                                  : invalid(QStringLiteral("the passphrase cannot be read"));
        if (n == 0 && size == 0)
            return RpcError { rpc::ErrorCode::cancelled, QStringLiteral("there is no passphrase to read") };
        if (n == 0 || byte == '\n')
            return SecretBytes(buffer.view().first(size));
        if (size == buffer.size())
            return invalid(QStringLiteral("a passphrase has at most 1024 bytes"));
        buffer.mutableView()[size++] = byte;
    }
}

RpcResult<SecretBytes> readPassphraseFile(const QString &path)
{
    if (path == u"-")
        return readLineOf(STDIN_FILENO);
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return invalid(QStringLiteral("the passphrase file cannot be opened: %1")
                           .arg(QString::fromLocal8Bit(std::strerror(errno))));
    auto secret = readLineOf(fd);
    ::close(fd);
    return secret;
}

RpcResult<QJsonObject> unlockWithRead(RpcResult<SecretBytes> read)
{
    KITH_TRY(const SecretBytes secret, std::move(read));
    if (secret.isEmpty())
        return invalid(QStringLiteral("the passphrase is empty"));
    return unlockWith(secret);
}

} // namespace

RpcResult<QJsonObject> unlockWithRecoveryKey(const QString &path)
{
    KITH_TRY(QJsonObject unlock, unlockWithRead(readPassphraseFile(path)));
    unlock.insert(QStringLiteral("kind"), QStringLiteral("recovery"));
    return unlock;
}

std::vector<Option> secretOptions()
{
    return { { "--passphrase-file", "F|-", "read the passphrase's line from a file or standard input", Complete::file },
             { "--passphrase-fd", "N", "read the passphrase's line from descriptor N" },
             { "--key-file", "F", "unlock with a key file of mode 0600", Complete::file } };
}

bool hasTerminal()
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

RpcResult<SecretBytes> askPassphrase(const QString &prompt)
{
    if (!hasTerminal())
        return RpcError { rpc::ErrorCode::locked,
                          QStringLiteral("a passphrase is needed and there is no terminal to ask"),
                          QStringLiteral("use --passphrase-file, --passphrase-fd or --key-file") };
    say(prompt);
    auto read = [] {
        const SilentTerminal silent;
        return readLineOf(STDIN_FILENO);
    }();
    say(QStringLiteral("\n"));
    return read;
}

RpcResult<SecretBytes> askNewPassphrase()
{
    KITH_TRY(SecretBytes first, askPassphrase(QStringLiteral("New passphrase for this profile: ")));
    KITH_TRY(const SecretBytes again, askPassphrase(QStringLiteral("The same again: ")));
    if (first.isEmpty())
        return invalid(QStringLiteral("the passphrase is empty"));
    if (!first.equals(again.view()))
        return invalid(QStringLiteral("both passphrases differ"));
    return first;
}

RpcResult<QString> askLine(const QString &prompt)
{
    say(prompt);
    KITH_TRY(const SecretBytes line, readLineOf(STDIN_FILENO));
    return QString::fromUtf8(toByteArray(line.view())).trimmed();
}

QJsonObject unlockWith(const SecretBytes &passphrase)
{
    return { { QStringLiteral("kind"), QStringLiteral("passphrase") },
             { QStringLiteral("secret"), QString::fromUtf8(toByteArray(passphrase.view())) } };
}

RpcResult<std::optional<SecretBytes>> credentialPassphrase(const QProcessEnvironment &environment)
{
    const QString folder = environment.value(QStringLiteral("CREDENTIALS_DIRECTORY"));
    const QString file = folder + QStringLiteral("/kith.passphrase");
    if (folder.isEmpty() || !QFile::exists(file))
        return std::optional<SecretBytes> {};
    KITH_TRY(SecretBytes secret, readPassphraseFile(file));
    return std::optional(std::move(secret));
}

RpcResult<std::optional<QJsonObject>> unlockFromOptions(const Arguments &arguments,
                                                        const QProcessEnvironment &environment)
{
    const int given = arguments.has("passphrase-file") + arguments.has("passphrase-fd") + arguments.has("key-file");
    if (given > 1)
        return invalid(QStringLiteral("only one of --passphrase-file, --passphrase-fd and --key-file"));
    if (arguments.has("key-file"))
        return std::optional(
            QJsonObject { { QStringLiteral("kind"), QStringLiteral("keyFile") },
                          { QStringLiteral("path"), QDir::current().absoluteFilePath(arguments.value("key-file")) } });
    if (arguments.has("passphrase-file")) {
        KITH_TRY(auto unlock, unlockWithRead(readPassphraseFile(arguments.value("passphrase-file"))));
        return std::optional(unlock);
    }
    if (arguments.has("passphrase-fd")) {
        bool ok = false;
        const int fd = arguments.value("passphrase-fd").toInt(&ok);
        if (!ok || fd < 0)
            return invalid(QStringLiteral("--passphrase-fd needs the number of a descriptor"));
        KITH_TRY(auto unlock, unlockWithRead(readLineOf(fd)));
        return std::optional(unlock);
    }
    KITH_TRY(const auto credential, credentialPassphrase(environment));
    return credential ? std::optional(unlockWith(*credential)) : std::nullopt;
}

RpcResult<QString> readStandardInput(qsizetype limit)
{
    QByteArray text;
    char chunk[16384];
    for (;;) {
        const ssize_t n = ::read(STDIN_FILENO, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            return RpcError { rpc::ErrorCode::cancelled, QStringLiteral("stopped") };
        if (n <= 0)
            break;
        text.append(chunk, static_cast<qsizetype>(n));
        if (text.size() > limit)
            return RpcError { rpc::ErrorCode::tooLarge, QStringLiteral("more than %1 KiB of text").arg(limit / 1024) };
    }
    if (!QUtf8StringView(text).isValidUtf8())
        return invalid(QStringLiteral("the text on standard input is not UTF-8"));
    return QString::fromUtf8(text);
}

} // namespace kith::cli
