// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/net/web_socket_dialer.h"
#include "tests/chaos/crowd/export.h"
#include "tests/chaos/crowd/resident.h"

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <unistd.h>

using namespace kith;
using namespace kith::chaos;

namespace {

constexpr milliseconds lookEvery { 50 };
constexpr int looksPerReport = 8;

/// The residents of this process, told what to do by lines on standard input. Says how it goes on standard output.
class Crowd final : public QObject {
public:
    Crowd(const Town &town, int incarnation) : town_(town), incarnation_(incarnation)
    {
        connect(&input_, &QSocketNotifier::activated, this, [this] { readInput(); });
    }

    bool add(int index)
    {
        auto resident = std::make_unique<Resident>(town_, index, incarnation_);
        if (!resident->open())
            return false;
        residents_.push_back(std::move(resident));
        return true;
    }

    void look()
    {
        for (const auto &resident : residents_)
            resident->live(mayWrite_);
        if (++looks_ % looksPerReport == 0)
            report();
        next_ = town_.timers.after(lookEvery, [this] { look(); });
    }

private:
    void report()
    {
        Tally sum;
        int settled = 0, quiet = 0, online = 0;
        for (const auto &resident : residents_) {
            const auto one = resident->tally();
            sum.sent += one.sent;
            sum.waiting += one.waiting;
            sum.received += one.received;
            settled += resident->isSettled();
            online += resident->isOnline();
            quiet += !mayWrite_ && resident->isQuiet();
        }
        say({ { "sent", static_cast<qint64>(sum.sent) },
              { "waiting", static_cast<qint64>(sum.waiting) },
              { "received", static_cast<qint64>(sum.received) },
              { "people", static_cast<qint64>(residents_.size()) },
              { "online", online },
              { "settled", settled },
              { "quiet", quiet } });
    }

    static void say(const QJsonObject &object)
    {
        std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
    }

    void readInput()
    {
        char bytes[4096];
        const auto size = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (size <= 0)
            return QCoreApplication::exit(0); // whoever started this is gone
        waiting_.append(bytes, static_cast<qsizetype>(size));
        for (auto end = waiting_.indexOf('\n'); end >= 0; end = waiting_.indexOf('\n')) {
            const auto words = QString::fromUtf8(waiting_.first(end)).split(' ');
            waiting_.remove(0, end + 1);
            obey(words);
        }
    }

    void obey(const QStringList &words)
    {
        const auto &order = words[0];
        auto *someone = residents_.empty() ? nullptr : residents_[turn_++ % residents_.size()].get();
        if (order == "write")
            mayWrite_ = words.value(1) == "on";
        else if (order == "hurry")
            for (const auto &resident : residents_)
                resident->hurry();
        else if (order == "offline" && someone)
            someone->goOffline(milliseconds { words.value(1).toInt() });
        else if (order == "newcomer")
            add(words.value(1).toInt());
        else if (order == "sender-key" && someone)
            someone->storeSenderKey();
        else if (order == "take" && someone)
            take(someone, words);
        else if (order == "export")
            exportAll();
    }

    static void take(Resident *someone, const QStringList &words)
    {
        std::vector<int> people;
        for (const auto &word : words.mid(2))
            people.push_back(word.toInt());
        someone->takePreKeys(people, words.value(1).toInt());
    }

    void exportAll()
    {
        int done = 0;
        for (const auto &resident : residents_)
            done += exportProfile(resident->engine(), resident->name(),
                                  town_.logs + '/' + resident->name() + ".export.jsonl");
        say({ { "exported", done } });
        for (const auto &resident : residents_)
            resident->close();
        QCoreApplication::exit(done == static_cast<int>(residents_.size()) ? 0 : 1);
    }

    const Town &town_;
    int incarnation_;
    std::vector<std::unique_ptr<Resident>> residents_;
    QSocketNotifier input_ { STDIN_FILENO, QSocketNotifier::Read };
    QByteArray waiting_;
    bool mayWrite_ = false;
    std::size_t turn_ = 0;
    int looks_ = 0;
    Timer next_;
};

} // namespace

/// `kith-chaos-crowd`: many people in one process, to be killed as one.
int main(int argc, char **argv)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // whoever drives it may be killed as well
    QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.addOptions({ { "folder", {}, "path" },
                         { "logs", {}, "path" },
                         { "server", {}, "url" },
                         { "seed", {}, "number" },
                         { "town", "how many know each other", "number" },
                         { "incarnation", {}, "number" },
                         { "people", "comma separated numbers", "list" } });
    options.process(application);
    const auto server = net::ServerAddress::parse(options.value("server"));
    if (!server)
        qFatal("a bad address");
    SystemClock clock;
    QtTimers timers;
    net::WebSocketDialer dialer(timers);
    const Town town { options.value("folder"),
                      options.value("logs"),
                      *server,
                      clock,
                      timers,
                      dialer,
                      options.value("seed").toULongLong(),
                      options.value("town").toInt() };
    Crowd crowd(town, options.value("incarnation").toInt());
    for (const auto &index : options.value("people").split(',', Qt::SkipEmptyParts)) {
        if (!crowd.add(index.toInt()))
            return 3;
    }
    crowd.look();
    return QCoreApplication::exec();
}
