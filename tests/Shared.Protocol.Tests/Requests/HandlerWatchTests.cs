using Microsoft.Extensions.Logging.Abstractions;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.CPrograms;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Requests;
using Shared.Protocol.Transport;
using Shared.Protocol.Wire;
using Shared.Protocol.Wire.Codecs;
using Shared.Protocol.Wire.MessagePack;
using Testing.Support.Time;
using Testing.Support.Transports;
using Testing.Support.Waiting;

namespace Shared.Protocol.Tests.Requests;

/// <summary>Handlers that do not come back, and handlers that wait too long.</summary>
public sealed class HandlerWatchTests : IAsyncLifetime, IDisposable
{
    private const int TimeoutMs = 1000;

    private static readonly Mailbox s_requests = new(MailboxKind.Request, 0);
    private static readonly Mailbox s_replyTo = new(MailboxKind.Result, 3);
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(TimeoutMs);

    // A look finds the handler first, and four more are needed.
    private static readonly TimeSpan s_noticed = s_timeout * 1.25;

    private readonly ScriptedTransport _transport = new();
    private readonly ManualTime _time = new();
    private readonly FrameCodec _codec = WireCodecs.For(WireFormat.MessagePack);
    private readonly PooledBuffer _scratch = new();
    private readonly RequestServer _server;
    private readonly ManualResetEventSlim _release = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly List<Task> _stuck = [];
    private readonly List<Exception> _faults = [];
    private int _entered;

    public HandlerWatchTests()
    {
        _server = new RequestServer(
            _transport,
            _codec,
            new RequestServerOptions { HandlerTimeoutMs = TimeoutMs, MaxWaiting = 2, MaxStuckThreads = 2 },
            _time,
            NullLogger<RequestServer>.Instance,
            _faults.Add);
        _server.Handle<CommandRequest, CommandResult>((_, request) => request.Line switch
        {
            "stick" or "stick and throw" => HoldAsync(request.Line),
            "wait" => new ValueTask<ResultBody<CommandResult>>(WaitAsync()),
            string line => ValueTask.FromResult(Ok(line)),
        });
        _server.Handle<LogOutRequest, LogOutResult>((_, _) => ValueTask.FromResult(ResultBody<LogOutResult>.Ok(new LogOutResult(true))));
        _server.StartReading(s_requests);
    }

    [Fact]
    public async Task Handler_ThatDoesNotReturn_IsAnsweredForAndAnotherThreadReadsOn()
    {
        await StickAsync(requestId: 1);
        _time.Advance(s_noticed);
        Assert.Equal([(1UL, ResultStatus.Error, OutcomeCodes.HandlerTimeout)], Answers());
        Assert.Equal([s_requests], _transport.Replaced);
        Assert.Equal(0, _server.UnansweredCount);

        Ask("/찾기 나", requestId: 2);
        _release.Set();
        await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);
        Ask("/찾기 다", requestId: 3);

        Assert.Equal([1UL, 2, 3], Answers().Select(answer => answer.Id));
        Assert.Equal((1, 1), (_server.Statistics.TimedOut, _server.Statistics.Late));
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Handler_ThatThrowsAfterItWasGivenUp_IsDropped()
    {
        await StickAsync(requestId: 1, "stick and throw");
        _time.Advance(s_noticed);
        _release.Set();
        await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);

