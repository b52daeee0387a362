using ChatD.Sessions;
using Shared.Protocol.Messages;
using Shared.Protocol.Names;

namespace ChatD.Tests.Sessions;

public sealed class MoveGateTests
{
    private readonly PlayerSession _session = new(1, Name(), 1, "헤네시스", Language.Korean, _ => { });

    private readonly List<WaitingLine> _sent = [];

    private MoveGate Gate => _session.Moves;

    [Fact]
    public void TryEnter_WithoutAMove_LetsLinesGoSideBySide()
    {
        Assert.True(Gate.TryEnter(out int first));
        Assert.True(Gate.TryEnter(out int second));
        Assert.True(second > first);
        Gate.Leave();
        Gate.Leave();
        Assert.True(Gate.TryClose());
        Assert.True(Gate.IsClosed);
        Assert.False(Gate.TryEnter(out _));
        Gate.Open();
        Assert.True(Gate.TryEnter(out int third));
        Assert.False(Gate.IsOvertaken(third));
        Gate.LeaveRun(third);
        Assert.True(Gate.IsOvertaken(second));
        Assert.False(Gate.IsOvertaken(third));
    }

    [Fact]
    public void Open_WhileLinesAreInWork_LetsNoneOvertakeThem()
    {
        Assert.True(Gate.TryEnter(out _));
        Assert.True(Gate.TryClose());
        Gate.Open();
        WaitingLine line = Wait();
        Assert.False(IsSent(line));
        Gate.Leave();
        Assert.True(IsSent(line));
    }

    [Fact]
    public void Open_WhileLinesAreInWork_SendsWhatWaitsWhenTheLastOfThemHasEnded()
    {
        Assert.True(Gate.TryEnter(out _));
        Assert.True(Gate.TryEnter(out _));
        Assert.True(Gate.TryClose());
        WaitingLine line = Wait();
        Gate.Open();
        Assert.False(Gate.IsClosed);
        Gate.Leave();
        Assert.False(IsSent(line));
        Assert.False(Gate.TryEnter(out _), "Nobody overtakes it.");
        Gate.Leave();
        Assert.True(IsSent(line));
        Assert.True(Gate.TryEnter(out _));
    }

    [Fact]
    public void WaitAgain_InAnyOrder_SendsThemInThatOfTheirNumbersAndBeforeThoseThatWere()
    {
        int[] numbers = new int[3];
        foreach (ref int number in numbers.AsSpan())
        {
            Assert.True(Gate.TryEnter(out number));
        }

        Assert.True(Gate.TryClose());
        WaitingLine last = Wait();
        Gate.Open();
        WaitingLine third = WaitAgain(numbers[2]);
        WaitingLine first = WaitAgain(numbers[0]);
        Assert.False(IsSent(first));
        WaitingLine second = WaitAgain(numbers[1]);
        Assert.Equal([first, second, third, last], _sent);
    }

    [Fact]
    public void Send_LineThatNobodyWaitsForAnyMore_IsNotInWork()
    {
        Assert.True(Gate.TryClose());
        WaitingLine line = Wait();
        Assert.True(line.TrySetCanceled(CancellationToken.None));
        Gate.Open();
        Assert.Null(line.Port);
        Assert.True(Gate.TryClose());
        WaitingLine next = Wait();
        Gate.Open();
        Assert.True(IsSent(next), "Nothing was in work.");
    }

    [Fact]
    public async Task EndAsync_DuringAMove_CompletesBehindItAndLetsNoOtherBegin()
    {
        Assert.True(Gate.TryClose());
        Assert.False(Gate.TryClose());
        Task ended = Gate.EndAsync();
        Assert.False(ended.IsCompleted);
        Gate.Open();
        await ended;
        Assert.False(Gate.TryClose());
        Assert.True(Gate.EndAsync().IsCompleted);
    }

    private static bool IsSent(WaitingLine line) => line.Task.IsCompleted;

    private static CharacterName Name()
    {
        Assert.True(CharacterName.TryParse("하나", out CharacterName name, out _));
        return name;
    }

    private WaitingLine Wait()
    {
        Assert.False(Gate.TryEnter(out int number));
        WaitingLine line = Line(number);
        Gate.Wait(line);
        return line;
    }

    private WaitingLine WaitAgain(int number)
    {
        WaitingLine line = Line(number);
        Gate.WaitAgain(line);
        return line;
    }

    // Without a channelD to be asked: sending it fails at once, and it is over.
    private WaitingLine Line(int number)
    {
        var line = new WaitingLine(_session, number, home: null!, "line", span: null, TimeProvider.System, 0, CancellationToken.None);
        _ = line.Task.ContinueWith(
            _ => _sent.Add(line), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return line;
    }
}
