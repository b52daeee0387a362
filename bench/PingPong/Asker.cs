using System.Diagnostics;
using Measuring;
using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Hosting.Ipc;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Transport.ResultPath;

namespace PingPong;

/// <summary>The asking process: chatD's side of the library.</summary>
internal sealed class Asker : IAsyncDisposable
{
    // As in the C program: a tenth of the time before anything is counted.
    private const double WarmUpShare = 0.1;
    private static readonly double s_nsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly IpcNode _node;
    private readonly RequestClient _client;
    private readonly Histogram _histogram = new();
    private volatile bool _isCounting;
    private volatile bool _isStopping;

    /// <summary>Joins the queues of a key.</summary>
    internal Asker(int key, ResultPathKind results)
    {
        _node = IpcNode.Open(Example.Ipc(key, results), new DaemonClaim(DaemonRole.ChatD, 0), TimeProvider.System, NullLoggerFactory.Instance);
        _client = _node.CreateClient(Example.Results);
        _client.SetBatching(Example.Requests, takesBatches: true);
        _node.Transport.StartReading(Example.Results, _client);
    }

    /// <summary>Measures with so many requests in flight.</summary>
    internal async Task<Measurement> MeasureAsync(AnsweringProcess answerer, int window, double seconds, CancellationToken cancellationToken)
    {
        _isStopping = false;
        _histogram.Clear();
        Task[] loops = [.. Enumerable.Range(0, window).Select(_ => AskAsync())];
        await Task.Delay(TimeSpan.FromSeconds(seconds * WarmUpShare), cancellationToken);
        ProcessUsage answererBefore = await answerer.GetUsageAtStartAsync();
        ProcessUsage before = ProcessUsage.AtStart();
        long startedAt = Stopwatch.GetTimestamp();
        _isCounting = true;
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        _isCounting = false;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
        ProcessUsage used = ProcessUsage.AtEnd() - before;
        ProcessUsage answererUsed = await answerer.GetUsageAtEndAsync() - answererBefore;
        _isStopping = true;
        await Task.WhenAll(loops);
        long count = _histogram.Count;
        return new Measurement(
            count,
            count / elapsed.TotalSeconds,
            _histogram.Percentile(0.50) / 1e3,
            _histogram.Percentile(0.99) / 1e3,
            (double)(used.Switches + answererUsed.Switches) / count,
            (double)used.AllocatedBytes / count,
            (double)answererUsed.AllocatedBytes / count);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
    }

    // Every turn but the first runs on the reading thread, which completes requests inline: so the histogram has one writer.
    private async Task AskAsync()
    {
        long sentAt = Stopwatch.GetTimestamp();
        while (!_isStopping)
        {
            Outcome<CommandResult> outcome = await _client.SendAsync<CommandRequest, CommandResult>(
                Example.Requests, Example.UserId, Example.Request);
            long answeredAt = Stopwatch.GetTimestamp();
            if (_isCounting)
            {
                _histogram.Add((long)((answeredAt - sentAt) * s_nsPerTick));
            }

            if (outcome.Kind != OutcomeKind.Ok)
            {
                throw new InvalidOperationException($"A request ended {outcome.Kind} ({outcome.Code}).");
            }

            // One reading of the clock a round trip, as in the C program.
            sentAt = answeredAt;
        }
    }
}
