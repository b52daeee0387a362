using System.Collections.Concurrent;
using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Tests.Support;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Players;
using Testing.Support.Tracing;
using Testing.Support.Waiting;

namespace ChatD.Tests.Diagnostics;

/// <summary>The spans of lines through a chatD as it runs, and the channelD behind it.</summary>
public sealed class LineTracingTests : IDisposable
{
    private const string Requests = "GameServers.Requests";

    private readonly SpanRecorder _recorder = new(LineTracing.SourceName, Requests);

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task Line_OfAPlayer_IsOneTraceOfThreeSpans()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer player = await pair.LogInAsync("하나");
        ActivityTraceId seen = default;
        pair.Home.RunAsync = line =>
        {
            seen = Activity.Current?.TraceId ?? default;
            return Task.FromResult(line);
        };
        await ChannelPair.AskAsync(player, 1, "/찾기 비밀이름");

        Activity[] spans = await WhenEndedAsync(seen, 3);
        Activity line = spans.Single(span => span.OperationName == "line");
        Activity request = spans.Single(span => span.OperationName == "request command");
        Activity handle = spans.Single(span => span.OperationName == "handle command");
        Assert.Equal((default(ActivitySpanId), line.SpanId, request.SpanId), (line.ParentSpanId, request.ParentSpanId, handle.ParentSpanId));
        Assert.Equal((ActivityKind.Server, ActivityKind.Client, ActivityKind.Server), (line.Kind, request.Kind, handle.Kind));
        Assert.Equal(("line say", "say", "said", "ok"), (line.DisplayName, line.GetTagItem(SpanTags.Command), line.GetTagItem(SpanTags.Code), line.GetTagItem(SpanTags.Outcome)));
        Assert.All(spans, span => Assert.Equal(line.GetTagItem(SpanTags.Session), span.GetTagItem(SpanTags.Session)));

        // Neither who typed it nor what.
        string everything = string.Join(' ', spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value)) + string.Join(' ', spans.Select(span => span.DisplayName));
        Assert.DoesNotContain("하나", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("비밀", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_OfTwoPlayersMixed_NoneIsInTheOthersTrace()
    {
        const int Lines = 20;
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false, ("Ipc:RequestTimeoutMs", "30000"));
        using TestPlayer one = await pair.LogInAsync("하나");
        using TestPlayer two = await pair.LogInAsync("둘");
        ConcurrentDictionary<string, (Activity? Handle, TaskCompletionSource<string> Go)> held = new();
        pair.Home.RunAsync = line =>
        {
            var go = new TaskCompletionSource<string>();
            held[line] = (Activity.Current, go);
            return go.Task;
        };

        // Every third line is not traced, and all are under way at once; they are answered from the last to the first, on this thread.
        for (ulong id = 1; id <= Lines; id++)
        {
            pair.Chat.Sampling.Ratio = id % 3 == 0 ? 0 : 1;
            await one.SendAsync(new ClientLine(id, $"/one {id}"));
            await two.SendAsync(new ClientLine(id, $"/two {id}"));
            await Eventually.TrueAsync(() => held.Count == (int)id * 2, "both lines run");
        }

        using (Activity other = new Activity("other").Start())
        {
            foreach ((string line, (Activity? _, TaskCompletionSource<string> go)) in held.OrderByDescending(pair => ulong.Parse(pair.Key[5..], System.Globalization.CultureInfo.InvariantCulture)))
            {
                go.SetResult(line);
                Assert.Same(other, Activity.Current);
            }
        }

        for (ulong id = 1; id <= Lines; id++)
        {
            Assert.Equal($"/one {id}", (await one.ReadAsync<ServerResult>()).Text);
            Assert.Equal($"/two {id}", (await two.ReadAsync<ServerResult>()).Text);
        }

        foreach ((string line, (Activity? handle, TaskCompletionSource<string> _)) in held)
        {
            if (ulong.Parse(line[5..], System.Globalization.CultureInfo.InvariantCulture) % 3 == 0)
            {
                Assert.Null(handle);
                continue;
            }

            Activity[] spans = await WhenEndedAsync(handle!.TraceId, 3);
            Assert.Single(spans.Select(span => span.GetTagItem(SpanTags.Session)).Distinct());
            Activity root = spans.Single(span => span.ParentSpanId == default);
            Activity request = spans.Single(span => span.ParentSpanId == root.SpanId);
            Assert.Equal(("line", request.SpanId), (root.OperationName, handle.ParentSpanId));
        }

        Assert.Equal(2, held.Values.Where(seen => seen.Handle is not null).GroupBy(seen => seen.Handle!.GetTagItem(SpanTags.Session)).Count());
        Assert.Equal(2 * (Lines - (Lines / 3)), held.Values.Select(seen => seen.Handle?.TraceId).OfType<ActivityTraceId>().Distinct().Count());
    }

    [Fact]
    public async Task Line_ThatIsNotAnswered_IsAFaultWithItsCode()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer player = await pair.LogInAsync("하나");
        ActivityTraceId seen = default;
        var never = new TaskCompletionSource<string>();
        pair.Home.RunAsync = line =>
        {
            seen = Activity.Current?.TraceId ?? default;
            return never.Task;
        };
        await ChannelPair.AskAsync(player, 1, "/찾기 나");

        // The handler has not ended: its span comes when it does.
        Activity[] spans = await WhenEndedAsync(seen, 2);
        Assert.All(spans, span => Assert.Equal(
            ("unknown", "deadline", ActivityStatusCode.Error), (span.GetTagItem(SpanTags.Outcome), span.GetTagItem(SpanTags.ErrorType), span.Status)));
        never.SetResult("late");
        _ = await WhenEndedAsync(seen, 3);
    }

    [Fact]
    public void BeginLine_NotDrawn_IsNothingAndTakesNoMemory()
    {
        const int Lines = 1000;
        LineTracing tracing = new(new TraceSampling());
        Assert.Null(tracing.BeginLine(1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Lines; i++)
        {
            _ = tracing.BeginLine(i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private async Task<Activity[]> WhenEndedAsync(ActivityTraceId trace, int count)
    {
        await Eventually.TrueAsync(() => _recorder.Of(trace).Count == count, $"the trace {trace} has {count} spans");
        return [.. _recorder.Of(trace)];
    }
}
