// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ratioreporter.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace {

static constexpr int repetitions = 20;
// Of process CPU time, which counts every thread: nothing is won by spinning. Where all is done by one thread, CPU time is wall time.
double boundOfCpu(const Comparison &comparison)
{
    return std::max(1.1, comparison.bound);
}

struct Samples
{
    std::vector<double> wall; // ns an iteration, one a repetition
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
            samples.cpu.push_back(run.GetAdjustedCPUTime());
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

// The median, and the quartiles in brackets.
std::string spread(const std::vector<double> &values)
{
    char text[64];
    std::snprintf(text, sizeof(text), "%.1f (%.1f-%.1f)", quantile(values, 0.5) / 1000, quantile(values, 0.25) / 1000, quantile(values, 0.75) / 1000);
    return text;
}

void print(const Comparison &comparison, const Collector &collector)
{
    const Samples &ours = collector.samples(comparison.name);
    const Samples &byHand = collector.samples(byHandOf(comparison));
    const double wall = quantile(ours.wall, 0.5) / quantile(byHand.wall, 0.5);
    const double cpu = quantile(ours.cpu, 0.5) / quantile(byHand.cpu, 0.5);
    std::printf("%-31s %-22s %-22s %5.2f %7.2f %5.2f %7.2f  %s\n", comparison.title, spread(ours.wall).c_str(), spread(byHand.wall).c_str(), wall, comparison.bound, cpu,
                boundOfCpu(comparison), comparison.baseline);
}

} // namespace

int compare(const QList<Comparison> &comparisons, int argc, char **argv)
{
    // The options of the command line come last, and win.
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
        benchmark::RegisterBenchmark(comparison.name, comparison.ours)->UseRealTime()->MeasureProcessCPUTime();
        benchmark::RegisterBenchmark(byHandOf(comparison).c_str(), comparison.byHand)->UseRealTime()->MeasureProcessCPUTime();
    }
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector);

    std::printf("Microseconds of wall time: median (quartiles) of %d repetitions, in random order. Ratios of medians: ours / by hand.\n\n", repetitions);
    std::printf("%-31s %-22s %-22s %5s %7s %5s %7s  %s\n", "", "ours", "by hand", "wall", "at most", "CPU", "at most", "by hand is");
    for (const Comparison &comparison : comparisons) {
        if (collector.has(comparison.name) && collector.has(byHandOf(comparison))) // --benchmark_filter may leave some out
            print(comparison, collector);
    }
    return 0;
}
