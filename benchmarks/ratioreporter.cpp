// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ratioreporter.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace {

static constexpr int repetitions = 20;
// The bound of process CPU time, which counts all threads, so that spinning is no advantage. With one thread, CPU time equals wall time.
double boundOfCpu(const Comparison &comparison)
{
    return std::max(1.1, comparison.bound);
}

constexpr char childTime[] = "CPU time of child processes";

// The CPU time in ns of orphans that this process has adopted, such as a fork server, and of the children that they have waited for.
double timeOfAdopted()
{
    double ticks = 0;
#ifdef Q_OS_LINUX
    std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
    for (std::string child; children >> child;) {
        std::ifstream stat("/proc/" + child + "/stat");
        std::string text;
        std::getline(stat, text);
        std::istringstream fields(text.substr(text.rfind(')') + 1));
        static constexpr int fieldsBefore = 11; // after the name, which is field 2: utime is field 14
        std::string field;
        for (int i = 0; i < fieldsBefore; ++i)
            fields >> field;
        static constexpr int times = 4; // utime, stime, cutime, cstime
        for (int i = 0; i < times; ++i) {
            double time = 0;
            fields >> time;
            ticks += time;
        }
    }
#endif
    return 1e9 * ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// The CPU time in ns of child processes that have been waited for, and of adopted ones.
double timeOfChildren()
{
    rusage usage = {};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto ns = [](const timeval &time) { return 1e9 * static_cast<double>(time.tv_sec) + 1e3 * static_cast<double>(time.tv_usec); };
    return ns(usage.ru_utime) + ns(usage.ru_stime) + timeOfAdopted();
}

void add(const std::string &name, void (*function)(benchmark::State &))
{
    const auto measured = [function](benchmark::State &state) {
        const double before = timeOfChildren();
        function(state);
        state.counters[childTime] = benchmark::Counter(timeOfChildren() - before, benchmark::Counter::kAvgIterations);
    };
    benchmark::RegisterBenchmark(name.c_str(), measured)->UseRealTime()->MeasureProcessCPUTime();
}

struct Samples
{
    std::vector<double> wall; // ns per iteration, one value per repetition
    std::vector<double> cpu;
};

double quantile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5));
}

class Collector : public benchmark::BenchmarkReporter
{
public:
    bool ReportContext(const Context &) override { return true; }
    void ReportRuns(const std::vector<Run> &runs) override
    {
        for (const Run &run : runs) {
            if (run.run_type != Run::RT_Iteration)
                continue;
            Samples &samples = m_samples[run.run_name.function_name];
            samples.wall.push_back(run.GetAdjustedRealTime());
            samples.cpu.push_back(run.GetAdjustedCPUTime() + run.counters.at(childTime));
        }
    }
    bool has(const std::string &name) const { return m_samples.contains(name); }
    const Samples &samples(const std::string &name) const { return m_samples.at(name); }

private:
    std::map<std::string, Samples> m_samples;
};

std::string byHandOf(const Comparison &comparison)
{
    return std::string(comparison.name) + " by hand";
}

// A middle value, and the quartiles in parentheses.
std::string spread(double middle, const std::vector<double> &values, double unit, const char *format)
{
    char text[64];
    std::snprintf(text, sizeof(text), format, middle / unit, quantile(values, 0.25) / unit, quantile(values, 0.75) / unit);
    return text;
}

std::string microseconds(const std::vector<double> &values)
{
    return spread(quantile(values, 0.5), values, 1000, "%.1f (%.1f-%.1f)");
}

// The ratio of the medians, and the quartiles of the ratios of each repetition.
std::string ratio(const std::vector<double> &ours, const std::vector<double> &byHand)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(ours.size(), byHand.size()); ++i)
        ratios.push_back(ours[i] / byHand[i]);
    return spread(quantile(ours, 0.5) / quantile(byHand, 0.5), ratios, 1, "%.2f (%.2f-%.2f)");
}

void printRow(const char *title, const char *time, const std::vector<double> &ours, const std::vector<double> &byHand, double bound, const std::string &baseline = {})
{
    std::printf("%-31s %-5s %-22s %-22s %-17s %7.2f%s\n", title, time, microseconds(ours).c_str(), microseconds(byHand).c_str(), ratio(ours, byHand).c_str(), bound, baseline.c_str());
}

void print(const Comparison &comparison, const Collector &collector)
{
    const Samples &ours = collector.samples(comparison.name);
    const Samples &byHand = collector.samples(byHandOf(comparison));
    printRow(comparison.title, "wall", ours.wall, byHand.wall, comparison.bound, std::string("  ") + comparison.baseline);
    printRow("", "CPU", ours.cpu, byHand.cpu, boundOfCpu(comparison));
}

} // namespace

int compare(const QList<Comparison> &comparisons, int argc, char **argv)
{
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
    // Options of the command line come last, so they take precedence.
    std::vector<std::string> options{ argv[0], "--benchmark_enable_random_interleaving=true", "--benchmark_repetitions=" + std::to_string(repetitions), "--benchmark_min_time=0.05" };
    options.insert(options.end(), argv + 1, argv + argc);
    std::vector<char *> arguments;
    for (std::string &option : options)
        arguments.push_back(option.data());
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
        return 1;

    for (const Comparison &comparison : comparisons) {
        add(comparison.name, comparison.ours);
        add(byHandOf(comparison), comparison.byHand);
    }
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);

    // --benchmark_filter may exclude some.
    std::vector<const Comparison *> complete;
    for (const Comparison &comparison : comparisons) {
        if (collector.has(comparison.name) && collector.has(byHandOf(comparison)))
            complete.push_back(&comparison);
    }
    if (complete.empty())
        return 0;
    std::printf("Microseconds: median (quartiles) of %zu repetitions, in random order. CPU time includes all threads and child processes.\n"
                "Ratio: of the medians (quartiles of the ratios of each repetition), ours / by hand.\n\n",
                collector.samples(complete.front()->name).wall.size());
    std::printf("%-31s %-5s %-22s %-22s %-17s %7s  %s\n", "", "", "ours", "by hand", "ratio", "limit", "by-hand code");
    for (const Comparison *comparison : complete)
        print(*comparison, collector);
    return 0;
}
