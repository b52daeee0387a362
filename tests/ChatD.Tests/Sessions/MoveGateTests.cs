using ChatD.Sessions;

namespace ChatD.Tests.Sessions;

public sealed class MoveGateTests
{
    [Fact]
    public void TryWait_WithoutAMove_LetsTheLineGo()
    {
        var gate = new MoveGate();
        Assert.False(gate.TryWait(Line("1")));
        Assert.True(gate.TryClose());
        Assert.True(gate.IsClosed);
        Assert.True(gate.TryWait(Line("1")));
    }

    [Fact]
    public async Task TakeLineOrOpen_LinesThatComeMeanwhile_AreTakenBehindTheOthersBeforeItOpens()
    {
        var gate = new MoveGate();
        Assert.True(gate.TryClose());
        Assert.False(gate.TryClose());
        WaitingLine[] lines = [Line("1"), Line("2"), Line("3")];
        Assert.True(gate.TryWait(lines[0]));
        Assert.True(gate.TryWait(lines[1]));
        Assert.Same(lines[0], gate.TakeLineOrOpen());
        Assert.True(gate.TryWait(lines[2]));
        Assert.Same(lines[1], gate.TakeLineOrOpen());
        Assert.Same(lines[2], gate.TakeLineOrOpen());
        Task opened = gate.WhenOpenAsync();
        Assert.False(opened.IsCompleted);
        Assert.Null(gate.TakeLineOrOpen());
        await opened;
        Assert.False(gate.IsClosed);
    }

    [Fact]
    public async Task EndAsync_DuringAMove_CompletesBehindItAndLetsNoOtherBegin()
    {
        var gate = new MoveGate();
        Assert.True(gate.TryClose());
        Task ended = gate.EndAsync();
        Assert.False(ended.IsCompleted);
        Assert.Null(gate.TakeLineOrOpen());
        await ended;
        Assert.False(gate.TryClose());
        Assert.True(gate.EndAsync().IsCompleted);
    }

    private static WaitingLine Line(string text) => new(text, span: null, TimeProvider.System, 0, CancellationToken.None);
}
