using System.Globalization;
using Faults.Checker.History;
using Faults.Daemons;
using Faults.Recording;

namespace Faults.Running;

/// <summary>
/// Looks once a second at what each daemon holds. A run of a daemon is left out until it is some seconds old: a start is no growth.
/// </summary>
internal sealed class ResourceSampler(Recorder recorder, IReadOnlyList<SupervisedDaemon> daemons)
{
    private const long PeriodNs = 1_000_000_000;
    private const long MinAgeNs = 3 * PeriodNs;

    private readonly Dictionary<string, List<double>> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<SupervisedDaemon, (DaemonRun Run, long SinceNs)> _runs = [];
    private long _lastNs;

    /// <summary>For each resource its median in the first and in the last third, and its maximum.</summary>
    public IReadOnlyList<string> Summary => [.. _samples.Select(pair => Summarize(pair.Key, pair.Value))];

    public void SampleWhenDue()
    {
        long nowNs = Recorder.NowNs;
        if (nowNs - _lastNs < PeriodNs)
        {
            return;
        }

        _lastNs = nowNs;
        foreach (SupervisedDaemon daemon in daemons)
        {
            if (daemon.Run is { } run && IsOldEnough(daemon, run, nowNs))
            {
                Sample(daemon.Program, run, nowNs);
            }
        }
    }

    private static string Summarize(string what, List<double> samples)
    {
        int third = Math.Max(1, samples.Count / 3);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {Median(samples[..third]):0} in the first third, {Median(samples[^third..]):0} in the last, {samples.Max():0} at most ({samples.Count} samples)");
    }

    private static double Median(List<double> samples)
    {
        samples.Sort();
        return samples[samples.Count / 2];
    }

    private bool IsOldEnough(SupervisedDaemon daemon, DaemonRun run, long nowNs)
    {
        if (!_runs.TryGetValue(daemon, out (DaemonRun Run, long SinceNs) seen) || seen.Run != run)
        {
            _runs[daemon] = seen = (run, nowNs);
        }

        return nowNs - seen.SinceNs >= MinAgeNs;
    }

    private void Sample(string program, DaemonRun run, long nowNs)
    {
        try
        {
            string process = $"/proc/{run.ProcessId}";
            Add("threads", Directory.EnumerateDirectories($"{process}/task").Count());
            Add("descriptors", Directory.EnumerateFiles($"{process}/fd").Count());
            string resident = File.ReadLines($"{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            Add("RSS KiB", double.Parse(resident.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture));

            if (run.ReadHeapBytes() is { } heapBytes)
            {
                Add("GC heap KiB", heapBytes / 1024);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }

        void Add(string what, double value)
        {
            string name = $"{program} {what}";
            recorder.Add(new GrowthSampled(nowNs, name, value));
            if (!_samples.TryGetValue(name, out List<double>? samples))
            {
                _samples.Add(name, samples = []);
            }

            samples.Add(value);
        }
    }
}
