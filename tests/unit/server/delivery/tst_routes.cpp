// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
// covers: security S4, delivery AT7, s10
#include "server/delivery/routes.h"

#include <QCoreApplication>
#include <QThread>
#include <QtTest>

using namespace kith;
using namespace kith::server::delivery;

class RoutesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheConnectionOfADevice();
    void displacesTheOlderConnection();
    void keepsTheNewerClaimWhenTheOlderIsReleased();
    void dropsNewsForTheDead();
    void tellsOnTheListenersThread();

private:
    struct Ear {
        std::vector<News> heard;
        std::shared_ptr<Listener> listener =
            std::make_shared<Listener>(Listener { [this](const News &news) { heard.push_back(news); } });
    };
    static DeviceId deviceOf(std::uint16_t number)
    {
        DeviceId device;
        device.account.octets.fill(7);
        device.number = number;
        return device;
    }
    static std::vector<Routes::Note> noteTo(const DeviceId &device)
    {
        std::vector<Routes::Note> notes;
        notes.push_back({ device, NewRows {} });
        return notes;
    }
};

void RoutesTest::tellsTheConnectionOfADevice()
{
    Routes routes;
    Ear one, two;
    routes.claim(deviceOf(1), one.listener);
    routes.claim(deviceOf(2), two.listener);
    routes.tell(noteTo(deviceOf(1)));
    routes.tell(noteTo(deviceOf(3)));
    QVERIFY(one.heard.empty()); // never from inside the call
    QCoreApplication::processEvents();
    QCOMPARE(one.heard.size(), 1u);
    QCOMPARE(two.heard.size(), 0u);
    QCOMPARE(routes.connected(deviceOf(1).account).size(), 2u);
    QCOMPARE(routes.size(), 2u);
}

void RoutesTest::displacesTheOlderConnection()
{
    Routes routes;
    Ear older, newer;
    const auto first = routes.claim(deviceOf(1), older.listener);
    const auto second = routes.claim(deviceOf(1), newer.listener);
    QVERIFY(second > first);
    routes.tell(noteTo(deviceOf(1)));
    QCoreApplication::processEvents();
    QCOMPARE(older.heard.size(), 1u);
    QVERIFY(std::holds_alternative<Replaced>(older.heard[0]));
    QCOMPARE(newer.heard.size(), 1u);
    QVERIFY(std::holds_alternative<NewRows>(newer.heard[0]));
}

void RoutesTest::keepsTheNewerClaimWhenTheOlderIsReleased()
{
    Routes routes;
    Ear older, newer;
    const auto first = routes.claim(deviceOf(1), older.listener);
    const auto second = routes.claim(deviceOf(1), newer.listener);
    routes.release(deviceOf(1), first);
    QCOMPARE(routes.size(), 1u);
    routes.release(deviceOf(1), second);
    QCOMPARE(routes.size(), 0u);
    routes.release(deviceOf(1), second);
}

void RoutesTest::dropsNewsForTheDead()
{
    Routes routes;
    Ear ear;
    routes.claim(deviceOf(1), ear.listener);
    routes.tell(noteTo(deviceOf(1)));
    ear.listener.reset();
    QCoreApplication::processEvents();
    QVERIFY(ear.heard.empty());
}

void RoutesTest::tellsOnTheListenersThread()
{
    Routes routes;
    std::atomic<int> heard = 0;
    std::atomic<bool> right = true;
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic<int> claimed = 0;
    constexpr int workers = 4;
    for (int i = 0; i < workers; ++i) {
        threads.emplace_back(QThread::create([&, i] {
            auto *own = QThread::currentThread();
            QEventLoop loop;
            const auto listener = std::make_shared<Listener>(Listener { [&](const News &) {
                right = right && QThread::currentThread() == own;
                if (++heard == 100 * workers)
                    QCoreApplication::postEvent(qApp, new QEvent(QEvent::User));
            } });
            routes.claim(deviceOf(static_cast<std::uint16_t>(i + 1)), listener);
            ++claimed;
            while (heard < 100 * workers)
                loop.processEvents(QEventLoop::WaitForMoreEvents, 20);
        }));
        threads.back()->start();
    }
    QTRY_COMPARE(claimed.load(), workers);
    for (int round = 0; round < 100; ++round) {
        std::vector<Routes::Note> notes;
        for (int i = 0; i < workers; ++i)
            notes.push_back({ deviceOf(static_cast<std::uint16_t>(i + 1)), NewRows {} });
        routes.tell(std::move(notes));
    }
    for (auto &thread : threads)
        QVERIFY(thread->wait(10'000));
    QCOMPARE(heard.load(), 100 * workers);
    QVERIFY(right);
}

QTEST_GUILESS_MAIN(RoutesTest)
#include "tst_routes.moc"
