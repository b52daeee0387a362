using System.Diagnostics;
using Measuring;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;

namespace PingPong;

/// <summary>
/// How long a quiet player waits for his answer, alone and beside one who always has many requests under way, by turns. Both are players of one chatD,
/// and so share its part of the queue.
/// </summary>
internal sealed class FloodBenchmark(RequestClient client)
{
    private const int QuietUserId = 1;
    private const int FloodingUserId = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    // Some hundreds a second, and of any length: kept one by one.
    private readonly List<double> _waitsUs = [];
    private long _flooded;
    private long _refused;

    /// <summary>Runs and prints.</summary>
    internal static async Task<int> RunAsync(int flood, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        int key = FreeKey.Find(BenchmarkOptions.KeyCount);
        await using AnsweringProcess answerer = await AnsweringProcess.StartAsync(key);
        await using IpcNode node = IpcNode.Open(
            Example.Ipc(key, options.Results), new DaemonClaim(DaemonRole.ChatD, 0), TimeProvider.System, NullLoggerFactory.Instance);
        using RequestClient client = node.CreateClient(Example.Results);
        node.Transport.StartReading(Example.Results, client);
        var benchmark = new FloodBenchmark(client);
        _ = await benchmark.MeasureAsync(flood, seconds: 3, cancellationToken);

        await Console.Out.WriteLineAsync("flood    quiet p50 µs   quiet p99 µs   quiet requests   flood requests/s   refused/s");
        for (int round = 0; round < options.Rounds; round++)
        {
            await Console.Out.WriteLineAsync(await benchmark.MeasureAsync(0, options.Seconds, cancellationToken));
            await Console.Out.WriteLineAsync(await benchmark.MeasureAsync(flood, options.Seconds, cancellationToken));
        }

        return 0;
    }

    private async Task<string> MeasureAsync(int flood, double seconds, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _waitsUs.Clear();
        Interlocked.Exchange(ref _flooded, 0);
        Interlocked.Exchange(ref _refused, 0);
        Task[] flooding = [.. Enumerable.Range(0, flood).Select(_ => Task.Run(() => FloodAsync(ended.Token), CancellationToken.None))];
        Task quiet = AskQuietlyAsync(ended.Token);
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        long flooded = Interlocked.Read(ref _flooded);
        long refused = Interlocked.Read(ref _refused);
        await ended.CancelAsync();
        await Task.WhenAll([quiet, .. flooding]);
        cancellationToken.ThrowIfCancellationRequested();
        _waitsUs.Sort();
        return FormattableString.Invariant(
            $"{flood,5} {Percentile(0.50),14:F1} {Percentile(0.99),14:F1} {_waitsUs.Count,16} {flooded / seconds,18:F0} {refused / seconds,11:F0}");
    }

    private double Percentile(double share) => _waitsUs.Count == 0 ? 0 : _waitsUs[(int)(share * (_waitsUs.Count - 1))];

    private async Task AskQuietlyAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            long sentAt = Stopwatch.GetTimestamp();
            Outcome<CommandResult> outcome = await client.SendAsync<CommandRequest, CommandResult>(
                Example.Requests, QuietUserId, Example.Request, CancellationToken.None);
            if (outcome.Kind == OutcomeKind.Ok)
            {
                _waitsUs.Add(Stopwatch.GetElapsedTime(sentAt).TotalMicroseconds);
            }

            await Task.Delay(s_pause, CancellationToken.None);
        }
    }

    private async Task FloodAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            Outcome<CommandResult> outcome = await client.SendAsync<CommandRequest, CommandResult>(
                Example.Requests, FloodingUserId, Example.Request, CancellationToken.None);
            if (outcome.Kind == OutcomeKind.Ok)
            {
                Interlocked.Increment(ref _flooded);
            }
            else
            {
                Interlocked.Increment(ref _refused);
                await Task.Delay(s_pause, CancellationToken.None);
            }
        }
    }
}
