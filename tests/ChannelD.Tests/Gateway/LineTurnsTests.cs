using ChannelD.Commands;
using ChannelD.Directory;
using ChannelD.Gateway;
using ChannelD.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Requests;
using Shared.Protocol.Wire;
using ManualTime = Testing.Support.Time.ManualTime;

namespace ChannelD.Tests.Gateway;

public sealed class LineTurnsTests : IDisposable
{
    private const int HandlerTimeoutMs = 2000;

    private readonly List<string> _begun = [];
    private readonly Scripted.Command _slow;
    private readonly TestChannel _channel;
    private readonly ManualTime _time = new();
    private readonly LineTurns _turns;
    private readonly SessionId _one;
    private readonly SessionId _two;

    public LineTurnsTests()
    {
        _slow = new Scripted.Command("slow", takesEffectAtOnce: false, _begun);
        var sent = new Scripted.Command("sent", takesEffectAtOnce: true, _begun);
        _channel = new TestChannel(add: services => services.AddSingleton<IPlayerCommand>(_slow).AddSingleton<IPlayerCommand>(sent));
        _turns = new LineTurns(_channel.Game, _time, HandlerTimeoutMs);
        _one = _channel.LogIn(1, "하나");
        _two = _channel.LogIn(2, "둘");
    }

    private long NowNs => new MonotonicClock(_time).NowNs;

    [Fact]
    public void RunAsync_BehindOneThatWaits_RunsWhenThatIsThrough()
    {
        Task<ResultBody<CommandResult>> first = RunAsync(_one, "/slow 1");
        Task<ResultBody<CommandResult>>[] behind = [RunAsync(_one, "/slow now 2"), RunAsync(_one, "/slow 3"), RunAsync(_one, "/slow now 4")];
        Assert.Equal(["1"], _begun);
        Assert.Equal(3, _turns.HeldCount);
        Assert.True(RunAsync(_two, "/slow now").IsCompletedSuccessfully, "Nobody else waits for it.");
        _begun.Clear();
        _slow.End("1");
        Assert.True(first.IsCompletedSuccessfully && behind[0].IsCompletedSuccessfully && !behind[1].IsCompleted);
        Assert.Equal(["now 2", "3"], _begun);
        _slow.End("3");
        Assert.True(behind[1].IsCompletedSuccessfully && behind[2].IsCompletedSuccessfully);
        Assert.Equal(["now 2", "3", "now 4"], _begun);
        Assert.Equal(0, _turns.HeldCount);
        Assert.True(RunAsync(_one, "/slow now 5").IsCompletedSuccessfully, "It is over.");
    }

