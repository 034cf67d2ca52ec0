// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/web_socket_dialer.h"

#include "common/net/web_socket_channel.h"
#include "common/wire/frames.h"
#include "common/wire/limits.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QSslKey>
#include <QSslSocket>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace kith::net {

namespace {

constexpr milliseconds dialDeadline { 10'000 };

/// What a matching pin makes harmless: it replaces the authority and the name, not the dates or the signature.
bool isSettledByPin(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::HostNameMismatch:
        return true;
    default:
        return false;
    }
}

const char *whyUntrusted(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return "the server's certificate has expired";
    case QSslError::CertificateNotYetValid:
        return "the server's certificate is not valid yet; check this machine's clock";
    case QSslError::HostNameMismatch:
        return "the server's certificate is for another name";
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return "the server made its own certificate: add its pin to the address";
    default:
        return "the server's certificate cannot be verified";
    }
}

/// One attempt. Deletes itself after `done`.
class Attempt final : public QObject {
public:
    Attempt(const ServerAddress &address, QObject *context, Dialer::Done done, Timers &timers)
        : address_(address)
        , context_(context)
        , done_(std::move(done))
        , timers_(timers)
        , socket_(std::make_unique<QWebSocket>())
    {
        connect(context, &QObject::destroyed, this, [this] { finish(Error { ErrorCode::cancelled, "nobody waits" }); });
        deadline_ = timers_.after(dialDeadline, [this] {
            finish(Error { ErrorCode::timeout, "the server did not answer in 10 s" });
        });
    }

    void start(const QSslConfiguration &tls)
    {
        WebSocketChannel::limit(*socket_, wire::limits::clientFrameBytes);
        socket_->setSslConfiguration(tls);
        connect(socket_.get(), &QWebSocket::sslErrors, this, &Attempt::onSslErrors);
        connect(socket_.get(), &QWebSocket::connected, this, &Attempt::onConnected);
        connect(socket_.get(), &QWebSocket::disconnected, this, [this] { onFailed(); });
        connect(socket_.get(), qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
                [this] { onFailed(); });
        QWebSocketHandshakeOptions options;
        options.setSubprotocols({ QString::fromLatin1(wire::subprotocol) });
        socket_->open(QUrl(address_.url), options);
    }

    void failLater(const Error &error)
    {
        deadline_ = timers_.after(milliseconds { 0 }, [this, error] { finish(error); });
    }

private:
    QTcpSocket *inner() const { return socket_->findChild<QTcpSocket *>(); } // the only public way to it
    QSslCertificate certificate() const
    {
        const auto *tls = qobject_cast<QSslSocket *>(inner());
        return tls ? tls->peerCertificate() : QSslCertificate();
    }

    void onSslErrors(const QList<QSslError> &errors)
    {
        if (!address_.pin.isEmpty()) {
            if (pinOf(certificate()) != address_.pin) {
                finish(Error { ErrorCode::untrusted, "the server's key is not the pinned one" });
                return;
            }
            QList<QSslError> expected;
            for (const auto &error : errors) {
                if (isSettledByPin(error.error()))
                    expected << error;
            }
            socket_->ignoreSslErrors(expected);
            if (expected.size() == errors.size())
                return;
        }
        for (const auto &error : errors) {
            if (address_.pin.isEmpty() || !isSettledByPin(error.error())) {
                finish(Error { ErrorCode::untrusted, whyUntrusted(error.error()) });
                return;
            }
        }
    }

    /// Before any frame leaves: a certificate that an authority signed raised no error above.
    Result<void> check() const
    {
        const bool tls = QUrl(address_.url).scheme() == u"wss";
        if (!tls && !socket_->peerAddress().isLoopback())
            return Error { ErrorCode::permission, "the plain address leads to another machine" };
        if (tls && certificate().isNull())
            return Error { ErrorCode::untrusted, "the server showed no certificate" };
        if (!address_.pin.isEmpty() && pinOf(certificate()) != address_.pin)
            return Error { ErrorCode::untrusted, "the server's key is not the pinned one" };
        if (socket_->subprotocol() != QLatin1String(wire::subprotocol))
            return Error { ErrorCode::unsupported, "the server does not speak kith.v1" };
        return {};
    }

    void onConnected()
    {
        if (auto checked = check(); !checked) {
            finish(std::move(checked).error());
            return;
        }
        if (const auto *socket = inner())
            WebSocketChannel::setUserTimeout(socket->socketDescriptor());
        const QByteArray hash = certificateHashOf(certificate());
        socket_->disconnect(this);
        finish(std::unique_ptr<Channel>(std::make_unique<WebSocketChannel>(std::move(socket_), hash, timers_)));
    }

    void onFailed()
    {
        switch (socket_ ? socket_->error() : QAbstractSocket::UnknownSocketError) {
        case QAbstractSocket::SslHandshakeFailedError:
            return finish(Error { ErrorCode::untrusted, "no secure connection: TLS 1.2 or later could not be agreed" });
        case QAbstractSocket::ConnectionRefusedError:
            return finish(Error { ErrorCode::network, "connection refused" });
        case QAbstractSocket::HostNotFoundError:
            return finish(Error { ErrorCode::network, "there is no host of that name" });
        default:
            return finish(Error { ErrorCode::network, "no connection to the server" });
        }
    }

    void finish(Result<std::unique_ptr<Channel>> result)
    {
        if (!done_)
            return;
        const auto done = std::exchange(done_, nullptr);
        deadline_.cancel();
        if (socket_) {
            socket_->disconnect(this);
            socket_->abort();
            socket_.release()->deleteLater(); // it may be emitting right now
        }
        deleteLater();
        if (context_)
            done(std::move(result));
    }

    ServerAddress address_;
    QPointer<QObject> context_;
    Dialer::Done done_;
    Timers &timers_;
    std::unique_ptr<QWebSocket> socket_;
    Timer deadline_;
};

} // namespace

QByteArray pinOf(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    return QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256);
}

QByteArray certificateHashOf(const QSslCertificate &certificate)
{
    return certificate.isNull() ? QByteArray() : certificate.digest(QCryptographicHash::Sha256);
}

WebSocketDialer::WebSocketDialer(Timers &timers, QSslConfiguration tls) : timers_(timers), tls_(std::move(tls))
{
    tls_.setProtocol(QSsl::TlsV1_2OrLater);
    tls_.setPeerVerifyMode(QSslSocket::VerifyPeer);
}

void WebSocketDialer::dial(const ServerAddress &address, QObject *context, Done done)
{
    auto *attempt = new Attempt(address, context, std::move(done), timers_);
    if (auto checked = ServerAddress::parse(address.url); !checked)
        attempt->failLater(checked.error());
    else
        attempt->start(tls_);
}

} // namespace kith::net