        Assert.Equal([1UL], Answers().Select(answer => answer.Id));
        Assert.Equal((0, 1), (_server.Statistics.Failed, _server.Statistics.Late));
    }

    [Fact]
    public async Task Handler_ThatReturnsInTime_KeepsItsThread()
    {
        await StickAsync(requestId: 1);
        _time.Advance(s_timeout - TimeSpan.FromMilliseconds(1));
        _release.Set();
        await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);
        _time.Advance(2 * s_noticed);

        Assert.Equal([(1UL, ResultStatus.Ok, "stick")], Answers());
        Assert.Empty(_transport.Replaced);
    }

    [Fact]
    public async Task Handler_InAProcessThatWasStopped_IsNotGivenUpForThat()
    {
        await StickAsync(requestId: 1);
        _time.Advance(s_timeout / 2);
        _time.JumpTo(_time.NowNs + 3_600_000_000_000);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(_transport.Sent);
        _release.Set();
        await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);
        Assert.Equal([(1UL, ResultStatus.Ok, "stick")], Answers());
    }

    [Fact]
    public async Task Handlers_ThatDoNotReturn_BeyondTheBoundEndTheDaemon()
    {
        for (ulong id = 1; id <= 3; id++)
        {
            Assert.Empty(_faults);
            await StickAsync(id);
            _time.Advance(s_noticed);
        }

        Assert.Equal([1UL, 2, 3], Answers().Select(answer => answer.Id));
        Assert.Equal(2, _transport.Replaced.Count);
        Assert.Contains("3 handlers have not returned", Assert.IsType<TimeoutException>(Assert.Single(_faults)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_ThatReturnLate_DoNotCountForTheBound()
    {
        for (ulong id = 1; id <= 6; id++)
        {
            _release.Reset();
            await StickAsync(id);
            _time.Advance(s_noticed);
            _release.Set();
            await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);
        }

        Assert.Equal((6, 6), (_server.Statistics.TimedOut, _server.Statistics.Late));
        Assert.Empty(_faults);
    }

    [Fact]
    public void Handler_ThatWaitsTooLong_IsAnsweredForAndItsResultDropped()
    {
        Ask("wait", requestId: 1);
        _time.Advance(s_timeout / 2);
        Ask("wait", requestId: 2);
        _time.Advance(s_timeout / 2);
        Assert.Equal([(1UL, ResultStatus.Error, OutcomeCodes.HandlerTimeout)], Answers());
        Assert.Equal(1, _server.UnansweredCount);

        _waiting[0].SetResult();
        _waiting[1].SetResult();

        Assert.Equal([(1UL, ResultStatus.Error, OutcomeCodes.HandlerTimeout), (2UL, ResultStatus.Ok, "waited")], Answers());
        Assert.Equal((1, 1, 0), (_server.Statistics.TimedOut, _server.Statistics.Late, _server.UnansweredCount));
    }

    [Fact]
    public void Handlers_ThatWait_BeyondTheBoundAreRefusedAndOthersRun()
    {
        Ask("wait", requestId: 1);
        Ask("wait", requestId: 2);
        Ask("wait", requestId: 3);
        Send(new LogOutRequest(), requestId: 4);
        Assert.Equal(
            [(3UL, ResultStatus.Busy, OutcomeCodes.Overloaded), (4UL, ResultStatus.Ok, null)],
            Answers<LogOutResult>().Select(answer => (answer.Id, answer.Body.Status, answer.Body.Code)));
        Assert.Equal((2, 1), (_waiting.Count, _server.Statistics.Refused));

        _waiting[0].SetResult();
        Ask("wait", requestId: 5);
        Assert.Equal(3, _waiting.Count);
    }

    [Fact]
    public void Handlers_ThatWaitedTooLongAndDoNotEnd_EndTheDaemonAtTheBound()
    {
        Ask("wait", requestId: 1);
        _time.Advance(s_noticed);
        Assert.Empty(_faults);
        Ask("wait", requestId: 2);
        _time.Advance(s_noticed);

        Assert.Contains("2 handlers that waited too long", Assert.Single(_faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InlineCall_EndedAndGivenUpAtOnce_HasOneWinner()
    {
        var call = new InlineCall();
        using var both = new Barrier(2);
        int endedFirst = 0;
        const int Rounds = 2000;
        Task<int> watchdog = Task.Run(() =>
        {
            int won = 0;
            for (int round = 0; round < Rounds; round++)
            {
                Assert.True(both.SignalAndWait(Eventually.DefaultDeadline));
                won += call.TryAbandon(call.Running, out Envelope envelope) && envelope.UserId != 0 ? 1 : 0;
                Assert.True(both.SignalAndWait(Eventually.DefaultDeadline));
            }

            return won;
        });
        for (int round = 0; round < Rounds; round++)
        {
            call.Begin(new Envelope { Kind = MessageKind.Request, UserId = round + 1 }, typeNumber: 1);
            Assert.True(both.SignalAndWait(Eventually.DefaultDeadline));
            endedFirst += call.TryEnd() ? 1 : 0;
            Assert.True(both.SignalAndWait(Eventually.DefaultDeadline));
        }

        Assert.Equal(Rounds, endedFirst + await watchdog);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.Set();
        await Task.WhenAll(_stuck).WaitAsync(Eventually.DefaultDeadline);
    }

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
        _release.Dispose();
    }

    private static ResultBody<CommandResult> Ok(string code) => ResultBody<CommandResult>.Ok(new CommandResult("find", code, [], null));

    private ValueTask<ResultBody<CommandResult>> HoldAsync(string line)
    {
        Interlocked.Increment(ref _entered);
        Assert.True(_release.Wait(Eventually.DefaultDeadline));
        return line == "stick" ? ValueTask.FromResult(Ok(line)) : throw new InvalidOperationException("a handler's fault");
    }

    private async Task<ResultBody<CommandResult>> WaitAsync()
    {
        var waiting = new TaskCompletionSource();
        _waiting.Add(waiting);
        await waiting.Task;
        return Ok("waited");
    }

    /// <summary>Has a thread read a request whose handler does not return before <see cref="_release"/> is set.</summary>
    private async Task StickAsync(ulong requestId, string line = "stick")
    {
        int before = Volatile.Read(ref _entered);
        _stuck.Add(Task.Factory.StartNew(() => Ask(line, requestId), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Eventually.TrueAsync(() => Volatile.Read(ref _entered) == before + 1, "the handler runs");
    }

    private void Ask(string line, ulong requestId) => Send(new CommandRequest(line), requestId);

    private void Send<T>(T message, ulong requestId)
        where T : IWireMessage<T>
    {
        using var frame = new PooledBuffer();
        _codec.Write(
            new Envelope { Kind = MessageKind.Request, RequestId = requestId, Generation = 77, ReplyMailbox = s_replyTo.MType, UserId = 1 }, message, frame);
        _transport.Deliver(s_requests, frame.WrittenSpan);
    }

    private IEnumerable<(ulong Id, ResultStatus Status, string Code)> Answers() =>
        Answers<CommandResult>().Select(answer => (answer.Id, answer.Body.Status, answer.Body.Code ?? answer.Body.Message.Code));

    private List<(ulong Id, ResultBody<T> Body)> Answers<T>()
        where T : IWireMessage<T>
    {
        var answers = new List<(ulong, ResultBody<T>)>();
        foreach ((_, byte[] frame) in _transport.Sent)
        {
            Assert.Equal(FrameFault.None, _codec.TryRead(frame, _scratch, MessageKind.Result, out Envelope envelope, out ReadOnlySpan<byte> bytes));
            var reader = new MessagePackReader(bytes);
            answers.Add((envelope.RequestId, ResultBody<T>.Read(ref reader)));
        }

        return answers;
    }
}
