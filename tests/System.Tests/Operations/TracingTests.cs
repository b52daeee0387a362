using System.Globalization;
using System.Tests.Support;
using System.Text;
using Testing.Support.Folders;
using Testing.Support.Ipc;
using Testing.Support.Processes;
using Testing.Support.Waiting;

namespace System.Tests.Operations;

/// <summary>Traces of both daemons, as a collector gets them.</summary>
public sealed class TracingTests : IDisposable
{
    private readonly OtlpCollector _collector = new();
    private readonly ServerPair _pair = new();

    public void Dispose()
    {
        _pair.Dispose();
        _collector.Dispose();
    }

    [Fact]
    public async Task Line_Traced_IsOneTraceThroughBothDaemons()
    {
        await StartAsync("1", "1");
        TestPlayer player = await _pair.LogInAsync("비밀이름");
        Assert.Equal("same_map", (await player.AskAsync("/찾기 비밀이름")).Code);

        SentSpan[] trace = await WhenSentAsync("line find", "request command", "handle command");
        Assert.Equal(3, trace.Length);
        SentSpan line = trace.Single(span => span.Name == "line find");
        SentSpan request = trace.Single(span => span.Name == "request command");
        SentSpan handle = trace.Single(span => span.Name == "handle command");
        Assert.Equal(("chatd", "chatd", "channeld"), (line.Service, request.Service, handle.Service));
        Assert.Equal((string.Empty, line.SpanId, request.SpanId), (line.ParentId, request.ParentId, handle.ParentId));
        Assert.Equal((2, 3, 2), (line.Kind, request.Kind, handle.Kind));
        Assert.All(trace, span => Assert.Equal(
            ("find", "same_map", "ok"), (span.Tags["gameservers.command"], span.Tags["gameservers.code"], span.Tags["gameservers.outcome"])));
        Assert.Equal(request.Tags["messaging.message.id"], handle.Tags["messaging.message.id"]);

        // The name is a player's, and the line his text.
        Assert.All(_collector.Bodies("/v1/traces"), body => Assert.DoesNotContain("비밀", Encoding.UTF8.GetString(body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogIn_Traced_IsOneTraceThroughBothDaemons()
    {
        await StartAsync("1", "1");
        _ = await _pair.LogInAsync("비밀이름");

        SentSpan[] trace = await WhenSentAsync("log_in", "admit", "request log_in", "handle log_in", "state Load");
        SentSpan logIn = Of("log_in");
        SentSpan request = Of("request log_in");
        SentSpan handle = Of("handle log_in");
        Assert.Equal((string.Empty, logIn.SpanId, logIn.SpanId, request.SpanId), (logIn.ParentId, Of("admit").ParentId, request.ParentId, handle.ParentId));
        Assert.Equal(("chatd", "chatd", "channeld"), (logIn.Service, request.Service, handle.Service));
        Assert.Equal(("ok", "logged_in", "admitted"), (logIn.Tags["gameservers.outcome"], logIn.Tags["gameservers.code"], Of("admit").Tags["gameservers.code"]));
        Assert.Equal(logIn.Tags["session.id"], request.Tags["session.id"]);
        Assert.All(_collector.Bodies("/v1/traces"), body => Assert.DoesNotContain("비밀", Encoding.UTF8.GetString(body), StringComparison.Ordinal));

        SentSpan Of(string name) => trace.Single(span => span.Name == name);
    }

    [Fact]
    public async Task Line_ThatMovesThePlayer_HasBothChannelsInItsTrace()
    {
        using ServerGroup group = await ServerGroup.StartAsync(
            channels: 2, $"--Ops:OtlpEndpoint={_collector.Endpoint}", "--Ops:OtlpIntervalMs=100", "--Ops:TraceRatio=1");
        await using TestPlayer mover = await group.LogInAsync("가는이", channel: 1);
        Assert.Equal("moved", (await mover.AskAsync("/채널 2")).Code);

        SentSpan[] trace = await WhenSentAsync("line channel", "move", "request log_in", "handle log_in", "request log_out", "handle log_out");
        SentSpan move = Of("move");
        Assert.Equal((Of("line channel").SpanId, move.SpanId, move.SpanId), (move.ParentId, Of("request log_in").ParentId, Of("request log_out").ParentId));
        Assert.Equal(("chatd", "ok"), (move.Service, move.Tags["gameservers.outcome"]));
        Assert.NotEqual(Of("request log_in").Tags["messaging.destination.name"], Of("request log_out").Tags["messaging.destination.name"]);

        SentSpan Of(string name) => trace.Single(span => span.Name == name);
    }

    [Fact]
    public async Task Line_ThatChangesTheKeptStateAndIsShown_HasThatInItsTrace()
    {
        await StartAsync("1", "1");
        TestPlayer player = await _pair.LogInAsync("하나");
        TestPlayer other = await _pair.LogInAsync("둘");
        Assert.Equal("Ok", (await player.AskAsync("/차단 셋")).Outcome.ToString());
        Assert.Equal("Ok", (await player.AskAsync("/귓속말 둘 안녕")).Outcome.ToString());
        await Eventually.TrueAsync(() => other.Events.Count > 0, "the whisper is shown");

        SentSpan[] block = await WhenSentAsync("line block", "handle command", "state AddName");
        SentSpan state = block.Single(span => span.Name == "state AddName");
        Assert.Equal(("channeld", "sqlite", block.Single(span => span.Name == "handle command").SpanId), (state.Service, state.Tags["db.system.name"], state.ParentId));
        SentSpan[] whisper = await WhenSentAsync("line whisper", "handle command", "show event");
        SentSpan shown = whisper.Single(span => span.Name == "show event");
        Assert.Equal(("chatd", "whisper", 5), (shown.Service, shown.Tags["gameservers.room"], shown.Kind));
        Assert.Equal(whisper.Single(span => span.Name == "handle command").SpanId, shown.ParentId);
    }

    [Theory]
    [InlineData("0", "0", 0)]
    [InlineData("0", "1", 0)]
    [InlineData("1", "0", 2)]
    public async Task Line_ADaemonWithoutARatio_SendsNoSpans(string chat, string channel, int spans)
    {
        await StartAsync(chat, channel);
        TestPlayer player = await _pair.LogInAsync("하나");
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("same_map", (await player.AskAsync("/찾기 하나")).Code);
        }

        // What is left is sent at the stop, so nothing can come later.
        await _pair.StopCleanlyAsync();
        // With those of the log-in: itself, its admission, its request.
        Assert.Equal(spans == 0 ? 0 : (10 * spans) + 3, _collector.Spans.Count);
        Assert.All(_collector.Spans, span => Assert.Equal("chatd", span.Service));
        Assert.Equal(spans > 0, _collector.Bodies("/v1/traces").Count > 0);
    }

    [Fact]
    public async Task Ratio_WithoutAnEndpoint_IsRefusedAndSaysWhatIsMissing()
    {
        (int exitCode, _, string error) = await _pair.RunAsync("ChatD", "--check-config", "--Ops:TraceRatio=0.01");
        Assert.Equal(2, exitCode);
        Assert.Contains("Ops:OtlpEndpoint", error, StringComparison.Ordinal);
        Assert.Equal(2, (await _pair.RunAsync("ChatD", "--check-config", $"--Ops:OtlpEndpoint={_collector.Endpoint}", "--Ops:TraceRatio=1.5")).ExitCode);
        Assert.Equal(2, (await _pair.RunAsync("ChatD", "--check-config", $"--Ops:OtlpEndpoint={_collector.Endpoint}", "--Ops:TraceRatio=NaN")).ExitCode);
        Assert.Equal(0, (await _pair.RunAsync("ChatD", "--check-config", $"--Ops:OtlpEndpoint={_collector.Endpoint}", "--Ops:TraceRatio=0.01")).ExitCode);
    }

    [Fact]
    public async Task HangUp_RatioChanges_TracesBeginAndEndWithoutARestart()
    {
        using TempFolder folder = new();
        using UniqueIpcKeys keys = new();
        ProgramCopy.Make(folder, "ChannelD");
        Directory.CreateDirectory(folder.File("run"));
        WriteRatio(folder, "0");
        using ChildProcess channel = new(
            "env",
            "--default-signal=HUP",
            "dotnet",
            folder.File("ChannelD.dll"),
            "--Channel:State=memory",
            $"--Ipc:RequestKey={keys.RequestKey.ToString(CultureInfo.InvariantCulture)}",
            $"--Ipc:RuntimeFolder={folder.File("run")}",
            $"--Ops:OtlpEndpoint={_collector.Endpoint}");
        await channel.HasPrintedAsync("[1200] channelD");
        Assert.DoesNotContain("[1440]", channel.Output, StringComparison.Ordinal);
        WriteRatio(folder, "0.25");
        channel.HangUp();
        await channel.HasPrintedAsync("[1440] Of 0.25 ");
        await channel.HasPrintedAsync("[1411] Ops:TraceRatio is 0.25 now, and was 0");
        WriteRatio(folder, "0");
        channel.HangUp();
        await channel.HasPrintedAsync("[1441]");
        channel.Terminate();
        Assert.Equal(0, await channel.ExitAsync());
    }

    private static void WriteRatio(TempFolder folder, string ratio) =>
        File.WriteAllText(folder.File("appsettings.json"), $$"""{ "Ops": { "TraceRatio": {{ratio}} } }""");

    private Task StartAsync(string chat, string channel)
    {
        string[] common = [$"--Ops:OtlpEndpoint={_collector.Endpoint}", "--Ops:OtlpIntervalMs=100"];
        return _pair.StartBothAsync([.. common, $"--Ops:TraceRatio={channel}"], [.. common, $"--Ops:TraceRatio={chat}"]);
    }

    /// <summary>The trace whose first span has a name, once others of these names are there.</summary>
    private async Task<SentSpan[]> WhenSentAsync(string first, params string[] others)
    {
        SentSpan[] trace = [];
        await Eventually.TrueAsync(
            () =>
            {
                IReadOnlyList<SentSpan> all = _collector.Spans;
                string? id = all.FirstOrDefault(span => span.Name == first)?.TraceId;
                trace = [.. all.Where(span => span.TraceId == id)];
                return others.All(other => trace.Any(span => span.Name == other));
            },
            $"the trace of {first} has {string.Join(", ", others)}");
        return trace;
    }
}