    [Fact]
    public void RunAsync_BehindOneThatIsThrough_AnswersThatOneFirst()
    {
        int begunBefore = -1;
        Task<ResultBody<CommandResult>> first = RunAsync(_one, "/slow 1");
        _ = first.ContinueWith(_ => begunBefore = _begun.Count, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ = RunAsync(_one, "/slow 2");
        _slow.End("1");
        Assert.Equal((1, 2), (begunBefore, _begun.Count));
    }

    [Fact]
    public void RunAsync_BehindOneThatOnlyAwaitsWhatCameOfIt_DoesNotWait()
    {
        Assert.False(RunAsync(_one, "/sent 1").IsCompleted);
        Assert.True(RunAsync(_one, "/slow now 2").IsCompletedSuccessfully);
        Task slow = RunAsync(_one, "/slow 3");
        Assert.False(RunAsync(_one, "/sent 4").IsCompleted);
        Task last = RunAsync(_one, "/slow now 5");
        _slow.End("3");
        Assert.True(slow.IsCompletedSuccessfully && last.IsCompletedSuccessfully);
        Assert.Equal(["1", "now 2", "3", "4", "now 5"], _begun);
    }

    [Fact]
    public async Task Held_ForTooLong_IsBusyAndNeverRun()
    {
        Task<ResultBody<CommandResult>> first = RunAsync(_one, "/slow 1");
        Task<ResultBody<CommandResult>> second = RunAsync(_one, "/slow now 2");
        _time.Advance(TimeSpan.FromMilliseconds(HandlerTimeoutMs - 1));
        await AssertBusyAsync(second, OutcomeCodes.Overloaded);
        Assert.False(first.IsCompleted);
        _slow.End("1");
        Assert.Equal(["1"], _begun);
    }

    [Fact]
    public async Task Held_UntilItsDeadline_IsNotRunAfterwards()
    {
        _ = RunAsync(_one, "/slow 1");
        Task<ResultBody<CommandResult>> second = RunAsync(_one, "/slow now 2", NowNs + 1_000_000);

        // Before the timer looks.
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.False(second.IsCompleted);
        _slow.End("1");
        await AssertBusyAsync(second, OutcomeCodes.Overloaded);
        Assert.Equal(["1"], _begun);
    }

    [Fact]
    public async Task Held_BehindOneThatIsGivenUp_IsRun()
    {
        _ = RunAsync(_one, "/slow 1");
        _time.Advance(TimeSpan.FromMilliseconds(HandlerTimeoutMs * 3 / 4));
        Task<ResultBody<CommandResult>> held = RunAsync(_one, "/slow now 2");
        _time.Advance(TimeSpan.FromMilliseconds(HandlerTimeoutMs / 2));
        Assert.True(held.IsCompletedSuccessfully);
        Assert.Equal(ResultStatus.Ok, (await held).Status);

        // And what comes now does not wait for it at all; when it ends after all, nothing happens.
        Assert.True(RunAsync(_one, "/slow now 3").IsCompletedSuccessfully);
        Task<ResultBody<CommandResult>> later = RunAsync(_one, "/slow 4");
        Task<ResultBody<CommandResult>> last = RunAsync(_one, "/slow now 5");
        _slow.End("1");
        Assert.False(last.IsCompleted, "It waits for the later one.");
        _slow.End("4");
        Assert.True(later.IsCompletedSuccessfully && last.IsCompletedSuccessfully);
        Assert.Equal(["1", "now 2", "now 3", "4", "now 5"], _begun);
    }

    [Fact]
    public void RunAsync_LongBehindOneThatHangs_DoesNotWait()
    {
        _ = RunAsync(_one, "/slow 1");
        _time.Advance(TimeSpan.FromMilliseconds(HandlerTimeoutMs));
        Assert.True(RunAsync(_one, "/slow now 2").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Held_SessionLeavesMeanwhile_IsRefusedUnrun()
    {
        _ = RunAsync(_one, "/slow 1");
        Task<ResultBody<CommandResult>> held = RunAsync(_one, "/find 둘");
        _channel.Game.LogOut(_one);
        _slow.End("1");
        await AssertBusyAsync(held, OutcomeCodes.UnknownSession);
    }

    [Fact]
    public async Task Held_AFlood_LeavesRoomForOthers()
    {
        _ = RunAsync(_one, "/slow 1");
        _ = RunAsync(_two, "/slow 2");
        Task<ResultBody<CommandResult>>[] flood = [.. Enumerable.Range(0, LineTurns.MaxHeld).Select(_ => RunAsync(_one, "/slow now"))];
        Assert.Equal(LineTurns.MaxHeld / 2, _turns.HeldCount);
        await AssertBusyAsync(flood[^1], OutcomeCodes.Overloaded);
        Assert.False(RunAsync(_two, "/slow now").IsCompleted);
        Assert.Equal((LineTurns.MaxHeld / 2) + 1, _turns.HeldCount);
    }

    [Fact]
    public async Task Dispose_WithLinesHeld_RefusesThem()
    {
        _ = RunAsync(_one, "/slow 1");
        Task<ResultBody<CommandResult>> held = RunAsync(_one, "/slow now 2");
        _turns.Dispose();
        await AssertBusyAsync(held, OutcomeCodes.Overloaded);
        await AssertBusyAsync(RunAsync(_one, "/slow now 3"), OutcomeCodes.Overloaded);
        _slow.End("1");
        Assert.Equal(["1"], _begun);
    }

    public void Dispose()
    {
        _turns.Dispose();
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    private static async Task AssertBusyAsync(Task<ResultBody<CommandResult>> answer, string code)
    {
        Assert.True(answer.IsCompletedSuccessfully);
        ResultBody<CommandResult> body = await answer;
        Assert.Equal((ResultStatus.Busy, code), (body.Status, body.Code));
    }

    private Task<ResultBody<CommandResult>> RunAsync(SessionId session, string line, long deadlineNs = 0) =>
        _turns.RunAsync(session, new CommandRequest(line), deadlineNs).AsTask();
}
