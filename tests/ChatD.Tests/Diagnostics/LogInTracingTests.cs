using System.Diagnostics;
using ChatD.Diagnostics;
using ChatD.Tests.Support;
using Shared.Protocol.Diagnostics;
using Shared.Protocol.Messages.Players;
using Testing.Support.Tracing;
using Testing.Support.Waiting;

namespace ChatD.Tests.Diagnostics;

/// <summary>The spans of players who come in, through a chatD as it runs and the channelD behind it.</summary>
public sealed class LogInTracingTests : IDisposable
{
    private readonly SpanRecorder _recorder = new(LineTracing.SourceName, "GameServers.Requests");

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task LogIn_OfAPlayer_IsOneTraceOfFourSpans()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer player = await pair.Chat.ConnectAsync();
        await player.LogInAsync("하나");
        int session = (await player.ReadAsync<ServerLoggedIn>()).SessionId;

        Activity logIn = await WhenEndedAsync(span => span.OperationName == "log_in" && Equals(span.GetTagItem(SpanTags.Session), session));
        await Eventually.TrueAsync(() => _recorder.Of(logIn.TraceId).Count == 4, "the trace has four spans");
        IReadOnlyList<Activity> spans = _recorder.Of(logIn.TraceId);
        Activity request = spans.Single(span => span.OperationName == "request log_in");
        Assert.Equal((ActivityKind.Server, default(ActivitySpanId)), (logIn.Kind, logIn.ParentSpanId));
        Assert.Equal(("ok", "logged_in"), (logIn.GetTagItem(SpanTags.Outcome), logIn.GetTagItem(SpanTags.Code)));
        Assert.Equal(logIn.SpanId, spans.Single(span => span.OperationName == "admit").ParentSpanId);
        Assert.Equal((logIn.SpanId, request.SpanId), (request.ParentSpanId, spans.Single(span => span.OperationName == "handle log_in").ParentSpanId));
        Assert.All(spans, span => Assert.Equal((session, ActivityStatusCode.Unset), (span.GetTagItem(SpanTags.Session), span.Status)));
    }

    [Fact]
    public async Task LogIn_ThatIsRefused_EndsWithTheCodeAndDoesNotAskTheChannel()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        using TestPlayer first = await pair.LogInAsync("하나");
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer second = await pair.Chat.ConnectAsync();
        await second.LogInAsync("하나");
        Assert.Equal("name_taken", (await second.ReadAsync<ServerRefused>()).Code);

        // A name that is taken is an answer, and no fault of the servers.
        Activity logIn = await WhenEndedAsync(span => span.OperationName == "log_in" && Equals(span.GetTagItem(SpanTags.Code), "name_taken"));
        Assert.Equal(("error", ActivityStatusCode.Unset), (logIn.GetTagItem(SpanTags.Outcome), logIn.Status));
        Assert.Equal(["admit", "log_in"], _recorder.Of(logIn.TraceId).Select(span => span.OperationName));
    }

    [Fact]
    public async Task LogIn_TheChannelIsAway_IsAFault()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        await pair.Home.DisposeAsync();
        await pair.WhenAwayAsync(1);
        pair.Chat.Sampling.Ratio = 1;
        using TestPlayer player = await pair.Chat.ConnectAsync();
        await player.LogInAsync("하나");
        Assert.Equal("peer_down", (await player.ReadAsync<ServerRefused>()).Code);

        Activity logIn = await WhenEndedAsync(span => span.OperationName == "log_in" && Equals(span.GetTagItem(SpanTags.Code), "peer_down"));
        Assert.Equal(("busy", ActivityStatusCode.Error), (logIn.GetTagItem(SpanTags.Outcome), logIn.Status));
    }

    [Fact]
    public async Task LogIn_OfASessionThatIsResumed_SaysSo()
    {
        await using ChannelPair pair = await ChannelPair.StartAsync(hasSecond: false);
        pair.Chat.Sampling.Ratio = 1;
        var token = ResumeToken.Create();
        int session;
        using (TestPlayer first = await pair.Chat.ConnectAsync())
        {
            session = (await first.LogInAsync("하나", token, lastEventNumber: 0)).SessionId;
        }

        using TestPlayer again = await pair.Chat.ConnectAsync();
        Assert.True((await again.LogInAsync("하나", token, lastEventNumber: 0)).IsResumed);
        Activity logIn = await WhenEndedAsync(span => Equals(span.GetTagItem(SpanTags.Code), "resumed") && Equals(span.GetTagItem(SpanTags.Session), session));
        Assert.Equal(["log_in"], _recorder.Of(logIn.TraceId).Select(span => span.OperationName));
    }

    [Fact]
    public void BeginLogIn_NotDrawn_IsNothing()
    {
        LogInTracing tracing = new(new TraceSampling());
        Assert.Null(tracing.BeginLogIn());
        Assert.Null(LogInTracing.BeginAdmission(null));
    }

    private async Task<Activity> WhenEndedAsync(Func<Activity, bool> isIt)
    {
        await Eventually.TrueAsync(() => _recorder.All.Any(isIt), "the span has ended");
        return _recorder.All.First(isIt);
    }
}
