using System.IO.Pipelines;
using ChatD.Connections;
using ChatD.Tests.Support;
using Shared.Protocol.Messages;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Wire;
using Testing.Support.Time;

namespace ChatD.Tests.Connections;

/// <summary>What a client sends, as its connection reads it: several messages come with one reading of the pipe.</summary>
public sealed class FrameInputTests : IDisposable
{
    private const int MaxFrameBytes = 1024;

    private readonly ManualTime _time = new();
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CountingReader _reader;
    private readonly ConnectionWatch _watch;
    private readonly FrameInput _input;

    public FrameInputTests()
    {
        _reader = new CountingReader(_pipe.Reader);
        _watch = new ConnectionWatch(_time);
        _input = new FrameInput(_reader, MaxFrameBytes, _watch);
    }

    public void Dispose() => _watch.Dispose();

    [Fact]
    public async Task ReadAsync_SeveralThatCameTogether_TakesEachAndGivesThePipeBackOnce()
    {
        await WriteAsync(Frame("하나"), Frame("둘"), Frame("셋"));

        Assert.Equal(("하나", true, true), await ReadLineAsync());
        Assert.Equal(("둘", true, true), await ReadLineAsync());
        Assert.Equal(0, _reader.Returns);
        Assert.Equal(("셋", false, false), await ReadLineAsync());
        Assert.Equal(1, _reader.Returns);
    }

    [Fact]
    public async Task ReadAsync_PartOfAFrameBehindAWholeOne_IsKeptAndTimedUntilTheRestComes()
    {
        byte[] second = Frame("둘");
        await WriteAsync(Frame("하나"), second[..3]);
        Assert.Equal(("하나", true, true), await ReadLineAsync());
        Assert.Equal(0, _input.FrameBeganNs);

        Task<(string, bool, bool)> rest = ReadLineAsync();
        Assert.False(rest.IsCompleted);
        Assert.Equal(_watch.Clock.NowNs, _input.FrameBeganNs);
        Assert.False(_input.HoldsSomething);
        await WriteAsync(second[3..]);

        Assert.Equal(("둘", false, false), await rest);
        Assert.Equal(0, _input.FrameBeganNs);
    }

    [Fact]
    public async Task LastReceivedNs_WhileFramesAreHeldForLong_IsThatOfTheirComingAndThenNow()
    {
        await WriteAsync(Frame("하나"), Frame("둘"));
        _ = await ReadLineAsync();
        long cameNs = _watch.Clock.NowNs;
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal((true, cameNs), (_input.HoldsSomething, _input.LastReceivedNs));
        _ = await ReadLineAsync();
        Assert.Equal((false, _watch.Clock.NowNs, cameNs), (_input.HoldsSomething, _input.LastReceivedNs, _input.ArrivedNs));
    }

    [Fact]
    public async Task End_WhileFramesAreHeld_TakesNoneOfThemAndLetsLingerReadOn()
    {
        await WriteAsync(Frame("하나"), Frame("둘"));
        _ = await ReadLineAsync();
        _input.End(EndReason.TakenOver);

        Assert.Equal(EndReason.TakenOver, (await _input.ReadAsync()).End);
        Task lingering = _input.LingerAsync(CancellationToken.None);
        await WriteAsync(Frame("셋"));
        Assert.False(lingering.IsCompleted);
        await _pipe.Writer.CompleteAsync();
        await lingering;
    }

    [Fact]
    public async Task End_BehindTheLastFrameOfAClientThatHasGone_IsTheReason()
    {
        await WriteAsync(Frame("하나"));
        await _pipe.Writer.CompleteAsync();
        _ = await ReadLineAsync();
        _input.End(EndReason.SessionLost);

        Assert.Equal(EndReason.SessionLost, (await _input.ReadAsync()).End);
    }

    [Fact]
    public async Task LingerAsync_BehindAFrameThatWasRefused_ForgetsWhatWasHeld()
    {
        await WriteAsync([0, 0, 0, 1, 0xC1], Frame("둘"));
        Assert.Equal(EndReason.BadFrame, (await _input.ReadAsync()).End);
        await _pipe.Writer.CompleteAsync();
        await _input.LingerAsync(CancellationToken.None);
        Assert.False(_input.HoldsSomething);
    }

    [Fact]
    public async Task ReadAsync_ClientGoneBehindItsLines_TakesThoseAndThenEnds()
    {
        await WriteAsync(Frame("하나"), Frame("둘"), Frame("셋")[..5]);
        await _pipe.Writer.CompleteAsync();
        Assert.Equal("하나", (await ReadLineAsync()).Text);
        Assert.Equal("둘", (await ReadLineAsync()).Text);
        Assert.Equal(EndReason.Disconnected, (await _input.ReadAsync()).End);
    }

    private static byte[] Frame(string text)
    {
        using var buffer = new PooledBuffer();
        PlayerFraming.WriteFrame(buffer, new ClientLine(1, text));
        return buffer.WrittenSpan.ToArray();
    }

    private async Task WriteAsync(params byte[][] frames) => _ = await _pipe.Writer.WriteAsync(frames.SelectMany(frame => frame).ToArray());

    private async Task<(string Text, bool HasMore, bool IsHolding)> ReadLineAsync()
    {
        ClientFrame frame = await _input.ReadAsync();
        Assert.Equal((MessageTypes.ClientLine, EndReason.None), (frame.TypeNumber, frame.End));
        return (frame.Line.Text, _input.HasMore, _input.HoldsSomething);
    }
}
