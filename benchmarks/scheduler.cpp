// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What QSeamstress::Scheduler costs a program that links it: first without a clock, against the functions of the C library, and then in
// virtual time.

#include <QSeamstressClock>

#include <QCoreApplication>
#include <QEventLoop>
#include <QList>
#include <QSemaphore>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include <dlfcn.h>
#include <gnu/lib-names.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

using namespace std::chrono_literals;

static constexpr int repetitions = 21;

static void require(bool done)
{
    if (!done)
        std::abort();
}

// Functions of the C library, or those that a program calls instead.
class Functions
{
public:
    explicit Functions(void *library)
        : clockGettime(find<decltype(::clock_gettime)>(library, "clock_gettime"))
        , poll(find<decltype(::poll)>(library, "poll"))
        , lock(find<decltype(::pthread_mutex_lock)>(library, "pthread_mutex_lock"))
        , unlock(find<decltype(::pthread_mutex_unlock)>(library, "pthread_mutex_unlock"))
    {
    }

    decltype(::clock_gettime) *const clockGettime;
    decltype(::poll) *const poll;
    decltype(::pthread_mutex_lock) *const lock;
    decltype(::pthread_mutex_unlock) *const unlock;

private:
    template <class Function>
    static Function *find(void *library, const char *name)
    {
        void *const function = ::dlsym(library, name);
        require(function);
        return reinterpret_cast<Function *>(function);
    }
};

static const Functions &ofTheProgram()
{
    static const Functions functions(RTLD_DEFAULT);
    return functions;
}

static const Functions &ofTheCLibrary()
{
    static const Functions functions(::dlopen(LIBC_SO, RTLD_LAZY | RTLD_NOLOAD));
    return functions;
}

// In ns, of the system's clock.
static double now()
{
    timespec time{};
    ofTheCLibrary().clockGettime(CLOCK_MONOTONIC, &time);
    return 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

static void print(const char *title, const char *what, QList<double> values, double most)
{
    std::sort(values.begin(), values.end());
    const auto at = [&values](int quarter) { return values.at((values.size() - 1) * quarter / 4); };
    std::printf("%-36s %9.2f %s (quartiles %.2f to %.2f; expected: at most %g)\n", title, at(2), what, at(1), at(3), most);
    std::fflush(stdout);
}

// In ns. One code for both, so that nothing but the functions differs.
template <class Call>
__attribute__((noinline)) static double timeOfCall(const Functions &functions, int calls, Call call)
{
    const double begin = now();
    for (int number = 0; number < calls; ++number)
        call(functions);
    return (now() - begin) / calls;
}

template <class Call>
static void printDifference(const char *title, int calls, double most, Call call)
{
    QList<double> differences;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        const double alone = timeOfCall(ofTheCLibrary(), calls, call);
        differences.append(timeOfCall(ofTheProgram(), calls, call) - alone);
    }
    print(title, "ns more per call", differences, most);
}

static void printInactive(const char *when)
{
    std::printf("\n%s, against the C library alone\n", when);
    printDifference("clock_gettime", 1'000'000, 2, [](const Functions &functions) {
        timespec time;
        functions.clockGettime(CLOCK_MONOTONIC, &time);
    });

    int pipe[2];
    require(::pipe(pipe) == 0);
    pollfd polled{ pipe[0], POLLIN, 0 };
    printDifference("poll, time-out of 0", 100'000, 500, [&polled](const Functions &functions) { require(functions.poll(&polled, 1, 0) == 0); });
    require(::write(pipe[1], "!", 1) == 1);
    printDifference("poll, ready descriptor", 100'000, 500, [&polled](const Functions &functions) { require(functions.poll(&polled, 1, 1000) == 1); });
    ::close(pipe[0]);
    ::close(pipe[1]);

    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    printDifference("pthread_mutex_lock and _unlock", 1'000'000, 3, [&mutex](const Functions &functions) {
        functions.lock(&mutex);
        functions.unlock(&mutex);
    });
}

// In us, of one wait whose time-out is over, while the other threads wait too.
static double timeOfJump(int threads)
{
    static constexpr int jumps = 100;
    QSemaphore end;
    std::vector<std::thread> others;
    for (int number = 1; number < threads; ++number)
        others.emplace_back([&end] { end.acquire(); });
    double time = 0;
    {
        const QSeamstressClock clock;
        QSemaphore never;
        require(!never.tryAcquire(1, 1000)); // from then on all others wait
        const double begin = now();
        for (int jump = 0; jump < jumps; ++jump)
            require(!never.tryAcquire(1, 1000));
        time = now() - begin;
        require(clock.elapsed() == (1 + jumps) * 1s);
    }
    end.release(threads - 1);
    for (std::thread &other : others)
        other.join();
    return time / jumps / 1e3;
}

static void printJumps(const char *title, int threads, double most)
{
    QList<double> times;
    for (int repetition = 0; repetition < repetitions; ++repetition)
        times.append(timeOfJump(threads));
    print(title, "us", times, most);
}

// In ms. Somebody tries again after 100 ms, and then waits twice as long each time, up to an hour.
static double timeOfRetries()
{
    static constexpr int retries = 1000;
    const double begin = now();
    const QSeamstressClock clock;
    QEventLoop loop;
    QTimer timer;
    timer.setSingleShot(true);
    int rest = retries;
    std::chrono::milliseconds delay = 100ms;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        delay = std::min<std::chrono::milliseconds>(2 * delay, 1h);
        if (--rest == 0)
            loop.quit();
        else
            timer.start(delay);
    });
    timer.start(delay);
    loop.exec();
    require(clock.elapsed() > 900h);
    return (now() - begin) / 1e6;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    printInactive("QSeamstress::Scheduler linked, no clock yet");

    std::printf("\nReal time of virtual time\n");
    printJumps("one wait that times out, 1 thread", 1, 10);
    printJumps("one wait that times out, 2 threads", 2, 200);
    printJumps("one wait that times out, 50 threads", 50, 2000);
    QList<double> times;
    for (int repetition = 0; repetition < repetitions; ++repetition)
        times.append(timeOfRetries());
    print("1,000 retries with back-off, 985 h", "ms", times, 100);

    printInactive("QSeamstress::Scheduler linked, after the last clock");
    return 0;
}
