// SPDX-FileCopyrightText: 2026 The Kith authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/mailbox.h"
#include "common/base/result.h"
#include "common/base/task.h"
#include "common/base/timers.h"

#include <QTest>
#include <QThread>

using namespace kith;

class TestTask : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsAtOnceWhenReady()
    {
        int got = 0;
        Task<int>::ready(5).then(this, [&](int value) { got = value; });
        QCOMPARE(got, 5);
    }
    void runsOnceWhenCompletedLater()
    {
        Promise<int> promise;
        int calls = 0;
        promise.task().then(this, [&](int value) { calls += value; });
        QCOMPARE(calls, 0);
        promise.complete(1);
        QCOMPARE(calls, 1);
    }
    void neverRunsAfterItsContextDied()
    {
        Promise<int> promise;
        bool ran = false;
        {
            QObject context;
            promise.task().then(&context, [&](int) { ran = true; });
        }
        promise.complete(1);
        QVERIFY(!ran);
    }
    void aDroppedPromiseSaysCancelled()
    {
        std::optional<ErrorCode> code;
        {
            Promise<Result<int>> promise;
            promise.task().then(this, [&](const Result<int> &result) { code = result.error().code; });
        }
        QCOMPARE(code, ErrorCode::cancelled);
    }
    void mapsItsValue()
    {
        Promise<int> promise;
        QString text;
        promise.task().map(this, [](int value) { return QString::number(value); }).then(this, [&](const QString &t) {
            text = t;
        });
        promise.complete(12);
        QCOMPARE(text, "12");
    }
    void tryReturnsTheError()
    {
        const auto half = [](int n) -> Result<int> {
            if (n % 2 != 0)
                return Error { ErrorCode::invalid, "odd" };
            return n / 2;
        };
        const auto quarter = [&](int n) -> Result<int> {
            KITH_TRY(const int once, half(n));
            KITH_TRY(const int twice, half(once));
            return twice;
        };
        QCOMPARE(*quarter(8), 2);
        QCOMPARE(quarter(6).error().detail, std::string("odd"));
    }
    void mailboxRunsEverythingInOrderOnItsThread()
    {
        const auto box = Mailbox::ofThisThread();
        std::vector<int> order;
        QThread *owner = nullptr;
        QThread *sender = QThread::create([box, &order, &owner] {
            for (int i = 0; i < 100; ++i)
                box->post([i, &order, &owner] {
                    order.push_back(i);
                    owner = QThread::currentThread();
                });
        });
        sender->start();
        QTRY_COMPARE(order.size(), std::size_t { 100 });
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(owner, QThread::currentThread());
        sender->wait();
        delete sender;
    }
    void aDestroyedTimerStaysSilent()
    {
        QtTimers timers;
        int fired = 0;
        {
            const Timer dropped = timers.after(milliseconds { 0 }, [&] { fired += 100; });
        }
        const Timer kept = timers.after(milliseconds { 1 }, [&] { ++fired; });
        QTRY_COMPARE(fired, 1);
    }
    void aTimerMayReplaceItselfFromInside()
    {
        QtTimers timers;
        Timer timer;
        int fired = 0;
        std::function<void()> again = [&] {
            if (++fired < 3)
                timer = timers.after(milliseconds { 0 }, again);
        };
        timer = timers.after(milliseconds { 0 }, again);
        QTRY_COMPARE(fired, 3);
    }
};

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
